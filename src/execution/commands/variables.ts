/** Settings and variables of the session. */
import { AnalysisError } from "../../errors.ts";
import type { SetVariables } from "../../plan/catalogue-command.ts";
import type { Expression, Literal } from "../../plan/expression.ts";
import type { DataType } from "../../types/data-type.ts";
import { vectorValues } from "../../types/vector-values.ts";
import { stored } from "../tables/store-assignment.ts";
import type { SessionVariable } from "../variables.ts";
import type { CommandContext, Handlers } from "./context.ts";

type SessionCommand = "set setting" | "reset setting" | "declare variable" | "set variables" | "drop variable";

export const sessionHandlers: Handlers<SessionCommand> = {
  "set setting": ({ key, value }, { configuration }) => {
    if (staticSettings.has(key)) throw isStatic(key);
    configuration.set(key, value);
  },
  "reset setting": ({ key }, { configuration }) => {
    if (key !== undefined && staticSettings.has(key)) throw isStatic(key);
    const keys = key === undefined ? Object.keys(configuration.getAll()) : [key];
    for (const each of keys) if (!staticSettings.has(each)) configuration.unset(each);
  },
  "declare variable": async ({ names, type, default: initial, replace }, context) => {
    if (!replace) for (const name of names) context.variables.checkFree(name.at(-1)!);
    const given: Expression = initial ?? { kind: "literal", type: type ?? { kind: "void" }, value: null };
    const value = await context.evaluate(type === undefined ? given : cast(given, type, names[0]!.at(-1)!));
    for (const name of names)
      context.variables.set({ name: name.at(-1)!, type: type ?? value.type, value, default: given });
  },
  "set variables": async (command, context) => {
    const variables = command.names.map((name) => context.variables.get(name));
    const values =
      command.query === undefined
        ? await valuesOf(command, variables, context)
        : await rowOf(command, variables, context);
    for (const [index, variable] of variables.entries()) context.variables.set({ ...variable, value: values[index]! });
  },
  "drop variable": ({ name, ifExists }, { variables }) => variables.drop(name, ifExists),
};

/** What a session is made with and keeps. */
const staticSettings: ReadonlySet<string> = new Set(["spark.sql.warehouse.dir"]);

const isStatic = (key: string): AnalysisError =>
  new AnalysisError(`Cannot modify the value of the static Spark config: "${key}"`, {
    condition: "CANNOT_MODIFY_STATIC_CONFIG",
    sqlState: "46110",
    parameters: { key: `"${key}"` },
    hint: "Give it when the session is made.",
  });

const cast = (input: Expression, type: DataType, name: string): Expression =>
  stored(input, { name, type, nullable: true });

function valuesOf(
  { values = [] }: SetVariables,
  variables: readonly SessionVariable[],
  context: CommandContext,
): Promise<readonly Literal[]> {
  return Promise.all(
    variables.map((variable, index) =>
      context.evaluate(cast(values[index] ?? variable.default, variable.type, variable.name)),
    ),
  );
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
