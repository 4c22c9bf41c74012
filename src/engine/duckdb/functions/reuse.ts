/** Arguments that a lowering writes several times: computed once, since DuckDB computes what stands in a CASE anew. */

// Columns, constants and fields cost nothing to write again; lambdas are no values.
const cheap =
  /^(?:c\d+|v\d*\.a\d+|\(?-?\d+\)?(?:::\w+(?:\(\d+,\d+\))?)?|'[^']*'|true|false|\(NULL::[^'"|{}]*\)|lambda .*)$/s;

/**
 * SQL that uses arguments several times.
 *
 * @param args - the SQL of each argument
 * @param body - the SQL, given what stands for each argument
 * @example
 * ```ts
 * reused(["f(c1)"], ([x]) => `${x} + ${x}`); // list_transform([{a0: f(c1)}], lambda v: v.a0 + v.a0)[1]
 * ```
 */
export function reused(args: readonly string[], body: (args: readonly string[]) => string): string {
  if (args.every((argument) => cheap.test(argument))) return body(args);
  const row = depth === 0 ? "v" : `v${depth}`;
  const names = args.map((argument, index) => (cheap.test(argument) ? argument : `${row}.a${index}`));
  const values = args.flatMap((argument, index) => (cheap.test(argument) ? [] : [`a${index}: ${argument}`]));
  return `list_transform([{${values.join(", ")}}], lambda ${row}: ${deeper(() => body(names))})[1]`;
}

// What is written inside names its arguments otherwise, so that it may use those from around it too.
let depth = 0;

function deeper(write: () => string): string {
  depth++;
  try {
    return write();
  } finally {
    depth--;
  }
}
