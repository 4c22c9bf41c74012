// Imports the module that is named on the command line and prints the address of everything that was loaded for it.
import { registerHooks } from "node:module";

const loaded = [];
registerHooks({
  load(url, context, nextLoad) {
    loaded.push(url);
    return nextLoad(url, context);
  },
});
await import(process.argv[2]);
console.log(JSON.stringify(loaded));
