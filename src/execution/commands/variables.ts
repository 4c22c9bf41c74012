/** Settings and variables of the session. */
import { AnalysisError } from "../../errors.ts";
import type { SetVariables } from "../../plan/catalogue-command.ts";
import type { Expression, Literal } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import { someNode, walk } from "../../plan/rewrite.ts";
import type { DataType } from "../../types/data-type.ts";
import { quoted } from "../../types/identifier.ts";
import { vectorValues } from "../../types/vector-values.ts";
import { stored } from "../tables/store-assignment.ts";
import { isOfSession, type SessionVariable, type Variables } from "../variables.ts";
import type { CommandContext, Handlers } from "./context.ts";
import { isDefault } from "./insert-columns.ts";

type SessionCommand = "set setting" | "reset setting" | "declare variable" | "set variables" | "drop variable";

export const sessionHandlers: Handlers<SessionCommand> = {
  "set setting": ({ key, value }, { configuration, variables }) => {
    if (variables.find(key.split(".")) !== undefined) throw isVariable(key);
    if (staticSettings.has(key)) throw isStatic(key);
    configuration.set(key, value);
  },
  "reset setting": ({ key }, { configuration }) => {
    if (key !== undefined && staticSettings.has(key)) throw isStatic(key);
    const keys = key === undefined ? Object.keys(configuration.getAll()) : [key];
    for (const each of keys) if (!staticSettings.has(each)) configuration.unset(each);
  },
  "declare variable": async ({ names, type, default: initial, replace }, context) => {
    checkDeclared(names, context.variables);
    if (!replace) for (const name of names) context.variables.checkFree(name.at(-1)!);
    const given: Expression = initial ?? { kind: "literal", type: type ?? { kind: "void" }, value: null };
    checkDefault(given, names[0]!);
    const value = await context.evaluate(type === undefined ? given : cast(given, type, names[0]!.at(-1)!));
    for (const name of names)
      context.variables.set({ name: name.at(-1)!, type: type ?? value.type, value, default: given });
  },
  "set variables": async (command, context) => {
    const variables = command.names.map((name) => context.variables.get(name));
    checkDistinct(command.names);
    if (command.query === undefined) return setEach(command, variables, context);
    const query = withDefaults(command.query, variables);
    const values = await rowOf({ ...command, query }, variables, context);
    for (const [index, name] of command.names.entries()) context.variables.assign(name, values[index]!);
  },
  "drop variable": ({ name, ifExists }, { variables }) => variables.drop(name, ifExists),
};

function checkDeclared(names: readonly (readonly string[])[], variables: Variables): void {
  for (const name of names) if (!isOfSession(name)) throw variables.unresolved(name);
  const keys = names.map((name) => name.at(-1)!.toLowerCase());
  const twice = keys.find((key, index) => keys.indexOf(key) < index);
  if (twice === undefined) return;
  const variableName = `\`system\`.\`session\`.${quoted(twice)}`;
  throw new AnalysisError(`Found duplicate variable ${variableName} in the declare variable list`, {
    condition: "DUPLICATE_VARIABLE_NAME_INSIDE_DECLARE",
    sqlState: "42734",
    parameters: { variableName },
    hint: "Please, remove one of them.",
  });
}

function isVariable(key: string): AnalysisError {
  const variableName = key.split(".").map(quoted).join(".");
  return new AnalysisError(
    `The feature is not supported: ${variableName} is a VARIABLE and cannot be updated using the SET statement`,
    {
      condition: "UNSUPPORTED_FEATURE.SET_VARIABLE_USING_SET",
      sqlState: "0A000",
      parameters: { variableName },
      hint: `Use SET VARIABLE ${variableName} = … instead.`,
    },
  );
}

/** What a session is made with and keeps. */
const staticSettings: ReadonlySet<string> = new Set(["spark.sql.warehouse.dir"]);

const isStatic = (key: string): AnalysisError =>
  new AnalysisError(`Cannot modify the value of the static Spark config: "${key}"`, {
    condition: "CANNOT_MODIFY_STATIC_CONFIG",
    sqlState: "46110",
    parameters: { key: `"${key}"` },
    hint: "Give it when the session is made.",
  });

const bounded: ReadonlySet<string> = new Set(["char", "varchar"]);

const cast = (input: Expression, type: DataType, name: string): Expression =>
  bounded.has(type.kind)
    ? stored(input, { name, type, nullable: true })
    : { kind: "cast", input, type, mode: "ansi", ...(input.origin === undefined ? {} : { origin: input.origin }) };

