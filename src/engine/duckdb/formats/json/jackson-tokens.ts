/** The token stream of Jackson's UTF-8 JSON parser, with its one-token look-ahead and its state after an error. */
import { charactersOf, decodeBase64 } from "./jackson-base64.ts";
import { code, isDigit, JacksonBytes } from "./jackson-bytes.ts";

export type JsonToken =
  | "START_OBJECT"
  | "END_OBJECT"
  | "START_ARRAY"
  | "END_ARRAY"
  | "FIELD_NAME"
  | "VALUE_STRING"
  | "VALUE_NUMBER_INT"
  | "VALUE_NUMBER_FLOAT"
  | "VALUE_TRUE"
  | "VALUE_FALSE"
  | "VALUE_NULL";

type ContextKind = "root" | "array" | "object";

interface Context {
  readonly kind: ContextKind;
  readonly parent: Context | undefined;
  readonly depth: number;
  /** How many entries were begun: a comma must precede all but the first. */
  entries: number;
  name: string | undefined;
}

const byteOrderMark = [0xef, 0xbb, 0xbf];
const minus = code("-");
const period = code(".");
const zero = code("0");
const openBracket = code("[");
const closeBracket = code("]");
const openBrace = code("{");
const closeBrace = code("}");

/**
 * Tokens of one JSON text. `nextToken` throws `Malformed`; the stream may be read on afterwards, and then goes on where
 * Jackson's would, which decides how much of a malformed record Spark keeps.
 */
export class JacksonTokens extends JacksonBytes {
  /** The current token; none before the first and behind the last. */
  token: JsonToken | undefined = undefined;
  private ahead: JsonToken | undefined = undefined;
  private unreadString = false;
  private valueText = "";
  private tokenStart = 0;
  private context: Context = newContext("root", undefined);

  /** Begins to read `input` from `start` up to `end`. */
  open(input: Uint8Array, start: number, end: number): void {
    this.input = input;
    this.at = start + (hasByteOrderMark(input, start, end) ? byteOrderMark.length : 0);
    this.end = end;
    this.token = undefined;
    this.ahead = undefined;
    this.unreadString = false;
    this.context = newContext("root", undefined);
  }

  /** The name of the field that the current token is, or is the value of. */
  get currentName(): string | undefined {
    const opened = this.token === "START_OBJECT" || this.token === "START_ARRAY";
    return opened ? this.context.parent!.name : this.context.name;
  }

  nextToken(): JsonToken | undefined {
    if (this.token === "FIELD_NAME") return this.enterValue();
    if (this.unreadString) this.skipString();
    const byte = this.skipSpace();
    if (byte < 0) return this.atEnd();
    if (byte === closeBracket) return this.close("array", "END_ARRAY");
    if (byte === closeBrace) return this.close("object", "END_OBJECT");
    const first = this.afterComma(byte);
    return this.context.kind === "object" ? this.fieldName(first) : this.bareValue(first);
  }

  /** Moves from the start of an object or array to its end; does nothing at any other token. */
  skipChildren(): void {
    if (this.token !== "START_OBJECT" && this.token !== "START_ARRAY") return;
    for (let open = 1; open > 0; ) {
      const token = this.nextToken();
      if (token === undefined) return;
      if (token === "START_OBJECT" || token === "START_ARRAY") open++;
      else if (token === "END_OBJECT" || token === "END_ARRAY") open--;
    }
  }

  /** The text of the current string or number. */
  text(): string {
    if (this.unreadString) this.readString();
    return this.valueText;
  }

  /** The bytes of the current value as they stand in the input; an object or array is skipped. */
  rawValue(): Uint8Array {
    const start = this.tokenStart;
    this.skipChildren();
    return this.input.subarray(start, this.at);
  }

  /** The bytes that the current string stands for in base 64; a wrong character leaves the string half read. */
  binary(): Uint8Array {
    if (!this.unreadString) return decodeBase64(charactersOf(this.valueText));
    const bytes = decodeBase64({
      take: () => this.take(),
      untake: () => void this.at--,
      escaped: () => this.escaped(),
    });
    this.unreadString = false;
    return bytes;
  }

