import {
  type DataType,
  type DayTimeUnit,
  dayTimeIntervalType,
  intervalType,
  type YearMonthUnit,
  yearMonthIntervalType,
} from "./data-type.ts";
import type { DdlCursor } from "./ddl-cursor.ts";
import type { Token } from "./ddl-token.ts";

const dayTimeUnits: readonly DayTimeUnit[] = ["day", "hour", "minute", "second"];
const yearMonthUnits: readonly YearMonthUnit[] = ["year", "month"];

/**
 * Reads what follows the word INTERVAL: nothing, a unit, or a unit TO a smaller one.
 *
 * Units in the wrong order are refused as `INVALID_INTERVAL_FORMAT.UNSUPPORTED_FROM_TO_EXPRESSION`.
 *
 * @param cursor - after the word
 * @param name - the word
 * @throws ParseError `PARSE_SYNTAX_ERROR`
 */
export function readInterval(cursor: DdlCursor, name: Token): DataType {
  return (
    readUnits(cursor, name, dayTimeUnits, dayTimeIntervalType) ??
    readUnits(cursor, name, yearMonthUnits, yearMonthIntervalType) ??
    intervalType
  );
}

function readUnits<Unit extends string>(
  cursor: DdlCursor,
  name: Token,
  units: readonly Unit[],
  make: (start: Unit, end: Unit) => DataType,
): DataType | undefined {
  const start = acceptUnit(cursor, units);
  if (start === undefined) return undefined;
  if (!cursor.accept("TO")) return make(start, start);
  const ends = units.slice(1);
  const end = acceptUnit(cursor, ends);
  if (end === undefined) throw cursor.unexpected(ends.join(", ").toUpperCase());
  return units.indexOf(end) > units.indexOf(start) ? make(start, end) : refuseOrder(cursor, name, start, end);
}

function refuseOrder(cursor: DdlCursor, name: Token, from: string, to: string): DataType {
  const fault = {
    condition: "INVALID_INTERVAL_FORMAT.UNSUPPORTED_FROM_TO_EXPRESSION",
    sqlState: "22006",
    parameters: { input: "", from, to },
    hint: "The second unit must be smaller than the first.",
  };
  return cursor.refuse(cursor.fault(name, `Cannot support (interval '' ${from} to ${to}) expression`, fault));
}

const acceptUnit = <Unit extends string>(cursor: DdlCursor, units: readonly Unit[]): Unit | undefined =>
  units.find((unit) => cursor.accept(unit.toUpperCase()));
