#!/usr/bin/env node
// Plain JavaScript that an old Node.js can parse, so that it can say what is missing instead of failing on syntax.
import * as nodeModule from "node:module";

const [major, minor] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `lakewright needs Node.js 22.18 or later and this is ${process.versions.node}: ` +
      "install a newer one from https://nodejs.org (in a checkout, run it through npm: npm run -s lakewright -- …).\n",
  );
  process.exitCode = 2;
} else {
  // Hundreds of modules: Node.js keeps what it compiled of them in the temporary folder for the next start.
  nodeModule.enableCompileCache?.();
  import("#cli").catch(explainMissingBuild);
}

// A checkout has no dist until it is built; its scripts pass the condition that selects the sources.
function explainMissingBuild(error) {
  if (error.code !== "ERR_MODULE_NOT_FOUND" || !String(error.url).endsWith("/dist/cli/main.js")) throw error;
  process.stderr.write(
    "lakewright is not built here: run npm run build, or npm run -s lakewright -- … for the sources.\n",
  );
  process.exitCode = 2;
}
