/** Casts to and from intervals: numbers count in the last unit of their type, texts are those of SQL's interval literals. */
import { InternalError } from "../../../errors.ts";
import type { DataType, DayTimeUnit, TypeKind, YearMonthUnit } from "../../../types/data-type.ts";
import { duckType } from "../duck-type.ts";
import { text } from "../sql-text.ts";
import { attempted, bySource, type CastRequest, type CastWriter, strictly } from "./cast-writer.ts";

/** Microseconds or months of each unit. */
const sizes: Readonly<Record<DayTimeUnit | YearMonthUnit, number>> = {
  day: 86_400_000_000,
  hour: 3_600_000_000,
  minute: 60_000_000,
  second: 1_000_000,
  year: 12,
  month: 1,
};

function lastUnit(type: DataType): number {
  if (type.kind === "day-time interval" || type.kind === "year-month interval") return sizes[type.end];
  throw new InternalError(`${type.kind} has no units`);
}

/** The units of an interval's type, as kernels take them. */
export const unitsText = (type: DataType): string =>
  type.kind === "day-time interval" || type.kind === "year-month interval" ? text(`${type.start}-${type.end}`) : "''";

/** SQL of the number of last units in an interval: whole, what is left of a unit is dropped. */
export const wholeUnits = (value: string, type: DataType): string => `(${value} // ${lastUnit(type)})`;

const counted: CastWriter = (request) =>
  attempted(
    strictly(request),
    `TRY_CAST((${request.value})::HUGEINT * ${lastUnit(request.to)} AS ${duckType(request.to)})`,
    "CAST_OVERFLOW",
  );

// Halves are rounded away from zero, as DuckDB rounds decimals.
const countedDecimal: CastWriter = (request) => {
  const { value, from, to } = request;
  const scale = from.kind === "decimal" ? from.scale : 0;
  const amount = `(${value})::DECIMAL(38,${scale}) * ${lastUnit(to)}`;
  return attempted(strictly(request), `TRY_CAST(${amount} AS ${duckType(to)})`, "CAST_OVERFLOW");
};

/** An interval in other units: what is less than the last of them is dropped. */
const narrowed: CastWriter = ({ value, from, to }) => {
  const [kept, wanted] = [lastUnit(from), lastUnit(to)];
  return wanted <= kept ? value : `((${value} // ${wanted}) * ${wanted})::${duckType(to)}`;
};

const fromText =
  (kernel: string): CastWriter =>
  ({ value, to, mode, kernel: call }: CastRequest) =>
    call(kernel, [value, unitsText(to), text(mode === "legacy" ? "ansi" : mode)]);

const counts: Partial<Record<TypeKind, CastWriter>> = {
  tinyint: counted,
  smallint: counted,
  int: counted,
  bigint: counted,
  decimal: countedDecimal,
};

const texts = (writer: CastWriter): Partial<Record<TypeKind, CastWriter>> => ({
  string: writer,
  char: writer,
  varchar: writer,
});

export const intervalCasts: Partial<Record<TypeKind, CastWriter>> = {
  "day-time interval": bySource({ ...counts, ...texts(fromText("parse_day_time")), "day-time interval": narrowed }),
  "year-month interval": bySource({
    ...counts,
    ...texts(fromText("parse_year_month")),
    "year-month interval": narrowed,
  }),
  // A text that is no calendar interval is null in every mode.
  interval: bySource(texts(({ value, kernel }) => kernel("parse_interval", [value]))),
};
