/** What is wrong with a value of a program, and where inside another it was found. */

/** One of PySpark's conditions for such values. */
interface FaultDetails {
  readonly condition: string;
  readonly sqlState?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly hint?: string;
}

/**
 * A value that does not fit. It is thrown where it is found; what holds the value catches it and adds the step that leads
 * to it, so that values that do fit pay nothing for their paths.
 */
export class ValueFault {
  readonly sentence: string;
  readonly details: FaultDetails;
  readonly #steps: string[] = [];

  /**
   * @param sentence - what is wrong, without the path
   * @param details - the condition and a hint
   */
  constructor(sentence: string, details: FaultDetails) {
    this.sentence = sentence;
    this.details = details;
  }

  /** Says where in a value the fault lies: `.name`, `[2]`, `["key"]`. */
  within(step: string): this {
    this.#steps.unshift(step);
    return this;
  }

  /**
   * Where the fault lies: `row 3, tags[2]`.
   *
   * @param start - what the outermost value is called; may be empty
   */
  path(start: string): string {
    const steps = this.#steps.join("").replace(/^\./, "");
    return start === "" || steps === "" ? start + steps : `${start}, ${steps}`;
  }
}

/**
 * Adds a step to a caught fault; anything else is passed on as it is.
 *
 * @param thrown - what was caught
 * @param step - the step that led to it
 */
export const faultWithin = (thrown: unknown, step: string): unknown =>
  thrown instanceof ValueFault ? thrown.within(step) : thrown;

/**
 * A value in an error message, cut where it is long.
 *
 * @param value - anything
 */
export function shown(value: unknown): string {
  const text = wholeText(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/**
 * What a value is, in an error message: `string`, `null`, the name of its class.
 *
 * @param value - anything
 */
export function kindOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  return (Object.getPrototypeOf(value)?.constructor as { name?: string } | undefined)?.name ?? "Object";
}

/**
 * A value as text, whatever its length.
 *
 * @param value - anything
 */
export function wholeText(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function" || typeof value === "symbol") return String(value);
  if (typeof value === "number") return String(value);
  if (value instanceof Date && Number.isNaN(value.getTime())) return "Invalid Date";
  try {
    return JSON.stringify(value, (_key, inner) => (typeof inner === "bigint" ? `${inner}n` : inner)) ?? "undefined";
  } catch {
    // A value that holds itself has no text.
    return Object.prototype.toString.call(value);
  }
}

/**
 * Runs what looks at a part of a value, and adds the step to that part to a fault.
 *
 * @param step - the step
 * @param look - what looks at the part
 */
export function under<Result>(step: string, look: () => Result): Result {
  try {
    return look();
  } catch (thrown) {
    throw faultWithin(thrown, step);
  }
}

/**
 * Whether a value is an object without a class: a literal, a row, the result of `JSON.parse`.
 *
 * @param value - anything
 */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  // Objects of another realm have another Object.prototype, which is the end of its chain as well.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