  private readString(): void {
    this.unreadString = false;
    this.valueText = this.readText(code('"'));
    const { maxStringLen } = this.features;
    if (this.valueText.length > maxStringLen && !this.skipping)
      this.fail(`String value length (${this.valueText.length}) exceeds the maximum allowed (${maxStringLen})`);
  }

  private skipString(): void {
    this.skipping = true;
    try {
      this.readString();
    } finally {
      this.skipping = false;
    }
  }

  private enterValue(): JsonToken | undefined {
    const token = this.ahead;
    this.ahead = undefined;
    this.enter(token);
    this.token = token;
    return token;
  }

  private enter(token: JsonToken | undefined): void {
    if (token !== "START_OBJECT" && token !== "START_ARRAY") return;
    this.context = newContext(token === "START_OBJECT" ? "object" : "array", this.context);
    const { maxNestingDepth } = this.features;
    if (this.context.depth > maxNestingDepth)
      this.fail(`Document nesting depth exceeds the maximum allowed (${maxNestingDepth})`);
  }

  private atEnd(): undefined {
    if (this.context.kind !== "root")
      this.fail(`Unexpected end-of-input: expected close marker for ${this.context.kind}`);
    this.token = undefined;
    return undefined;
  }

  private close(kind: ContextKind, token: JsonToken): JsonToken {
    this.tokenStart = this.at - 1;
    if (this.context.kind !== kind) this.fail(`Unexpected close marker for ${kind}`);
    this.context = this.context.parent!;
    this.token = token;
    return token;
  }

  private afterComma(byte: number): number {
    this.context.entries++;
    if (this.context.kind === "root" || this.context.entries === 1) return byte;
    if (byte !== code(",")) this.fail(`was expecting comma to separate ${this.context.kind} entries`);
    return this.skipSpaceOrFail();
  }

  private fieldName(first: number): JsonToken {
    this.context.name = this.name(first);
    this.token = "FIELD_NAME";
    const byte = this.skipColon();
    this.tokenStart = this.at - 1;
    this.ahead = this.value(byte);
    return "FIELD_NAME";
  }

  private bareValue(byte: number): JsonToken {
    this.tokenStart = this.at - 1;
    const token = this.value(byte);
    this.enter(token);
    this.token = token;
    return token;
  }

  private value(byte: number): JsonToken {
    if (byte === code('"')) {
      this.unreadString = true;
      return "VALUE_STRING";
    }
    if (byte === openBrace) return "START_OBJECT";
    if (byte === openBracket) return "START_ARRAY";
    if (isDigit(byte) || byte === minus) return this.number(byte);
    return this.word(byte);
  }

  private word(byte: number): JsonToken {
    const known = words.get(byte);
    if (known !== undefined) {
      this.expectWord(known.text, 1);
      return known.token;
    }
    if (byte === code("N")) return this.notANumber("NaN", 1);
    if (byte === code("I")) return this.notANumber("Infinity", 1);
    if (byte === code("+")) return this.oddNumber("+", this.take());
    if (byte === code("'") && this.features.allowSingleQuotes) {
      this.valueText = this.readText(byte);
      return "VALUE_STRING";
    }
    if (identifierStart.test(String.fromCharCode(byte))) return this.invalidToken();
    return this.fail(`Unexpected character (code ${byte}): expected a valid value`);
  }

  private notANumber(text: string, matched: number): JsonToken {
    this.expectWord(text, matched);
    if (!this.features.allowNonNumericNumbers)
      this.fail(`Non-standard token '${text}': option allowNonNumericNumbers is off`);
    this.valueText = text;
    return "VALUE_NUMBER_FLOAT";
  }

  private oddNumber(sign: "+" | "-", first: number): JsonToken {
    if (first === code("I")) {
      const second = this.take();
      if (second === code("N")) return this.notANumber(`${sign}INF`, 3);
      if (second === code("n")) return this.notANumber(`${sign}Infinity`, 3);
    }
    return this.fail("expected digit (0-9) to follow the sign, for valid numeric value");
  }

