/** Reads texts as Java's `SimpleDateFormat` does. */
import type { CalendarField } from "./calendar-fields.ts";
import { nameAt } from "./legacy-names.ts";
import { type LegacyToken, legacyTokens } from "./legacy-tokens.ts";
import { numberAt } from "./number-text.ts";
import { isoForms, namedOffset, signedOffset } from "./zone-text.ts";

/** What a text states: its fields in their order, and how far the clock is ahead of UTC where it says so. */
export interface StatedFields {
  readonly fields: Map<CalendarField, number>;
  /** Milliseconds. */
  offset?: number;
  /** Whether the year was one of two digits that may belong to either century. */
  isAmbiguousYear?: boolean;
  /** A year of weeks, which the week and the weekday go with. */
  weekYear?: number;
}

/** A place in a text, and what was read before it. */
interface State {
  readonly text: string;
  readonly stated: StatedFields;
  readonly region: string | undefined;
  /** The number of letters, and whether digits follow at once that belong to the next field. */
  readonly count: number;
  readonly isFull: boolean;
}

/** Gives where the field ends, undefined where it cannot be read. */
type Read = (at: number, state: State) => number | undefined;

const numeric: Readonly<Record<string, CalendarField>> = {
  w: "weekOfYear",
  W: "weekOfMonth",
  D: "dayOfYear",
  d: "dayOfMonth",
  F: "dayOfWeekInMonth",
  H: "hourOfDay",
  K: "hour",
  m: "minute",
  s: "second",
  S: "millisecond",
};

/** Blanks before a field do not count for the places that numbers without a gap between them have. */
const numberOf = (start: number, at: number, { text, count, isFull }: State) =>
  isFull && start + count > text.length ? undefined : numberAt(text, at, isFull ? start + count : text.length);

const blanks = /[ \t]*/y;

function afterBlanks(text: string, at: number): number {
  blanks.lastIndex = at;
  return at + blanks.exec(text)![0].length;
}

const number =
  (store: (value: number, state: State, digits: string) => boolean): Read =>
  (start, state) => {
    const at = afterBlanks(state.text, start);
    const found = numberOf(start, at, state);
    if (found === undefined) return undefined;
    const end = at + found.length;
    return store(found.value, state, state.text.slice(at, end)) ? end : undefined;
  };

const into = (field: CalendarField, shift: (value: number) => number = (value) => value): Read =>
  number((value, { stated }) => put(stated, field, shift(value)));

/** A field that is set again is set last. */
function put({ fields }: StatedFields, field: CalendarField, value: number): boolean {
  fields.delete(field);
  fields.set(field, value);
  return true;
}

/** A clock that begins with its last hour; others than its hours are refused. */
const clockHour = (field: CalendarField, last: number): Read =>
  number((value, { stated }) => value >= 1 && value <= last && put(stated, field, value === last ? 0 : value));

const name =
  (field: CalendarField): Read =>
  (at, { text, stated }) => {
    const found = nameAt(field, text, at);
    return found && put(stated, field, found.value) ? at + found.length : undefined;
  };

/** The years that two digits stand for begin eighty years ago. */
const centuryStart = (): number => new Date().getUTCFullYear() - 80;

const year = (store: (stated: StatedFields, value: number) => void): Read =>
  number((value, { stated, count }, digits) => {
    const isShort = count <= 2 && /^\d\d$/.test(digits);
    const first = centuryStart();
    if (isShort) stated.isAmbiguousYear = value === first % 100;
    store(stated, isShort ? ofCentury(value) : value);
    return true;
  });

/** The year that two digits stand for. */
export function ofCentury(value: number): number {
  const first = centuryStart();
  return Math.floor(first / 100) * 100 + value + (value < first % 100 ? 100 : 0);
}

const zone: Read = (start, { text, stated, region }) => {
  const at = afterBlanks(text, start);
  const found =
    signedOffset(/(?<sign>[+-])(?<hour>\d\d)(?<minutes>\d\d)/, text, at) ??
    signedOffset(/GMT(?<sign>[+-])(?<hour>\d\d?):(?<minutes>\d\d)/i, text, at) ??
    (/^[+-]|^GMT[+-]/i.test(text.slice(at)) ? undefined : namedOffset(text, at, region));
  return offsetTo(stated, at, found);
};

function offsetTo(stated: StatedFields, at: number, found: ReturnType<typeof signedOffset>): number | undefined {
  if (found === undefined) return undefined;
  stated.offset = found.offset;
  return at + found.length;
}

const isoZone: Read = (start, { text, stated, count }) => {
  const at = afterBlanks(text, start);
  return offsetTo(stated, at, signedOffset(isoForms[count - 1]!, text, at));
};

const month: Read = (at, state) => (state.count > 2 ? name("month") : into("month", (value) => value - 1))(at, state);

const readers: Readonly<Record<string, Read>> = {
  ...Object.fromEntries(Object.entries(numeric).map(([letter, field]) => [letter, into(field)])),
  G: name("era"),
  y: year((stated, value) => {
    delete stated.weekYear;
    put(stated, "year", value);
  }),
  Y: year((stated, value) => {
    stated.weekYear = value;
  }),
  M: month,
  L: month,
  E: name("dayOfWeek"),
  a: name("afternoon"),
  u: into("dayOfWeek", (value) => (value >= 1 && value <= 7 ? (value % 7) + 1 : value)),
  k: clockHour("hourOfDay", 24),
  h: clockHour("hour", 12),
  z: zone,
  Z: zone,
  X: isoZone,
};

/** Whether digits that follow at once are those of a field of its own. */
const isNumber = (token: LegacyToken | undefined): boolean =>
  token?.kind === "letters" && (/^[ML]$/.test(token.letter) ? token.count <= 2 : !/^[GEazZX]$/.test(token.letter));

/** A pattern of `SimpleDateFormat` that reads texts. */
export class SimpleReader {
  readonly #tokens: readonly LegacyToken[];

  /** @throws ParseError for a pattern that means nothing */
  constructor(pattern: string) {
    this.#tokens = legacyTokens(pattern);
  }

  /**
   * What a text states; what follows the last field is not looked at.
   *
   * @param region - the session's zone
   */
  read(text: string, region: string | undefined): StatedFields | undefined {
    const stated: StatedFields = { fields: new Map() };
    let at: number | undefined = 0;
    for (const [index, token] of this.#tokens.entries()) {
      at =
        token.kind === "text" ? literal(token.text, text, at) : this.#field(index, token, { text, stated, region }, at);
      if (at === undefined) return undefined;
    }
    return at === 0 ? undefined : stated;
  }

  #field(
    index: number,
    { letter, count }: Extract<LegacyToken, { kind: "letters" }>,
    state: Omit<State, "count" | "isFull">,
    at: number,
  ): number | undefined {
    if (afterBlanks(state.text, at) >= state.text.length) return undefined;
    return readers[letter]!(at, { ...state, count, isFull: isNumber(this.#tokens[index + 1]) });
  }
}

const literal = (wanted: string, text: string, at: number): number | undefined =>
  text.startsWith(wanted, at) ? at + wanted.length : undefined;
