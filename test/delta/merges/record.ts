/** Prints merges for `record.py`, a JSON object a line: how the table is made, and the merge. */
import { mergeCase, mergeSql, rowsSql } from "./merge-case.ts";

const count = Number(process.argv[2] ?? 40);

for (let seed = 0; seed < count; seed++) {
  const merge = mergeCase(seed);
  process.stdout.write(`${JSON.stringify({ seed, rows: rowsSql(merge.target), merge: mergeSql("{table}", merge) })}\n`);
}
