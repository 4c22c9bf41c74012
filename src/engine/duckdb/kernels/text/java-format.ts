/** `format_string`: the directives of Java's `Formatter` in US English. */
import { ExecutionError, UnsupportedError } from "../../../../errors.ts";
import { doubleText, floatText } from "../../../../types/number-text.ts";

/** A value with its Spark type; null has no text. */
export type FormatArgument = readonly [kind: string, text: string | null];

interface Directive {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly conversion: string;
  /** As it stands in the format. */
  readonly source: string;
}

const directive = /%(?:(\d+)\$)?([-#+ 0,(<]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g;

const wrong = (message: string): ExecutionError =>
  new ExecutionError(`The format cannot be applied: ${message}`, {
    hint: "Formats are those of Java's Formatter, such as %d, %5.2f and %s.",
  });

/** Java's classes, which its messages name. */
const classes: Readonly<Record<string, string>> = {
  boolean: "Boolean",
  tinyint: "Byte",
  smallint: "Short",
  int: "Integer",
  date: "Integer",
  bigint: "Long",
  timestamp: "Long",
  timestamp_ntz: "Long",
  float: "Float",
  double: "Double",
};
const whole: Readonly<Record<string, number>> = {
  tinyint: 8,
  smallint: 16,
  int: 32,
  date: 32,
  bigint: 64,
  timestamp: 64,
  timestamp_ntz: 64,
};

const mismatch = (conversion: string, kind: string): ExecutionError =>
  wrong(`${conversion} != ${classes[kind] ?? kind}`);

function padded(text: string, { flags, width }: Directive): string {
  return flags.includes("-") ? text.padEnd(width) : text.padStart(width);
}

/** Puts the sign, the zeros and the width around the digits of a number. */
function signed(digits: string, negative: boolean, given: Directive): string {
  const { flags, width } = given;
  const before = negative
    ? flags.includes("(")
      ? "("
      : "-"
    : flags.includes("+")
      ? "+"
      : flags.includes(" ")
        ? " "
        : "";
  const after = negative && flags.includes("(") ? ")" : "";
  const zeros = flags.includes("0") ? Math.max(0, width - before.length - after.length) : 0;
  return padded(before + digits.padStart(zeros, "0") + after, given);
}

const grouped = (digits: string): string => digits.replace(/\B(?=(?:\d{3})+$)/g, ",");

type Convert = (given: Directive, kind: string, text: string) => string;

const decimalInteger: Convert = (given, kind, text) => {
  if (whole[kind] === undefined) throw mismatch("d", kind);
  const digits = text.replace("-", "");
  return signed(given.flags.includes(",") ? grouped(digits) : digits, text.startsWith("-"), given);
};

const unsigned =
  (radix: number, mark: string): Convert =>
  (given, kind, text) => {
    const bits = whole[kind];
    if (bits === undefined) throw mismatch(given.conversion, kind);
    const digits = (given.flags.includes("#") ? mark : "") + BigInt.asUintN(bits, BigInt(text)).toString(radix);
    return padded(given.flags.includes("0") ? digits.padStart(given.width, "0") : digits, given);
  };

/** The digits that Java writes of a number, and how many of them lie behind the point. */
function shortest(value: number): { readonly digits: bigint; readonly scale: number } {
  const [, whole, fraction, exponent = "0"] = /^(\d+)\.(\d+)(?:E(-?\d+))?$/.exec(doubleText(Math.abs(value)))!;
  return { digits: BigInt(whole! + fraction!), scale: fraction!.length - Number(exponent) };
}

/** A number of decimal digits rounded half up, as Java does with the shortest digits of a double. */
function fixed(value: number, places: number): string {
  const { digits, scale } = shortest(value);
  const unit = 10n ** BigInt(Math.abs(scale - places));
  const rounded = scale <= places ? digits * unit : (digits + unit / 2n) / unit;
  const text = rounded.toString().padStart(places + 1, "0");
  return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
}

function scientific(value: number, places: number): string {
  if (value === 0) return `${fixed(0, places)}e+00`;
  const { digits, scale } = shortest(value);
  const text = digits.toString();
  const mantissa = fixed(Number(`${text[0]}.${text.slice(1)}`), places);
  const carried = mantissa.startsWith("10");
  const power = text.length - 1 - scale + (carried ? 1 : 0);
  return `${carried ? fixed(1, places) : mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

function general(value: number, precision: number): string {
  const significant = precision === 0 ? 1 : precision;
  const rounded = Number(value.toPrecision(Math.min(100, significant)));
  if (rounded === 0) return fixed(0, significant - 1);
  if (Math.abs(rounded) < 1e-4 || Math.abs(rounded) >= 10 ** significant) return scientific(value, significant - 1);
  return fixed(value, Math.max(0, significant - 1 - Math.floor(Math.log10(Math.abs(rounded)))));
}

const fraction =
  (write: (value: number, precision: number) => string): Convert =>
  (given, kind, text) => {
    if (kind !== "double" && kind !== "float") throw mismatch(given.conversion, kind);
    const value = numberOf(text);
    if (!Number.isFinite(value)) return padded(specialText(value, given.flags), given);
    const digits = write(value, given.precision ?? 6);
    const [before, after] = /^(\d+)(.*)$/.exec(digits)!.slice(1) as [string, string];
    return signed(
      given.flags.includes(",") ? grouped(before) + after : digits,
      value < 0 || Object.is(value, -0),
      given,
    );
  };

/** A number of DuckDB's text. */
const numberOf = (text: string): number => Number(text.replace("inf", "Infinity"));

function specialText(value: number, flags: string): string {
  if (Number.isNaN(value)) return "NaN";
  if (value > 0) return flags.includes("+") ? "+Infinity" : "Infinity";
  return flags.includes("(") ? "(Infinity)" : "-Infinity";
}

const shortened = (text: string, given: Directive): string =>
  padded(given.precision === undefined ? text : text.slice(0, given.precision), given);

/** What `toString` gives of a value. */
function javaText(kind: string, text: string): string {
  if (kind === "double") return doubleText(numberOf(text));
  return kind === "float" ? floatText(Math.fround(numberOf(text))) : text;
}

const character: Convert = (given, kind, text) => {
  if (whole[kind] === undefined || whole[kind] > 32) throw mismatch("c", kind);
  return padded(String.fromCodePoint(Number(text)), given);
};

const converters: Readonly<Record<string, Convert>> = {
  d: decimalInteger,
  o: unsigned(8, "0"),
  x: unsigned(16, "0x"),
  f: fraction(fixed),
  e: fraction(scientific),
  g: fraction(general),
  s: (given, kind, text) => shortened(javaText(kind, text), given),
  b: (given, kind, text) => shortened(kind === "boolean" ? text : "true", given),
  c: character,
};

function converted(given: Directive, [kind, text]: FormatArgument): string {
  const lower = given.conversion.toLowerCase();
  const convert = converters[lower];
  if (convert === undefined) {
    throw new UnsupportedError(`format_string does not know the directive ${given.source} on the embedded engine`, {
      hint: "It knows %s, %d, %f, %e, %g, %x, %o, %b, %c, %n and %%.",
    });
  }
  const result = text === null ? shortened(lower === "b" ? "false" : "null", given) : convert(given, kind, text);
  return given.conversion === lower ? result : result.toUpperCase();
}

/**
 * A format with values in place of its directives.
 *
 * Source: `java.util.Formatter`, which `FormatString` gives Spark's internal values: days for dates, microseconds for
 * timestamps.
 *
 * @param format - such as `%d of %s`
 * @throws ExecutionError where a directive has no value or one of another type
 */
export function formatted(format: string, values: readonly FormatArgument[]): string {
  let next = 0;
  let last = -1;
  const checked = format.replace(directive, "");
  if (checked.includes("%")) throw wrong(`Conversion = '%'`);
  return format.replace(
    directive,
    (
      source,
      index: string | undefined,
      flags: string,
      width = "0",
      precision: string | undefined,
      conversion: string,
    ) => {
      const given: Directive = {
        flags,
        width: Number(width),
        precision: precision === undefined ? undefined : Number(precision),
        conversion,
        source,
      };
      if (conversion === "n") return "\n";
      if (conversion === "%") return padded("%", given);
      last = flags.includes("<") ? last : index === undefined ? next++ : Number(index) - 1;
      const value = values[last];
      if (value === undefined) throw wrong(`Format specifier '${source}'`);
      return converted(given, value);
    },
  );
}