  private number(first: number): JsonToken {
    const digit = first === minus ? this.take() : first;
    if (!isDigit(digit)) return this.oddNumber("-", digit);
    const integerFrom = digit === zero ? this.leadingZero() : this.at - 1;
    this.digits();
    const whole = this.at - integerFrom;
    if (whole > this.features.maxNumLen) this.tooLong(whole);
    const floating = this.fraction() + this.exponent();
    if (whole + floating > this.features.maxNumLen) this.tooLong(whole + floating);
    if (this.context.kind === "root") this.separatedRoot();
    this.valueText = (first === minus ? "-" : "") + ascii(this.input, integerFrom, this.at);
    return floating > 0 ? "VALUE_NUMBER_FLOAT" : "VALUE_NUMBER_INT";
  }

  private tooLong(length: number): never {
    return this.fail(`Number value length (${length}) exceeds the maximum allowed (${this.features.maxNumLen})`);
  }

  /** Where the integer part begins, leading zeros apart. */
  private leadingZero(): number {
    if (!this.digitAhead()) return this.at - 1;
    if (!this.features.allowNumericLeadingZeros) this.fail("Invalid numeric value: Leading zeroes not allowed");
    while (this.input[this.at] === zero) this.at++;
    return this.digitAhead() ? this.at : this.at - 1;
  }

  private digitAhead(): boolean {
    return this.at < this.end && isDigit(this.input[this.at]!);
  }

  private digits(): number {
    const start = this.at;
    while (this.digitAhead()) this.at++;
    return this.at - start;
  }

  private fraction(): number {
    if (this.at >= this.end || this.input[this.at] !== period) return 0;
    this.at++;
    const count = this.digits();
    if (count === 0) this.afterNumber("Decimal point not followed by a digit");
    return count;
  }

  private exponent(): number {
    if (this.at >= this.end || (this.input[this.at]! | 0x20) !== code("e")) return 0;
    this.at++;
    const sign = this.take();
    if (sign !== minus && sign !== code("+")) this.at--;
    else if (this.at >= this.end) this.fail("Unexpected end-of-input");
    const count = this.digits();
    if (count === 0) this.afterNumber("Exponent indicator not followed by a digit");
    return count;
  }

  private afterNumber(reason: string): never {
    if (this.at < this.end) this.at++;
    return this.fail(reason);
  }

  private separatedRoot(): void {
    if (this.at < this.end && !" \t\r\n".includes(String.fromCharCode(this.input[this.at]!))) {
      this.fail("Expected space separating root-level values");
    }
  }
}

/** Moves to the next token; false at the end of the array or object that is read. */
export function more(from: JacksonTokens, end: "END_ARRAY" | "END_OBJECT"): boolean {
  const token = from.nextToken();
  return token !== undefined && token !== end;
}

// Jackson looks for the mark only where a text of four bytes or more begins.
const hasByteOrderMark = (input: Uint8Array, start: number, end: number): boolean =>
  end - start > byteOrderMark.length && byteOrderMark.every((byte, index) => input[start + index] === byte);

const identifierStart = /^[\p{L}\p{Nl}\p{Sc}\p{Pc}]$/u;

const words: ReadonlyMap<number, { readonly text: string; readonly token: JsonToken }> = new Map([
  [code("t"), { text: "true", token: "VALUE_TRUE" }],
  [code("f"), { text: "false", token: "VALUE_FALSE" }],
  [code("n"), { text: "null", token: "VALUE_NULL" }],
]);

const newContext = (kind: ContextKind, parent: Context | undefined): Context => ({
  kind,
  parent,
  depth: parent === undefined ? 0 : parent.depth + 1,
  entries: 0,
  name: undefined,
});

const ascii = (bytes: Uint8Array, start: number, end: number): string => {
  let text = "";
  for (let index = start; index < end; index++) text += String.fromCharCode(bytes[index]!);
  return text;
};
