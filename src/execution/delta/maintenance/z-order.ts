/** Rows along a Z-shaped curve through the values of some columns (`MultiDimClustering`). */
import { sqlParser } from "../../../functions/parsers.ts";
import type { Expression } from "../../../plan/expression.ts";
import type { Relation } from "../../../plan/relation.ts";
import { quoted } from "../../../types/identifier.ts";

/** In how many ranges the values of a column are parted, as in Delta. */
const ranges = 1000;
const bitsOfRange = 10;

const rangeName = (index: number): string => `range ${index} of the curve`;

/**
 * The rows sorted by the bits of the ranges that their values lie in, one bit of each column after the other: rows that
 * are near in all columns lie near each other.
 *
 * @param columns - paths; none for the rows as they are
 */
export function alongCurve(input: Relation, columns: readonly string[]): Relation {
  if (columns.length === 0) return input;
  const parsed = (text: string): Expression => sqlParser().expression(text);
  const placed: Relation = {
    kind: "with columns",
    input,
    columns: columns.map((path, index) => ({
      kind: "alias",
      input: parsed(`ntile(${ranges}) OVER (ORDER BY ${path.split(".").map(quoted).join(".")}) - 1`),
      names: [rangeName(index)],
    })),
  };
  const order = sortKeys(columns.length).map((text) => ({
    kind: "sort order" as const,
    input: parsed(text),
    direction: "ascending" as const,
    nulls: "first" as const,
  }));
  const sorted: Relation = { kind: "sort", input: placed, order, global: true };
  return {
    kind: "drop",
    input: sorted,
    columns: columns.map((_, index) => ({ kind: "attribute", name: [rangeName(index)] })),
  };
}

/** The interleaved bits as numbers of at most six columns' bits each, which a BIGINT holds. */
function sortKeys(columns: number): readonly string[] {
  const keys: string[] = [];
  const perKey = Math.max(1, Math.floor(60 / columns));
  for (let high = bitsOfRange - 1; high >= 0; high -= perKey) {
    const bits = Array.from({ length: Math.min(perKey, high + 1) }, (_, index) => high - index);
    const terms = bits.flatMap((bit, place) =>
      Array.from({ length: columns }, (_, column) => {
        const shift = (bits.length - 1 - place) * columns + (columns - 1 - column);
        return `shiftleft(CAST(shiftright(${quoted(rangeName(column))}, ${bit}) & 1 AS BIGINT), ${shift})`;
      }),
    );
    keys.push(terms.join(" + "));
  }
  return keys;
}
