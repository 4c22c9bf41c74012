/** The values of XPath 1.0 and what becomes of them. */
import { textOf, type XmlNode } from "./document.ts";
import { XPathFault } from "./tokens.ts";

export type Value = string | number | boolean | readonly XmlNode[];

export const isNodes = (value: Value): value is readonly XmlNode[] => typeof value === "object";

export const toText = (value: Value): string => {
  if (isNodes(value)) return value.length === 0 ? "" : textOf(value[0]!);
  return typeof value === "number" ? numeral(value) : String(value);
};

/** Digits without an exponent. */
function numeral(value: number): string {
  const text = String(value);
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (match === null) return text;
  const [, sign, first, rest = "", exponent] = match;
  const digits = `${first}${rest}`;
  const power = Number(exponent);
  return power < 0 ? `${sign}0.${"0".repeat(-power - 1)}${digits}` : `${sign}${digits.padEnd(power + 1, "0")}`;
}

export const toNumber = (value: Value): number => {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  const text = toText(value);
  return /^\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*$/.test(text) ? Number(text) : Number.NaN;
};

export const toBoolean = (value: Value): boolean =>
  isNodes(value) ? value.length > 0 : typeof value === "number" ? !Number.isNaN(value) && value !== 0 : Boolean(value);

export function toNodes(value: Value): readonly XmlNode[] {
  if (isNodes(value)) return value;
  throw new XPathFault(`a ${typeof value} is no set of nodes`);
}

/** Nodes in the order of the document, each once. */
export const inOrder = (nodes: readonly XmlNode[]): readonly XmlNode[] =>
  nodes.length < 2 ? nodes : [...new Set(nodes)].sort((left, right) => left.order - right.order);

type Single = Exclude<Value, readonly XmlNode[]>;

const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
};

/** Whether a comparison holds: of sets, for any of their nodes. */
export function compare(operator: string, left: Value, right: Value): boolean {
  if (typeof left === "boolean" && isNodes(right)) return compareSingle(operator, left, toBoolean(right));
  if (typeof right === "boolean" && isNodes(left)) return compareSingle(operator, toBoolean(left), right);
  const lefts: readonly Single[] = isNodes(left) ? left.map(textOf) : [left];
  const rights: readonly Single[] = isNodes(right) ? right.map(textOf) : [right];
  return lefts.some((one) => rights.some((other) => compareSingle(operator, one, other)));
}

function compareSingle(operator: string, left: Single, right: Single): boolean {
  const ordered = comparisons[operator];
  if (ordered !== undefined) return ordered(toNumber(left), toNumber(right));
  return (operator === "=") === areEqual(left, right);
}

function areEqual(left: Single, right: Single): boolean {
  if (typeof left === "boolean" || typeof right === "boolean") return toBoolean(left) === toBoolean(right);
  if (typeof left === "number" || typeof right === "number") return toNumber(left) === toNumber(right);
  return left === right;
}
