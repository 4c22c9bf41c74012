/** Looking back in dimensions that keep their history. */
import type { DataFrame } from "../../dataframe/dataframe.ts";
import { AnalysisError } from "../../errors.ts";
import type { Column } from "../../functions/column.ts";
import { col, lit } from "../../functions/constructors.ts";
import type { ColumnLike, LiteralValue } from "../../functions/phantom.ts";
import { quoted } from "../../types/identifier.ts";
import type { DeltaTable } from "../delta-table.ts";
import { notFound } from "./errors.ts";
import { type ColumnOf, columnsOfTime, type Scd2Columns } from "./options.ts";

type ColumnsOfTime<S> = Omit<Scd2Columns<ColumnOf<S>>, "keys">;

/**
 * The versions that held at a time: those that began by then, and had not ended.
 *
 * @param table - with the columns of time
 * @param time - of the type of `startAt`; a text such as `2026-01-31 12:00:00` for a moment
 * @param columns - the columns of time, as `scd2` was told them
 * @throws AnalysisError `AUTOCDC_MISSING_SEQUENCE_BY` for a time that is null
 * @example scd2AsOf(customers, "2026-01-31", { startAt: "effective_date", endAt: "end_date" });
 */
export function scd2AsOf<S>(
  table: DeltaTable<S>,
  time: LiteralValue | ColumnLike,
  columns: ColumnsOfTime<S> = {},
): DataFrame<S> {
  if (time === null || time === undefined)
    throw new AnalysisError(`The time to look back at is ${time}`, {
      condition: "AUTOCDC_MISSING_SEQUENCE_BY",
      sqlState: "22023",
      hint: 'Give a time, such as "2026-01-31 12:00:00".',
    });
  const { startAt, endAt } = columnsOfTime(columns);
  const [start, end, at] = [named(startAt), named(endAt), lit(time as ColumnLike) as Column];
  return rowsOf(table).filter(start.leq(at).and(end.isNull().or(end.gt(at)))) as unknown as DataFrame<S>;
}

/**
 * The versions of one key, the oldest first.
 *
 * @param table - with the business keys and the columns of time
 * @param key - the value of each business key
 * @param columns - the business keys and the columns of time, as `scd2` was told them
 * @throws AnalysisError `AUTOCDC_COLUMNS_NOT_FOUND_IN_SCHEMA` where the values are not those of the keys,
 * `AUTOCDC_MICROBATCH_VALIDATION.NULL_KEY` for one that is null
 * @example await scd2History(customers, { customer_id: "C042" }, { keys: ["customer_id"] }).show();
 */
export function scd2History<S>(
  table: DeltaTable<S>,
  key: Readonly<Record<string, LiteralValue | ColumnLike>>,
  columns: Scd2Columns<ColumnOf<S>>,
): DataFrame<S> {
  const { keys }: Scd2Columns = columns;
  checkKey(key, keys);
  const isOfKey = keys.map((name) => named(name).eq(lit(key[name] as ColumnLike)) as Column);
  return rowsOf(table)
    .filter(isOfKey.reduce((all, next) => all.and(next) as Column))
    .orderBy(quoted(columnsOfTime(columns).startAt)) as unknown as DataFrame<S>;
}

const named = (name: string): Column => col(quoted(name)) as Column;
const rowsOf = <S>(table: DeltaTable<S>): DataFrame => table.toDF() as unknown as DataFrame;

function checkKey(key: Readonly<Record<string, unknown>>, keys: readonly string[]): void {
  const other = Object.keys(key).filter((name) => !keys.includes(name));
  if (other.length > 0) throw notFound(other, "key", keys);
  const without = keys.filter((name) => key[name] === undefined || key[name] === null);
  if (keys.length > 0 && without.length === 0) return;
  throw new AnalysisError(`The key has no value for ${without.map(quoted).join(", ") || "any column"}`, {
    condition: "AUTOCDC_MICROBATCH_VALIDATION.NULL_KEY",
    sqlState: "22000",
    parameters: { nullKeyCounts: without.join(", ") },
    hint: "Keys are never null: give each column of the key a value.",
  });
}
