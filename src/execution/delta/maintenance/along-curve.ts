/** Rows along a curve through the values of some columns, so that those near in all columns lie near (`MultiDimClustering`). */
import { sqlParser } from "../../../functions/parsers.ts";
import type { Expression } from "../../../plan/expression.ts";
import type { Relation } from "../../../plan/relation.ts";
import { quoted } from "../../../types/identifier.ts";
import { hilbertSteps } from "./hilbert-curve.ts";

/** Which way the curve takes: Z-shaped, or from neighbour to neighbour. */
export type Curve = "z" | "hilbert";

/** In how many ranges the values of a column are parted at most, as in Delta. */
const ranges = 1000;
const bitsOfRange = 10;

const shareName = (index: number): string => `share ${index} of the curve`;
const rangeName = (index: number): string => `range ${index} of the curve`;
const stepName = (bit: number): string => `step ${bit} of the curve`;

/** Expressions by the names of the columns that they become. */
type Columns = Readonly<Record<string, string>>;

/**
 * The rows sorted by the place that the ranges, in which their values lie, have along a curve.
 *
 * @param columns - paths, each a list of names; none for the rows as they are
 */
export function alongCurve(input: Relation, columns: readonly (readonly string[])[], curve: Curve): Relation {
  if (columns.length === 0) return input;
  const { steps, keys } =
    curve === "hilbert" && columns.length > 1 ? hilbertOrder(columns.length) : zOrder(columns.length);
  const made = [...rangesOf(columns), ...steps];
  const order = keys.map((text) => ({
    kind: "sort order" as const,
    input: parsed(text),
    direction: "ascending" as const,
    nulls: "first" as const,
  }));
  const sorted: Relation = { kind: "sort", input: made.reduce(withColumns, input), order, global: true };
  return {
    kind: "drop",
    input: sorted,
    columns: made.flatMap(Object.keys).map((name) => ({ kind: "attribute", name: [name] })),
  };
}

const parsed = (text: string): Expression => sqlParser().expression(text);

const withColumns = (input: Relation, columns: Columns): Relation => ({
  kind: "with columns",
  input,
  columns: Object.entries(columns).map(([name, text]) => ({ kind: "alias", input: parsed(text), names: [name] })),
});

/** Ranges of about as many rows each, without gaps: equal values are in one, so that few values have few ranges. */
const rangesOf = (columns: readonly (readonly string[])[]): readonly Columns[] => {
  const share = (path: readonly string[]): string =>
    `(count(*) OVER (ORDER BY ${path.map(quoted).join(".")}) * ${ranges} - 1) DIV count(*) OVER ()`;
  return [
    Object.fromEntries(columns.map((path, index) => [shareName(index), share(path)])),
    Object.fromEntries(
      columns.map((_, index) => [
        rangeName(index),
        `CAST(dense_rank() OVER (ORDER BY ${quoted(shareName(index))}) - 1 AS BIGINT)`,
      ]),
    ),
  ];
};

/** What an order needs: columns made one after the other, and what is sorted by then. */
interface CurveOrder {
  readonly steps: readonly Columns[];
  readonly keys: readonly string[];
}

/** A bit of each column's range, the first column's the highest. */
const cornerAt = (columns: number, bit: number): string =>
  Array.from({ length: columns }, (_, column) => {
    const value = `shiftright(${quoted(rangeName(column))}, ${bit}) & 1L`;
    return `shiftleft(${value}, ${columns - 1 - column})`;
  }).join(" + ");

const bits: readonly number[] = Array.from({ length: bitsOfRange }, (_, index) => bitsOfRange - 1 - index);

/** The bits of the ranges, one of each column after the other, as numbers of as many bits as a BIGINT holds. */
function zOrder(columns: number): CurveOrder {
  const perKey = Math.max(1, Math.floor(60 / columns));
  const keys = bits
    .filter((_, index) => index % perKey === 0)
    .map((high) => {
      const own = bits.filter((bit) => bit <= high && bit > high - perKey);
      return own.map((bit, place) => shifted(cornerAt(columns, bit), (own.length - 1 - place) * columns)).join(" + ");
    });
  return { steps: [], keys };
}

/** Each step says where the corner comes, times the number of states, and the state of the next one. */
function hilbertOrder(columns: number): CurveOrder {
  const states = hilbertSteps(columns);
  const corners = 2 ** columns;
  const table = `array(${states.flatMap((steps) => steps.map(({ place, state }) => place * states.length + state)).join(", ")})`;
  const steps = bits.map((bit, index) => {
    const before = index === 0 ? "0" : `${quoted(stepName(bits[index - 1]!))} % ${states.length} * ${corners}`;
    return { [stepName(bit)]: `get(${table}, CAST(${before} + ${cornerAt(columns, bit)} AS INT))` };
  });
  const key = bits.map((bit) =>
    shifted(`CAST(${quoted(stepName(bit))} DIV ${states.length} AS BIGINT)`, bit * columns),
  );
  return { steps, keys: [key.join(" + ")] };
}

const shifted = (value: string, by: number): string => `shiftleft(${value}, ${by})`;
