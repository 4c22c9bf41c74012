/** Runs the programs of a page one after the other, and writes what each printed, or why it failed, as JSON. */
import { pathToFileURL } from "node:url";

const results: { printed: string; failure?: string }[] = [];
const write = process.stdout.write.bind(process.stdout);

for (const file of process.argv.slice(2)) {
  let printed = "";
  process.stdout.write = (text: string | Uint8Array) => {
    printed += text.toString();
    return true;
  };
  try {
    await import(pathToFileURL(file).href);
    results.push({ printed });
  } catch (error) {
    results.push({ printed, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
write(JSON.stringify(results), () => process.exit());
