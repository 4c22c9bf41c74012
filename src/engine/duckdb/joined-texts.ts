/** Texts of nested values. */
import { UnsupportedError } from "../../errors.ts";
import type { DataType } from "../../types/data-type.ts";

/**
 * SQL of a list's texts with a separator between them; that of no list is empty.
 *
 * `array_to_string` writes its argument twice, and with each level of lists in lists it would be planned twice as often.
 */
export const joinedTexts = (list: string, separator: string): string =>
  `coalesce(list_aggregate(${list}, 'string_agg', ${separator}), '')`;

/** DuckDB plans a function within a function of a list's elements twice, which doubles with each level. */
const mostLists = 16;
/** The time to plan a field of a field grows with the cube of the levels. */
const mostLevels = 128;

/**
 * Checks that a value is not nested deeper than can be made text or converted in seconds.
 *
 * @throws UnsupportedError when it is
 */
export function checkLevels(type: DataType): void {
  const lists = levelsOf(type, 0);
  if (lists > mostLists) throw tooDeep(`${lists} arrays and maps`, mostLists);
  const levels = levelsOf(type, 1);
  if (levels > mostLevels) throw tooDeep(`${levels} levels`, mostLevels);
}

const tooDeep = (levels: string, most: number): UnsupportedError =>
  new UnsupportedError(
    `a value of ${levels} within each other cannot be converted or made text, as show() and to_json do: at most ${most} can`,
    {
      hint: "Collect the value itself, write it as Parquet, or take what is inside of it: s.a.b, value[0], explode(…).",
    },
  );

/** The arrays and maps within each other, with structs counted as so many. */
function levelsOf(type: DataType, struct: 0 | 1): number {
  switch (type.kind) {
    case "array":
      return 1 + levelsOf(type.element, struct);
    case "map":
      return 1 + Math.max(levelsOf(type.key, struct), levelsOf(type.value, struct));
    case "struct":
      return struct + type.fields.reduce((most, field) => Math.max(most, levelsOf(field.type, struct)), 0);
    default:
      return 0;
  }
}
