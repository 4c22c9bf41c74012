/** Names that old patterns read, ignoring case, and what they stand for. */
import { monthNames, weekdayNames } from "../calendar-names.ts";
import type { CalendarField } from "./calendar-fields.ts";

type Names = ReadonlyMap<string, number>;

const withShort = (names: readonly string[], value: (index: number) => number): Names =>
  new Map(
    names.flatMap((name, at) => [name, name.slice(0, 3)].map((text) => [text.toLowerCase(), value(at)] as const)),
  );

const names: Partial<Record<CalendarField, Names>> = {
  month: withShort(monthNames, (index) => index),
  dayOfWeek: withShort(weekdayNames, (index) => ((index + 1) % 7) + 1),
  afternoon: new Map([
    ["am", 0],
    ["pm", 1],
  ]),
  era: new Map([
    ["bc", 0],
    ["before christ", 0],
    ["ad", 1],
    ["anno domini", 1],
  ]),
};

/** A name at a place of a text, the longest that there is. */
export function nameAt(
  field: CalendarField,
  text: string,
  at: number,
): { readonly value: number; readonly length: number } | undefined {
  const rest = text.slice(at).toLowerCase();
  const found = [...names[field]!].filter(([name]) => rest.startsWith(name));
  const [longest] = found.toSorted(([left], [right]) => right.length - left.length);
  return longest && { value: longest[1], length: longest[0].length };
}
