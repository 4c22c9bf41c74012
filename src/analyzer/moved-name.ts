/** How Spark writes what is added to a date or a timestamp, or taken from it: not as it writes other sums. */
import { type DataType, isInterval, isTemporal, isText, type TypeKind } from "../types/data-type.ts";

const days: ReadonlySet<TypeKind> = new Set<TypeKind>(["tinyint", "smallint", "int"]);

const isWholeDays = (type: DataType): boolean => type.kind === "day-time interval" && type.end === "day";

/** Whether the second is what moves the first. */
const moves = (moment: DataType, by: DataType): boolean =>
  (isTemporal(moment) && (isInterval(by) || by.kind === "void")) ||
  (moment.kind === "date" && days.has(by.kind)) ||
  (moment.kind === "time" && (by.kind === "day-time interval" || by.kind === "void")) ||
  (isText(moment) && (by.kind === "day-time interval" || by.kind === "interval"));

const timeLike = (type: DataType): boolean => type.kind === "time" || type.kind === "void" || isText(type);

/** Whether what is between two times is asked for; one of them may be a text or a null. */
const areTimes = (left: DataType, right: DataType): boolean =>
  (left.kind === "time" && timeLike(right)) || (timeLike(left) && right.kind === "time");

/**
 * The text of a sum or a difference.
 *
 * @param operator - `+` or `-`
 * @param types - those of both sides
 * @param texts - both sides as Spark writes them
 * @returns undefined where it is written as any other
 */
export function movedName(operator: string, types: readonly DataType[], texts: readonly string[]): string | undefined {
  const [left, right] = types as readonly [DataType, DataType];
  const [first, second] = texts as readonly [string, string];
  if (operator === "-" && areTimes(left, right)) return `${first} - ${second}`;
  if (moves(left, right)) return movedText(operator, left, right, first, second);
  return operator === "+" && moves(right, left) ? movedText(operator, right, left, second, first) : undefined;
}

function movedText(operator: string, moment: DataType, by: DataType, text: string, span: string): string | undefined {
  if (by.kind === "void" && operator === "-") return undefined;
  if (days.has(by.kind)) return `${operator === "+" ? "date_add" : "date_sub"}(${text}, ${span})`;
  if (moment.kind !== "date" || !isWholeDays(by)) return `${text} ${operator} ${span}`;
  const number = `extractansiintervaldays(${span})`;
  return `date_add(${text}, ${operator === "+" ? number : `(- ${number})`})`;
}
