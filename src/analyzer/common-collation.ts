/** Which collation texts are compared by where they meet. Spark's source: `CollationTypeCoercion`. */
import { AnalysisError, UnsupportedError } from "../errors.ts";
import type { ResolvedExpression } from "../plan/resolved.ts";
import { resolvedChildren } from "../plan/resolved-rewrite.ts";
import { holdsCollation, textType } from "../types/collation.ts";
import { type ArrayType, arrayType, type DataType, type StringType } from "../types/data-type.ts";
import { sqlName } from "../types/type-name.ts";
import { converted } from "./conversion.ts";

/** Who stated a collation: COLLATE, a column, or nobody. */
type Strength = "explicit" | "implicit" | "default";

const strengths: readonly Strength[] = ["explicit", "implicit", "default"];

/** The text of a value: its own type, or that of its elements. */
function textOf(type: DataType): StringType | undefined {
  if (type.kind === "array") return textOf(type.element);
  return type.kind === "string" ? type : undefined;
}

/** How strongly a value holds to its collation. */
function strengthOf(expression: ResolvedExpression): Strength {
  if (textOf(expression.type) === undefined || expression.kind === "constant") return "default";
  if (expression.kind === "column" || expression.kind === "subquery" || expression.kind === "field") return "implicit";
  if (expression.kind === "cast") return textOf(expression.input.type) === undefined ? "default" : "implicit";
  if (expression.kind === "call" && expression.name === "collate") return "explicit";
  const inner = resolvedChildren(expression)
    .filter(({ type }) => textOf(type) !== undefined)
    .map(strengthOf);
  return strengths.find((strength) => inner.includes(strength)) ?? "default";
}

/** The collations that the values of the strongest statement have: one, where they go together. */
function meeting(values: readonly ResolvedExpression[]): {
  readonly strongest: Strength;
  readonly types: readonly StringType[];
} {
  const stated = values.flatMap((value) => {
    const type = textOf(value.type);
    return type === undefined ? [] : [{ type, strength: strengthOf(value) }];
  });
  const strongest = strengths.find((strength) => stated.some((one) => one.strength === strength)) ?? "default";
  const types = stated.filter(({ strength }) => strength === strongest).map(({ type }) => type);
  const distinct = new Map(types.map((type) => [type.collation, type]));
  if (strongest === "default") distinct.delete(undefined);
  return { strongest, types: [...distinct.values()] };
}

/** Whether columns of several collations meet: Spark gives texts that cannot be compared then. */
export function severalCollations(values: readonly ResolvedExpression[]): boolean {
  const { strongest, types } = meeting(values);
  return strongest === "implicit" && types.length > 1;
}

/** The collation that literals get from the values that they meet; undefined where it is Spark's default. */
export const collationOfLiterals = (values: readonly ResolvedExpression[]): string | undefined =>
  meeting(values).types[0]?.collation;

/**
 * The collation that values have in common; undefined where it is Spark's default.
 *
 * @param values - those that meet; what is no text is passed over
 * @param text - the expression in which they meet, as Spark writes it
 * @throws AnalysisError `COLLATION_MISMATCH.EXPLICIT` where COLLATE states several,
 *   `INDETERMINATE_COLLATION_IN_EXPRESSION` where columns have several
 */
export function commonCollation(values: readonly ResolvedExpression[], text: () => string): string | undefined {
  const { strongest, types } = meeting(values);
  if (types.length > 1 && strongest === "explicit") throw explicitMismatch(types);
  if (types.length > 1 && strongest === "implicit") throw indeterminate(text());
  return types[0]?.collation;
}

/** Values with their texts under the collation that they have in common. */
export function aligned(values: readonly ResolvedExpression[], text: () => string): readonly ResolvedExpression[] {
  if (!values.some(({ type }) => holdsCollation(type))) return values;
  const collation = commonCollation(values, text);
  return values.map((value) => underCollation(value, collation));
}

function underCollation(value: ResolvedExpression, collation: string | undefined): ResolvedExpression {
  if (value.kind === "lambda" || textOf(value.type) === undefined) return value;
  const type = typeUnder(value.type as StringType | ArrayType, collation);
  return value.kind === "constant" ? { ...value, type } : converted(value, type);
}

/** Text, or arrays of text, under a collation. */
export function typeUnder(type: DataType, collation: string | undefined): DataType {
  if (type.kind === "array") return arrayType(typeUnder(type.element, collation), type.containsNull);
  return type.kind === "string" ? textType(collation) : type;
}

const collatedName = ({ collation }: StringType): string => `"STRING COLLATE ${collation ?? "UTF8_BINARY"}"`;

function explicitMismatch(types: readonly StringType[]): AnalysisError {
  const explicitTypes = `[${[...new Set(types.map(collatedName))].join(", ")}]`;
  return new AnalysisError(
    `Could not determine which collation to use for string functions and operators. Error occurred due to the mismatch between explicit collations: ${explicitTypes}. Decide on a single explicit collation and remove others`,
    {
      condition: "COLLATION_MISMATCH.EXPLICIT",
      sqlState: "42P21",
      parameters: { explicitTypes },
      hint: "Write COLLATE with one collation only.",
    },
  );
}

function indeterminate(text: string): AnalysisError {
  return new AnalysisError(
    `Data type of "${text}" has indeterminate collation. Use COLLATE clause to set the collation explicitly`,
    {
      condition: "INDETERMINATE_COLLATION_IN_EXPRESSION",
      sqlState: "42P22",
      parameters: { expr: `"${text}"` },
      hint: "Write COLLATE with one collation behind one of the values.",
    },
  );
}

/** A function that does not know the collation of its texts. */
export const refusedCollation = (name: string, type: DataType): UnsupportedError =>
  new UnsupportedError(`the function ${name} does not know the collation of ${sqlName(type)}`, {
    hint: "Give it text that is compared byte by byte: collate(text, 'UTF8_BINARY').",
    parameters: { function: name },
  });
