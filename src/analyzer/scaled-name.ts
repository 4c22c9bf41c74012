/** How Spark writes an interval that is multiplied or divided: the interval first, a calendar interval as a function. */
import { type DataType, isInterval, isNumeric, isText } from "../types/data-type.ts";

const functions: Readonly<Record<string, string>> = { "*": "multiply_interval", "/": "divide_interval" };

const scales = (span: DataType, by: DataType): boolean =>
  isInterval(span) && (isNumeric(by) || isText(by) || by.kind === "void");

/**
 * The text of a product or a quotient.
 *
 * @param operator - `*` or `/`
 * @param types - those of both sides
 * @param texts - both sides as Spark writes them
 * @returns undefined where it is written as any other
 */
export function scaledName(operator: string, types: readonly DataType[], texts: readonly string[]): string | undefined {
  const [left, right] = types as readonly [DataType, DataType];
  const [first, second] = texts as readonly [string, string];
  if (scales(left, right)) return scaledText(operator, left, first, second);
  return operator === "*" && scales(right, left) ? scaledText(operator, right, second, first) : undefined;
}

const scaledText = (operator: string, span: DataType, text: string, number: string): string =>
  span.kind === "interval" ? `${functions[operator]}(${text}, ${number})` : `(${text} ${operator} ${number})`;
