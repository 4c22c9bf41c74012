/** Constants through the conversions around them: what an analyzer must know of an argument before anything runs. */
import type { ResolvedExpression } from "../plan/resolved.ts";
import { type DataType, isNumeric, type TypeKind } from "../types/data-type.ts";
import { converted } from "./conversion.ts";

/** The least and the greatest of each type of whole numbers. */
const bounds: Partial<Readonly<Record<TypeKind, readonly [least: number, most: number]>>> = {
  tinyint: [-128, 127],
  smallint: [-32_768, 32_767],
  int: [-2_147_483_648, 2_147_483_647],
  bigint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};

/**
 * The value of a constant, also through casts and collations, as the engine holds it; null for null.
 *
 * @returns undefined for what is no constant, and for casts whose result only a run tells
 */
export function constantValue(expression: ResolvedExpression): unknown {
  if (expression.kind === "constant") return expression.value;
  if (expression.kind === "call" && expression.name === "collate") return constantValue(expression.arguments[0]!);
  if (expression.kind !== "cast") return undefined;
  const { input, type } = expression;
  const value = constantValue(input);
  if (value === undefined || value === null) return value;
  return type.kind === "string" ? asText(value, input.type) : asWhole(value, input.type, type);
}

const asText = (value: unknown, { kind }: DataType): unknown =>
  ["tinyint", "smallint", "int", "bigint", "boolean", "string"].includes(kind) ? String(value) : undefined;

function asWhole(value: unknown, from: DataType, to: DataType): unknown {
  const [least, most] = bounds[to.kind] ?? [];
  const number = numberOf(value, from);
  if (least === undefined || most === undefined || number === undefined) return undefined;
  const whole = Math.trunc(number);
  if (!(whole >= least && whole <= most)) return undefined;
  return to.kind === "bigint" ? BigInt(whole) : whole;
}

function numberOf(value: unknown, type: DataType): number | undefined {
  if (type.kind === "string") return /^\s*[+-]?\d+\s*$/.test(String(value)) ? Number(value) : undefined;
  if (!isNumeric(type)) return undefined;
  return type.kind === "decimal" ? Number(value) / 10 ** type.scale : Number(value);
}

/** The argument as the type that it must have, itself a constant where its value is known. */
export function constantArgument(
  expression: ResolvedExpression,
  type: DataType,
  mode: Parameters<typeof converted>[2],
): ResolvedExpression {
  const given = converted(expression, type, mode);
  const value = given.kind === "constant" ? undefined : constantValue(given);
  return value === undefined ? given : { kind: "constant", type: given.type, value, nullable: value === null };
}
