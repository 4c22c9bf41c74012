/** Numbers as Java's `DecimalFormat` writes them in US English, rounded half to even. */
import { UnsupportedError } from "../../../../errors.ts";

/** A number's digits: `0.digits × 10^point`, as the shortest text of a double or all digits of a decimal have them. */
interface Digits {
  readonly negative: boolean;
  readonly digits: string;
  readonly point: number;
}

function digitsOf(text: string): Digits {
  const [, sign, whole = "", fraction = "", exponent = "0"] = /^(-?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text)!;
  const all = whole + fraction;
  const stripped = all.replace(/^0+/, "");
  const point = whole.length + Number(exponent) - (all.length - stripped.length);
  const digits = stripped.replace(/0+$/, "");
  return { negative: sign === "-", digits, point: digits === "" ? 0 : point };
}

/**
 * Rounds to a number of digits behind the point.
 *
 * @param exact - how the number compares with its digits, where they are a double's shortest: a tie is none then
 */
function rounded({ negative, digits, point }: Digits, scale: number, exact: (digits: Digits) => number): Digits {
  const keep = point + scale;
  if (keep >= digits.length) return { negative, digits, point };
  if (keep < 0) return { negative, digits: "", point: 0 };
  const kept = digits.slice(0, keep);
  const rest = digits.slice(keep);
  if (!roundsUp(kept, rest, () => exact({ negative, digits, point }))) return trimmed(negative, kept, point);
  const raised = (BigInt(kept === "" ? "0" : kept) + 1n).toString();
  return raised.length > kept.length
    ? trimmed(negative, raised, point + 1)
    : trimmed(negative, raised.padStart(kept.length, "0"), point);
}

const trimmed = (negative: boolean, digits: string, point: number): Digits => ({
  negative,
  digits: digits.replace(/0+$/, ""),
  point,
});

function roundsUp(kept: string, rest: string, exact: () => number): boolean {
  if (rest[0] !== "5") return rest[0]! > "5";
  if (/[1-9]/.test(rest.slice(1))) return true;
  const side = exact();
  return side === 0 ? Number(kept.at(-1) ?? "0") % 2 === 1 : side > 0;
}

/** How a pattern such as `#,##0.00` wants numbers. */
interface NumberPattern {
  readonly prefix: string;
  readonly suffix: string;
  readonly grouping: number;
  readonly leastWhole: number;
  readonly leastFraction: number;
  readonly mostFraction: number;
}

function written(digits: Digits, pattern: NumberPattern, exact: (digits: Digits) => number): string {
  const { negative, digits: all, point } = rounded(digits, pattern.mostFraction, exact);
  const whole = point > 0 ? all.slice(0, point).padEnd(point, "0") : "";
  const fraction = (point < 0 ? "0".repeat(-point) : "") + all.slice(Math.max(0, point));
  const shown = whole.padStart(pattern.leastWhole, "0");
  const grouped =
    pattern.grouping > 0 ? shown.replace(new RegExp(`\\B(?=(?:\\d{${pattern.grouping}})+$)`, "g"), ",") : shown;
  // Zeros behind the point that rounding left over are not shown.
  const tail = (all === "" ? "" : fraction).padEnd(pattern.leastFraction, "0");
  const number = grouped + (tail === "" ? "" : `.${tail}`);
  return `${negative ? "-" : ""}${pattern.prefix}${number === "" ? "0" : number}${pattern.suffix}`;
}

const patterns = new Map<string, NumberPattern>();

function patternOf(text: string): NumberPattern {
  const known = patterns.get(text) ?? parsed(text);
  patterns.set(text, known);
  return known;
}

function parsed(text: string): NumberPattern {
  const match = /^([^#0,.;%‰'E¤-]*)([#,]*[0,]*)(?:\.(0*)(#*))?([^#0,.;%‰'E¤-]*)$/.exec(text);
  if (match === null || text === "") {
    throw new UnsupportedError(`the number pattern ${text} is not understood by the embedded engine`, {
      hint: "Patterns of #, 0, a comma and a point are, such as #,##0.00; or give the number of decimal places.",
    });
  }
  const [, prefix, whole, least = "", more = "", suffix] = match as unknown as [
    string,
    string,
    string,
    string?,
    string?,
    string?,
  ];
  const comma = whole.lastIndexOf(",");
  // A point without a 0 beside it still shows a digit on one of its sides.
  const bare = text.includes(".") && !text.includes("0");
  return {
    prefix,
    suffix: suffix ?? "",
    grouping: comma < 0 ? 0 : whole.length - comma - 1,
    leastWhole: bare && whole !== "" ? 1 : whole.replace(/[^0]/g, "").length,
    leastFraction: bare && whole === "" ? 1 : least.length,
    mostFraction: least.length + more.length,
  };
}

/** A pattern with groups of thousands and a number of places. */
const places = (scale: number): NumberPattern => ({
  prefix: "",
  suffix: "",
  grouping: 3,
  leastWhole: 1,
  leastFraction: scale,
  mostFraction: scale,
});

const decided = (): number => 0;

/** The side of the exact value of a double from its shortest digits, of which it is a tie to round. */
const sideOf = (value: number) => (): number => {
  const exact = Math.abs(value).toPrecision(100);
  const shortest = String(Math.abs(value));
  return compareDigits(digitsOf(exact), digitsOf(shortest));
};

function compareDigits(left: Digits, right: Digits): number {
  const width = Math.max(left.digits.length, right.digits.length);
  const [a, b] = [left.digits.padEnd(width, "0"), right.digits.padEnd(width, "0")];
  return a === b ? 0 : a > b ? 1 : -1;
}

function doubleWritten(value: number, pattern: NumberPattern): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value < 0 ? "-∞" : "∞";
  const digits = digitsOf(String(Math.abs(value)));
  return written({ ...digits, negative: value < 0 || Object.is(value, -0) }, pattern, sideOf(value));
}

/** A double with a number of places; undefined for a negative number. */
export const formatDouble = (value: number, scale: number): string | undefined =>
  scale < 0 ? undefined : doubleWritten(value, places(scale));
/** A double by a pattern. */
export const formatDoubleBy = (value: number, pattern: string): string =>
  doubleWritten(value, pattern === "" ? places(0) : patternOf(pattern));
/** A whole number or decimal, given as text, with a number of places. */
export const formatDecimal = (text: string, scale: number): string | undefined =>
  scale < 0 ? undefined : written(digitsOf(text), places(scale), decided);
/** A whole number or decimal, given as text, by a pattern. */
export const formatDecimalBy = (text: string, pattern: string): string =>
  written(digitsOf(text), pattern === "" ? places(0) : patternOf(pattern), decided);
