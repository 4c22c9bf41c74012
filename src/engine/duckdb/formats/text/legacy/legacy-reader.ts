/** Dates and times by patterns of Spark 2, whose settings Spark still has as `spark.sql.legacy.timeParserPolicy` `LEGACY`. */
import { microsPerDay } from "../../../../../types/calendar.ts";
import { fixedOffsets, type ZoneOffsets } from "../../zone-offsets.ts";
import { type CalendarField, fieldsOf, localMillis, type SetFields } from "./calendar-fields.ts";
import { FastReader } from "./fast-reader.ts";
import { clocksOfChange, type LegacyZone, legacyZone, rebased } from "./legacy-zone.ts";
import { SimpleReader, type StatedFields } from "./simple-reader.ts";

const hour = 3_600_000;

/**
 * The moment of a text by a pattern of `SimpleDateFormat` that carries nothing over: functions read so.
 *
 * @example
 * ```ts
 * console.log(new StrictReader("yyyy-MM-dd").timestamp("1970-1-1 0h", zoneOf("UTC"))); // 0n
 * ```
 */
export class StrictReader {
  readonly #reader: SimpleReader;

  /**
   * @param pattern - such as `yyyy-MM-dd`
   * @throws ParseError for a pattern that means nothing
   */
  constructor(pattern: string) {
    this.#reader = new SimpleReader(pattern);
  }

  /** Microseconds since 1970-01-01T00:00:00Z. */
  timestamp(text: string, offsets: ZoneOffsets): bigint | undefined {
    const stated = this.#reader.read(text, offsets.region);
    if (stated === undefined) return undefined;
    const zone = legacyZone(offsets);
    const isEarly = stated.isAmbiguousYear === true && momentOf(stated, zone) < centuryBegin();
    const meant = isEarly ? centuryLater(stated) : stated;
    const moment = momentOf(meant, zone);
    return showsAll(meant, moment, zone) ? microsOf(rebased(moment, clocksOfChange(offsets))) : undefined;
  }
}

/** The fields with a year of weeks made plain: its week and weekday count from its first day. */
function withWeeks(stated: StatedFields): StatedFields {
  if (stated.weekYear === undefined) return stated;
  const { fields, weekYear } = stated;
  const week = fields.get("weekOfYear") ?? 1;
  const day = fields.get("dayOfWeek") ?? 1;
  const rest = new Map(fields);
  for (const field of ["weekOfYear", "dayOfWeek", "year", "era"] as const) rest.delete(field);
  rest.set("year", weekYear).set("weekOfYear", week).set("dayOfWeek", day);
  return { ...stated, fields: rest };
}

function momentOf(stated: StatedFields, zone: LegacyZone): number {
  const local = localMillis(withWeeks(stated).fields);
  return local - (stated.offset ?? zone.atLocal(local));
}

/** The first of the hundred years that two digits may mean begins today, eighty years ago. */
function centuryBegin(): number {
  const begin = new Date();
  return begin.setUTCFullYear(begin.getUTCFullYear() - 80);
}

/** The years that were stated, a century later. */
function centuryLater(stated: StatedFields): StatedFields {
  const fields = new Map(stated.fields);
  const { year = 0 } = Object.fromEntries(fields);
  if (fields.has("year")) fields.set("year", year + 100);
  return {
    ...stated,
    fields,
    isAmbiguousYear: false,
    ...(stated.weekYear === undefined ? {} : { weekYear: stated.weekYear + 100 }),
  };
}

/** What a year of weeks is set over. */
const replacedByWeeks: ReadonlySet<CalendarField> = new Set(["year", "month", "dayOfMonth"]);

/** Whether a clock shows at a moment what was stated, so that nothing was carried over. */
function showsAll({ fields, offset, weekYear }: StatedFields, moment: number, zone: LegacyZone): boolean {
  if (offset !== undefined && (offset < -13 * hour || offset > 14 * hour)) return false;
  const shown = fieldsOf(moment + (offset ?? zone.at(moment)));
  if (weekYear !== undefined && shown.weekYear !== weekYear) return false;
  const isFree = (field: CalendarField): boolean => weekYear !== undefined && replacedByWeeks.has(field);
  return [...fields].every(([field, value]) => isFree(field) || shown[field] === value);
}

/**
 * Moments and dates of texts by a pattern of `FastDateFormat`, which carries over what is out of range: formats read so.
 */
export class LenientReader {
  readonly #reader: FastReader;
  /** Digits of a second's fraction. */
  readonly #digits: number;

  /**
   * @param pattern - such as `yyyy-MM-dd HH:mm:ss.SSS`
   * @throws ParseError for a pattern that means nothing
   */
  constructor(pattern: string) {
    this.#reader = new FastReader(pattern);
    this.#digits = pattern.split("S").length - 1;
  }

  /** Microseconds since 1970-01-01T00:00:00Z; the digits of a fraction are as many as the pattern has. */
  timestamp(text: string, offsets: ZoneOffsets): bigint | undefined {
    const stated = this.#reader.read(text, offsets.region);
    if (stated === undefined) return undefined;
    const { millisecond: fraction = 0, ...fields } = Object.fromEntries(stated.fields);
    const moment = this.#moment(new Map(Object.entries(fields)) as SetFields, stated.offset, offsets);
    const micros = (BigInt(fraction) * 1_000_000n) / 10n ** BigInt(this.#digits);
    return moment === undefined ? undefined : moment + micros;
  }

  /** Days since 1970-01-01, on clocks of UTC. */
  date(text: string): number | undefined {
    const stated = this.#reader.read(text, undefined);
    const moment = stated && this.#moment(stated.fields, stated.offset, fixedOffsets(0n));
    return moment === undefined ? undefined : Math.floor(Number(moment) / microsPerDay);
  }

  #moment(fields: SetFields, offset: number | undefined, offsets: ZoneOffsets): bigint | undefined {
    const zone = legacyZone(offsets);
    const local = localMillis(fields);
    return microsOf(rebased(local - (offset ?? zone.atLocal(local)), offsets));
  }
}

const microsOf = (millis: number): bigint => BigInt(millis) * 1000n;
