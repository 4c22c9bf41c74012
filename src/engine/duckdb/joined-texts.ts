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

/** How deep values may be. */
interface Depth {
  /** DuckDB plans a function within a function of a list's elements twice, which doubles with each level. */
  readonly lists: number;
  /** The time to plan a field of a field grows with the cube of the levels. */
  readonly levels: number;
}

const inMilliseconds: Depth = { lists: 8, levels: 32 };
const inSeconds: Depth = { lists: 16, levels: 128 };

/** Whether SQL of a value's text is not planned at once. */
export function isDeep(type: DataType): boolean {
  const { lists, levels } = depthOf(type);
  return lists > inMilliseconds.lists || levels > inMilliseconds.levels;
}

/**
 * Checks that a value is not nested deeper than can be made text or converted in seconds.
 *
 * @throws UnsupportedError when it is
 */
export function checkLevels(type: DataType): void {
  const { lists, levels } = depthOf(type);
  if (lists > inSeconds.lists) throw tooDeep(`${lists} arrays and maps`, inSeconds.lists);
  if (levels > inSeconds.levels) throw tooDeep(`${levels} levels`, inSeconds.levels);
}

const tooDeep = (levels: string, most: number): UnsupportedError =>
  new UnsupportedError(
    `a value of ${levels} within each other cannot be converted, or made text where bytes, intervals, variants, shapes or, in JSON, moments or decimals are in it: at most ${most} can`,
    {
      hint: "Collect the value itself, write it as Parquet, or take what is inside of it: s.a.b, value[0], explode(…).",
    },
  );

function partsOf(type: DataType): readonly DataType[] | undefined {
  if (type.kind === "array") return [type.element];
  if (type.kind === "map") return [type.key, type.value];
  return type.kind === "struct" ? type.fields.map((field) => field.type) : undefined;
}

const depths = new WeakMap<DataType, Depth>();

/** The arrays and maps of a type within each other, and its levels with the structs among them. */
function depthOf(type: DataType): Depth {
  const known = depths.get(type);
  if (known !== undefined) return known;
  const parts = partsOf(type);
  const inner = (parts ?? []).map(depthOf);
  const depth = {
    lists: Math.max(0, ...inner.map(({ lists }) => lists)) + (type.kind === "array" || type.kind === "map" ? 1 : 0),
    levels: Math.max(0, ...inner.map(({ levels }) => levels)) + (parts === undefined ? 0 : 1),
  };
  depths.set(type, depth);
  return depth;
}
