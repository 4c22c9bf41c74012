/** What the measurements were made on. */
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, release, totalmem } from "node:os";

/** One line: processors, memory, system, Node.js. */
export function machine(): string {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${availableParallelism()} × ${model}, ${gigabytes} GiB, ${process.platform} ${release()}, Node.js ${process.versions.node}`;
}

/** The version of an installed npm package; of this one without a name. */
export function packageVersion(name?: string): string {
  const folder = name === undefined ? "" : `node_modules/${name}/`;
  const manifest = new URL(`../${folder}package.json`, import.meta.url);
  return (JSON.parse(readFileSync(manifest, "utf8")) as { readonly version: string }).version;
}
