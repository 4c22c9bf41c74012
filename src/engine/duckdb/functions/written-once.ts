/** Keeps SQL short and quick where a template names an argument several times: nested calls would double it at each level. */

const longest = 48;

// Looks like a column, which templates may take for cheap.
const mark = (index: number): string => `c99999999${index}`;
const marks = /\bc99999999(\d+)\b/g;

const isLambda = (argument: string): boolean => argument.startsWith("lambda ");
// JavaScript and lists cost more than what is written around them, and a random number is another each time.
const isCostly = (argument: string): boolean =>
  !isLambda(argument) && (argument.length > longest || /lakewright_call|lambda|\brandom\(/.test(argument));

/**
 * SQL made of arguments; costly ones that it names several times are computed once.
 *
 * @param args - the SQL of each argument
 * @param write - the SQL, given what stands for each argument
 */
export function writtenOnce(args: readonly string[], write: (args: readonly string[]) => string): string {
  if (!args.some(isCostly)) return write(args);
  const body = write(args.map((argument, index) => (isLambda(argument) ? argument : mark(index))));
  const named = Array.from(body.matchAll(marks), ([, index]) => Number(index));
  const isRepeated = (index: number): boolean => named.filter((other) => other === index).length > 1;
  const shared = args.map((argument, index) => isCostly(argument) && isRepeated(index) && !body.includes(" OVER ("));
  const inner = body.replace(marks, (_, index: string) =>
    shared[Number(index)] ? `w.a${index}` : args[Number(index)]!,
  );
  if (!shared.includes(true)) return inner;
  const values = args.flatMap((argument, index) => (shared[index] ? [`a${index}: ${argument}`] : []));
  return `list_transform([{${values.join(", ")}}], lambda w: ${inner})[1]`;
}
