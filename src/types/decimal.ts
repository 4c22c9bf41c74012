import { ExecutionError } from "../errors.ts";
import { inspection } from "./inspect.ts";

/**
 * An exact decimal number: what rows hold for DECIMAL columns.
 *
 * `unscaled` and `scale` mean unscaled ÷ 10^scale. Arithmetic is exact and never rounds; operators such as `a + b` and
 * `a < b` throw, since they would go through an inexact number.
 *
 * @example
 * ```ts
 * console.log(Decimal.of("12.30").plus(Decimal.of("0.05")).toString()); // 12.35
 * ```
 */
export class Decimal {
  /** All its digits as a whole number: 1230 for 12.30. */
  readonly unscaled: bigint;
  /** How many of them are behind the point. */
  readonly scale: number;

  /**
   * @param unscaled - the number without its point
   * @param scale - how many of its digits stand behind the point
   */
  constructor(unscaled: bigint, scale: number) {
    this.unscaled = unscaled;
    this.scale = scale;
  }

  /**
   * A decimal from a text, an integer or another decimal.
   *
   * A number is taken by its shortest text, so that `Decimal.of(0.1)` is 0.1.
   *
   * @param value - such as `"12.30"`, `"-1e3"`, `12n` or `12.5`
   * @throws ExecutionError `CAST_INVALID_INPUT` for anything else, NaN and infinities among it
   * @example
   * ```ts
   * console.log(Decimal.of("1.50").scale); // 2
   * ```
   */
  static of(value: string | number | bigint | Decimal): Decimal {
    if (value instanceof Decimal) return value;
    return typeof value === "bigint" ? new Decimal(value, 0) : parsed(String(value).trim());
  }

  /** How many digits the number has, at least as many as stand behind the point: the precision of its literal. */
  get precision(): number {
    return Math.max(digitsOf(this.unscaled), this.scale);
  }

  /**
   * The exact sum.
   *
   * @param other - of any scale; the larger scale is kept
   * @example Decimal.of("1.20").plus(Decimal.of("0.05")); // 1.25
   */
  plus(other: Decimal): Decimal {
    const scale = Math.max(this.scale, other.scale);
    return new Decimal(unscaledAt(this, scale) + unscaledAt(other, scale), scale);
  }

  /**
   * The exact difference.
   *
   * @param other - of any scale; the larger scale is kept
   * @example Decimal.of("1.20").minus(Decimal.of("0.05")); // 1.15
   */
  minus(other: Decimal): Decimal {
    return this.plus(other.negated());
  }

  /**
   * The exact product.
   *
   * @param other - of any scale; scales add up
   * @example Decimal.of("1.20").times(Decimal.of("3")); // 3.60
   */
  times(other: Decimal): Decimal {
    return new Decimal(this.unscaled * other.unscaled, this.scale + other.scale);
  }

  /**
   * The number with the other sign.
   *
   * @example Decimal.of("1.20").negated(); // -1.20
   */
  negated(): Decimal {
    return new Decimal(-this.unscaled, this.scale);
  }

  /**
   * The number with another count of digits behind the point, rounded half away from zero as Spark rounds (HALF_UP).
   *
   * @param scale - the count
   * @example Decimal.of("1.25").rounded(1).toString(); // "1.3"
   */
  rounded(scale: number): Decimal {
    if (scale >= this.scale) return new Decimal(unscaledAt(this, scale), scale);
    const divisor = powerOfTen(this.scale - scale);
    const half = this.unscaled < 0n ? -divisor / 2n : divisor / 2n;
    return new Decimal((this.unscaled + half) / divisor, scale);
  }

  /**
   * Negative, zero or positive, as this number is less than, equal to or greater than the other.
   *
   * @param other - of any scale
   * @example Decimal.of("1.20").compare(Decimal.of("3"));
   */
  compare(other: Decimal): number {
    const scale = Math.max(this.scale, other.scale);
    const left = unscaledAt(this, scale);
    const right = unscaledAt(other, scale);
    return left < right ? -1 : Number(left > right);
  }

  /**
   * Whether the two are the same number: 1.5 equals 1.50.
   *
   * @param other - of any scale
   * @example Decimal.of("1.50").equals(Decimal.of("1.5")); // true
   */
  equals(other: Decimal): boolean {
    return this.compare(other) === 0;
  }

  /**
   * The nearest number of JavaScript.
   *
   * @example Decimal.of("1.50").toNumber(); // 1.5
   */
  toNumber(): number {
    return Number(this.toString());
  }

  /**
   * All its digits, without an exponent: `12.30`.
   *
   * @example Decimal.of("12.30").toString(); // "12.30"
   */
  toString(): string {
    const sign = this.unscaled < 0n ? "-" : "";
    const digits = String(this.unscaled < 0n ? -this.unscaled : this.unscaled).padStart(this.scale + 1, "0");
    const point = digits.length - this.scale;
    return sign + digits.slice(0, point) + (this.scale === 0 ? "" : `.${digits.slice(point)}`);
  }

  /**
   * The text, since a JSON number would lose digits in most readers.
   *
   * @example JSON.stringify({ price: Decimal.of("12.30") }); // {"price":"12.30"}
   */
  toJSON(): string {
    return this.toString();
  }

  /**
   * Refuses operators, which would go through an inexact number.
   *
   * @throws TypeError always
   * @example Decimal.of("2").compare(Decimal.of("1")) > 0; // in the place of an operator
   */
  valueOf(): never {
    throw new TypeError("a Decimal has no exact number: use plus(), compare() or equals(), toNumber() or toString()");
  }

  /** What `console.log` shows. */
  [inspection](): string {
    return `Decimal(${this.toString()})`;
  }
}

const powers: bigint[] = Array.from({ length: 39 }, (_, exponent) => 10n ** BigInt(exponent));

/**
 * A power of ten.
 *
 * @param exponent - a whole number from 0
 */
export const powerOfTen = (exponent: number): bigint => powers[exponent] ?? 10n ** BigInt(exponent);

const pattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,4}))?$/i;

function parsed(text: string): Decimal {
  const [, sign, whole = "", fraction = "", exponent = "0"] = pattern.exec(text) ?? [];
  if (sign === undefined || whole + fraction === "") throw malformed(text);
  const magnitude = BigInt(whole + fraction);
  const unscaled = sign === "-" ? -magnitude : magnitude;
  const scale = fraction.length - Number(exponent);
  return scale < 0 ? new Decimal(unscaled * powerOfTen(-scale), 0) : new Decimal(unscaled, scale);
}

function unscaledAt({ unscaled, scale }: Decimal, wanted: number): bigint {
  return wanted === scale ? unscaled : unscaled * powerOfTen(wanted - scale);
}

const digitsOf = (unscaled: bigint): number => String(unscaled < 0n ? -unscaled : unscaled).length;

function malformed(text: string): ExecutionError {
  return new ExecutionError(`The value '${text}' cannot be read as a decimal because it is malformed`, {
    condition: "CAST_INVALID_INPUT",
    sqlState: "22018",
    parameters: { expression: `'${text}'`, sourceType: '"STRING"', targetType: '"DECIMAL"' },
    hint: "Write digits with at most one point, such as 12.30, or an exponent, such as 1e3.",
  });
}
