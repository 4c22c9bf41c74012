/** What rows of a table must be like: NOT NULL, CHECK constraints, generated columns. */
import { ExecutionError, isLakewrightError } from "../../errors.ts";
import { sqlParser } from "../../functions/parsers.ts";
import type { Expression } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import { walk } from "../../plan/rewrite.ts";
import { type StructField, type StructType, stringType } from "../../types/data-type.ts";

/** A rule that every row has to keep. */
export interface RowCheck {
  /** True where the rule is kept; false and null break it. */
  readonly condition: Expression;
  /** How the rule is called in errors; without a name it says that the column of `text` is not null. */
  readonly name?: string;
  readonly text: string;
  /** What is thrown for a row that breaks the rule, where that is not the error for constraints. */
  readonly error?: (values: string) => ExecutionError;
}

const attribute = (...name: readonly string[]): Expression => ({ kind: "attribute", name });

const call = (name: string, ...args: readonly Expression[]): Expression => ({
  kind: "call",
  name: [name],
  arguments: args,
});

const textLiteral = (value: string): Expression => ({ kind: "literal", type: stringType, value });

/** The rules of a table's columns and of its properties. */
export function rowChecks(
  { fields }: StructType,
  configuration: Readonly<Record<string, string>>,
  given: ReadonlySet<string>,
): readonly RowCheck[] {
  return [
    ...fields.flatMap((field) => notNull(field, [])),
    ...fields.flatMap((field) => invariant(field)),
    ...fields.flatMap((field) => (given.has(field.name) ? asGenerated(field) : [])),
    ...Object.entries(configuration).flatMap(([key, text]) => constraint(key, text)),
  ];
}

function notNull({ name, type, nullable }: StructField, above: readonly string[]): readonly RowCheck[] {
  const path = [...above, name];
  const inner = type.kind === "struct" ? type.fields.flatMap((field) => notNull(field, path)) : [];
  if (nullable) return inner;
  const present = call("isnotnull", attribute(...path));
  // A field of a struct that is null is not there to be null.
  const condition = above.length === 0 ? present : call("or", call("isnull", attribute(...above)), present);
  return [{ condition, text: path.join(".") }, ...inner];
}

/** `delta.invariants`: the older form of a constraint, in the metadata of a column. */
function invariant({ name, metadata }: StructField): readonly RowCheck[] {
  const text = metadata?.["delta.invariants"];
  if (typeof text !== "string") return [];
  const expression = JSON.parse(text).expression.expression as string;
  return [{ name: `EXPRESSION(${name})`, text: expression, condition: sqlParser().expression(expression) }];
}

/** The key of the expression of a generated column. */
export const generationKey = "delta.generationExpression";

export function generationText({ metadata }: StructField): string | undefined {
  const text = metadata?.[generationKey];
  return typeof text === "string" ? text : undefined;
}

function asGenerated(field: StructField): readonly RowCheck[] {
  const text = generationText(field);
  if (text === undefined) return [];
  const { name, type } = field;
  const value: Expression = { kind: "cast", input: sqlParser().expression(text), type, mode: "ansi" };
  return [{ name: "Generated Column", text: `${name} <=> ${text}`, condition: call("<=>", attribute(name), value) }];
}

const constraintPrefix = "delta.constraints.";

function constraint(key: string, text: string): readonly RowCheck[] {
  if (!key.startsWith(constraintPrefix)) return [];
  return [{ name: key.slice(constraintPrefix.length), text, condition: sqlParser().expression(text) }];
}

/** What marks the errors of rules among those that programs raise themselves. */
const mark = "\u0001row check ";

/**
 * The rows of a relation, of which the first that breaks a rule ends the run.
 *
 * The rules stand in the first column, not in a filter: that could be asked before a filter of the program has taken
 * rows away.
 */
export function checkedRows(input: Relation, { fields }: StructType, checks: readonly RowCheck[]): Relation {
  if (checks.length === 0) return input;
  const [first] = fields;
  const branches = checks.flatMap((check, index) => [
    call("not", call("coalesce", check.condition, { kind: "literal", type: { kind: "boolean" }, value: false })),
    { kind: "cast", input: raised(check, index, fields), type: first!.type, mode: "ansi" } as const,
  ]);
  const guarded = call("when", ...branches, attribute(first!.name));
  const rest = fields.slice(1).map(({ name }) => attribute(name));
  return {
    kind: "project",
    input,
    expressions: [{ kind: "alias", input: guarded, names: [first!.name] }, ...rest],
  };
}

function raised({ condition, name, error }: RowCheck, index: number, fields: readonly StructField[]): Expression {
  // That a value is null needs no values to be told, whose text may be long to plan.
  const named = name === undefined && error === undefined ? [] : columnsOf(condition, fields);
  const values = named.flatMap((column): Expression[] => [
    textLiteral(`\n - ${column} : `),
    call("coalesce", { kind: "cast", input: attribute(column), type: stringType, mode: "ansi" }, textLiteral("null")),
  ]);
  return call("raise_error", call("concat", textLiteral(`${mark}${index}|`), ...values));
}

/** The columns that an expression is about, in the order of the table. */
export function columnsOf(expression: Expression, fields: readonly StructField[]): readonly string[] {
  const names = new Set<string>();
  walk(expression, (node) => {
    if (node.kind === "attribute") names.add(node.name[0]!.toLowerCase());
    return true;
  });
  return fields.map(({ name }) => name).filter((name) => names.has(name.toLowerCase()));
}

/** Does work that checks rows, and tells of a broken rule by Delta's condition. */
export async function tellingOfChecks<T>(checks: readonly RowCheck[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw brokenRule(error, checks) ?? error;
  }
}

function brokenRule(error: unknown, checks: readonly RowCheck[]): ExecutionError | undefined {
  if (!isLakewrightError(error) || error.condition !== "USER_RAISED_EXCEPTION") return undefined;
  const parts = new RegExp(`${mark}(\\d+)\\|([^]*)`).exec(
    [...Object.values(error.parameters), error.message].find((text) => text.includes(mark)) ?? "",
  );
  const check = parts === null ? undefined : checks[Number(parts[1])];
  return check === undefined ? undefined : (check.error?.(parts![2]!) ?? violation(check, parts![2]!));
}

const violation = ({ name, text }: RowCheck, told: string): ExecutionError =>
  name === undefined
    ? new ExecutionError(`NOT NULL constraint violated for column: ${text}`, {
        condition: "DELTA_NOT_NULL_CONSTRAINT_VIOLATED",
        sqlState: "23502",
        parameters: { columnName: text },
        hint: "Give the column a value in each row, or drop NOT NULL from it.",
      })
    : new ExecutionError(`CHECK constraint ${name} (${text}) violated by row with values:${told}`, {
        condition: "DELTA_VIOLATE_CONSTRAINT_WITH_VALUES",
        sqlState: "23001",
        parameters: { constraintName: name, expression: `(${text})`, values: told.replace(/^\n/, "") },
        hint: "Correct the row, or drop the constraint.",
      });
