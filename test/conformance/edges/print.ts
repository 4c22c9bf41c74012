/** Prints the statements of a seed that no other given seed has, as JSON, for `test/answers/record-edges.py`. */
import { edgeStatements } from "./statements.ts";

const [seed, ...others] = process.argv.slice(2);
if (seed === undefined) throw new Error("usage: print.ts SEED [SEED whose statements are left out …]");
const left = new Set(others.flatMap(edgeStatements));
console.log(JSON.stringify(edgeStatements(seed).filter((sql) => !left.has(sql))));
