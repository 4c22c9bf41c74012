/** Comparisons of CHAR: the shorter side is filled up with spaces. Spark's source: `ApplyCharTypePadding`. */
import type { ResolvedExpression } from "../plan/resolved.ts";
import { intType, stringType } from "../types/data-type.ts";
import { constant } from "./conversion.ts";
import { isFoldable } from "./foldable.ts";

type Apply = (name: string, args: readonly ResolvedExpression[]) => ResolvedExpression;

const comparisons: ReadonlySet<string> = new Set(["=", "!=", "<=>", "<", "<=", ">", ">=", "in"]);

/**
 * The arguments of a comparison, filled up where one is a column of CHAR and the others are such too or have no columns.
 *
 * @param lengths - the lengths of the columns of CHAR, by the ids of columns
 */
export function paddedArguments(
  name: string,
  args: readonly ResolvedExpression[],
  lengths: ReadonlyMap<number, number>,
  apply: Apply,
): readonly ResolvedExpression[] {
  if (lengths.size === 0 || !comparisons.has(name)) return args;
  const isMet = args.some((argument) => argument.kind === "column" && lengths.has(argument.id));
  if (!isMet || (name === "in" && !args.slice(1).every(isFoldable))) return args;
  const known = args.map((argument) => lengthOf(argument, lengths));
  if (known.includes(undefined)) return args;
  const most = Math.max(...known.filter((length) => typeof length === "number"));
  const folded = args.filter((_, index) => known[index] === "any");
  const lengthsOfFolded = folded.map((value) => apply("length", [value]));
  const target =
    folded.length === 0 ? constant(intType, most) : apply("greatest", [constant(intType, most), ...lengthsOfFolded]);
  return args.map((argument, index) => {
    if (folded.length === 0 && known[index] === most) return argument;
    if (folded.length === 0 && argument.kind === "constant") return filledUp(String(argument.value), most);
    return apply("rpad", [argument, target, constant(stringType, " ")]);
  });
}

/** How long a value is: that of a column of CHAR and of a constant is known; `any` for what is folded; undefined for others. */
function lengthOf(value: ResolvedExpression, lengths: ReadonlyMap<number, number>): number | "any" | undefined {
  if (value.kind === "column") return lengths.get(value.id);
  if (value.kind === "constant" && typeof value.value === "string") return Array.from(value.value).length;
  return value.type.kind === "string" && isFoldable(value) ? "any" : undefined;
}

const filledUp = (text: string, length: number): ResolvedExpression =>
  constant(stringType, text + " ".repeat(length - Array.from(text).length));
