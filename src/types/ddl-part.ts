/** The parts of DDL that are not types: names, texts, numbers and lists. */
import type { DdlCursor } from "./ddl-cursor.ts";

/** Reads what `item` reads, once or more, with commas between. */
export function readList<Item>(cursor: DdlCursor, item: (cursor: DdlCursor) => Item): Item[] {
  const items = [item(cursor)];
  while (cursor.accept(",")) items.push(item(cursor));
  return items;
}

/**
 * Reads a name, in back-ticks or not.
 *
 * @throws ParseError `PARSE_SYNTAX_ERROR`, or `INVALID_IDENTIFIER` for a name that needs back-ticks
 */
export function readName(cursor: DdlCursor): string {
  const first = cursor.peek();
  if (first.kind !== "word" && first.kind !== "quoted") throw cursor.unexpected("a column name");
  const parts = [cursor.take().text];
  while (cursor.accept("-")) parts.push(cursor.take().text);
  if (first.kind === "quoted" && parts.length === 1) return first.value;
  const name = parts.join("-");
  if (/^[A-Za-z0-9_]+$/.test(name)) return name;
  throw cursor.fault(first, `The unquoted identifier ${name} is invalid and must be back quoted as: \`${name}\``, {
    condition: "INVALID_IDENTIFIER",
    sqlState: "42602",
    parameters: { ident: name },
    hint: "Without back-ticks a name may hold only ASCII letters, digits and underscores.",
  });
}

/** Reads texts in quotes: those that follow one another are one. */
export function readStrings(cursor: DdlCursor): string {
  if (cursor.peek().kind !== "string") throw cursor.unexpected("a text in quotes");
  let text = "";
  while (cursor.peek().kind === "string") text += cursor.take().value;
  return text;
}

/** Reads whole numbers in parentheses, if there are any. */
export function readNumbers(cursor: DdlCursor): number[] {
  if (!cursor.accept("(")) return [];
  const numbers = readList(cursor, readNumber);
  cursor.expect(")");
  return numbers;
}

function readNumber(cursor: DdlCursor): number {
  const { kind, text } = cursor.peek();
  const number = Number(text);
  if (kind !== "number" || !/^[0-9]+$/.test(text) || number > 2147483647) throw cursor.unexpected("a whole number");
  cursor.take();
  return number;
}
