/** Prints the SQL of all examples as JSON, for `test/answers/record-examples.py`. */
import { examples } from "./examples.ts";

console.log(JSON.stringify([...new Set(examples().map(({ sql }) => sql))]));