/** The query with the defaults of variables where its columns are `DEFAULT`. */
function withDefaults(query: Relation, variables: readonly SessionVariable[]): Relation {
  const value = (expression: Expression, index: number): Expression =>
    isDefault(expression) ? (variables[index]?.default ?? expression) : expression;
  switch (query.kind) {
    case "limit":
    case "offset":
    case "with":
      return { ...query, input: withDefaults(query.input, variables) };
    case "project":
      if (query.input.kind === "one row") query.expressions.forEach(checkPlace);
      return { ...query, expressions: query.expressions.map(value) };
    case "inline table":
      query.rows.flat().forEach(checkPlace);
      return { ...query, rows: query.rows.map((row) => row.map(value)) };
    default:
      return query;
  }
}

/** `DEFAULT` is a whole value, and no part of one. */
function checkPlace(value: Expression): void {
  if (isDefault(value)) return;
  walk(value, (node) => {
    if (node.kind === "attribute" && isDefault(node)) throw misplacedDefault();
    return node.kind !== "subquery";
  });
}

const misplacedDefault = (): AnalysisError =>
  new AnalysisError(
    "A DEFAULT keyword in a MERGE, INSERT, UPDATE, or SET VARIABLE command could not be directly assigned to a target column because it was part of an expression",
    {
      condition: "DEFAULT_PLACEMENT_INVALID",
      sqlState: "42608",
      hint: "Write DEFAULT alone: SET VARIABLE total = DEFAULT.",
    },
  );

/** One after the other: a value sees those that were set before. */
async function setEach(
  { names, values = [] }: SetVariables,
  variables: readonly SessionVariable[],
  context: CommandContext,
): Promise<void> {
  for (const value of values)
    if (value !== null && context.variables.find(["default"]) === undefined) checkPlace(value);
  for (const [index, { type, name, default: initial }] of variables.entries())
    context.variables.assign(names[index]!, await context.evaluate(cast(values[index] ?? initial, type, name)));
}

function checkDefault(given: Expression, name: readonly string[]): void {
  if (!someNode(given, ({ kind }) => kind === "subquery")) return;
  const shown = name.map(quoted).join(".");
  throw new AnalysisError(
    `Failed to execute DECLARE VARIABLE command because the destination column or variable ${shown} has a DEFAULT value which contains subquery expressions`,
    {
      condition: "INVALID_DEFAULT_VALUE.SUBQUERY_EXPRESSION",
      sqlState: "42623",
      parameters: { statement: "DECLARE VARIABLE", colName: shown },
      hint: "Declare it without a value, and give it the value with SET VARIABLE.",
    },
  );
}

function checkDistinct(names: readonly (readonly string[])[]): void {
  const shown = names.map((name) => name.map((part) => quoted(part.toLowerCase())).join("."));
  const twice = shown.filter((name, index) => shown.indexOf(name) < index);
  if (twice.length === 0) return;
  throw new AnalysisError(`The columns or variables ${twice.join(", ")} appear more than once as assignment targets`, {
    condition: "DUPLICATE_ASSIGNMENTS",
    sqlState: "42701",
    parameters: { nameList: twice.join(", ") },
    hint: "Set each of them once.",
  });
}

/** The only row of a query, null for each variable without one. */
async function rowOf(
  { query }: SetVariables,
  variables: readonly SessionVariable[],
  context: CommandContext,
): Promise<readonly Literal[]> {
  const { fields } = await context.schemaOf(query!);
  if (fields.length !== variables.length) throw otherCount(fields.length, variables.length);
  const batches = await context.collect(query!);
  const rows = batches.reduce((count, batch) => count + batch.rows, 0);
  if (rows > 1) throw severalRows();
  const batch = batches.find((each) => each.rows > 0);
  return Promise.all(
    variables.map(({ type, name }, index): Promise<Literal> => {
      const value = batch === undefined ? null : vectorValues(batch.columns[index]!, { longs: "bigint" })[0];
      return context.evaluate(cast(context.literal(value, fields[index]!.type), type, name));
    }),
  );
}

const otherCount = (given: number, wanted: number): AnalysisError =>
  new AnalysisError(`The number of columns of the query (${given}) is not that of the variables (${wanted})`, {
    condition: "ASSIGNMENT_ARITY_MISMATCH",
    sqlState: "42802",
    parameters: { numTarget: String(wanted), numExpr: String(given) },
  });

const severalRows = (): AnalysisError =>
  new AnalysisError("The query that sets variables returned more than one row", {
    condition: "ROW_SUBQUERY_TOO_MANY_ROWS",
    sqlState: "21000",
  });
