/** The statistics of a file's columns as COPY gives them. */
import type { ColumnStatistics } from "../../engine.ts";

type Statistics = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** @param map - the column `column_statistics` of `RETURN_STATS`: quoted names with dots between, to what is known */
export const columnStatistics = (map: unknown): readonly ColumnStatistics[] =>
  Array.from((map ?? []) as Statistics, ([key, known]) => {
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
