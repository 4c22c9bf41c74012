/** The statistics of a file's columns as COPY gives them. */
import type { ColumnStatistics } from "../../engine.ts";

interface Entry<Value> {
  readonly key: string;
  readonly value: Value;
}

/** The entries of a MAP as the binding hands it out. */
export const entriesOf = <Value>(map: unknown): readonly Entry<Value>[] => (map ?? []) as readonly Entry<Value>[];

/** @param map - the column `column_statistics` of `RETURN_STATS`: quoted names with dots between, to what is known */
export const columnStatistics = (map: unknown): readonly ColumnStatistics[] =>
  entriesOf<unknown>(map).map(({ key, value }) => {
    const known = new Map(entriesOf<string>(value).map((entry) => [entry.key, entry.value]));
    const [min, max] = [known.get("min"), known.get("max")];
    return {
      path: pathOf(key),
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
      nulls: Number(known.get("null_count") ?? 0),
      hasNaN: known.get("has_nan") === "true",
    };
  });

const pathOf = (key: string): readonly string[] =>
  [...key.matchAll(/"((?:[^"]|"")*)"/g)].map(([, name]) => name!.replaceAll('""', '"'));
