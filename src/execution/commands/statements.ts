/** Commands that hold other statements, and those that only a pipeline runs. */
import { AnalysisError, LakewrightError, UnsupportedError } from "../../errors.ts";
import { type SqlParameters, type Statement, sqlOptions } from "../../functions/parsers.ts";
import type { Expression, Literal } from "../../plan/expression.ts";
import { isRelation } from "../../plan/rewrite.ts";
import type { ExecuteImmediate } from "../../plan/statement-command.ts";
import { quoted } from "../../types/identifier.ts";
import { typeName } from "../../types/type-name.ts";
import { constantText, readWithNames } from "../computed-names.ts";
import type { CommandContext, Handlers } from "./context.ts";

type StatementKind = "insert all" | "execute immediate" | "create pipeline dataset" | "create flow";

const ofPipelines = (what: string) => (): never => {
  throw new UnsupportedError(`${what} is not supported in a session: pipelines run it`, {
    hint: "Put it in a SQL file of a pipeline.",
  });
};

export const statementHandlers: Handlers<StatementKind> = {
  "insert all": async ({ inserts }, context, options) => {
    for (const insert of inserts) await context.execute(insert, options);
  },
  "execute immediate": async (command, context, options) => {
    const text = await textOf(command, context);
    const statement = await parsed(text, await parametersOf(command, context), context);
    if (statement.kind === "script") throw scriptInside();
    if (command.into.length > 0) {
      if (!isRelation(statement)) throw noRows(text);
      await context.execute({ kind: "set variables", names: command.into, query: statement }, options);
      return;
    }
    if (isRelation(statement)) return statement;
    if (statement.kind === "execute immediate") throw nested(text);
    return context.execute(statement, options);
  },
  "create pipeline dataset": (command) => ofPipelines(`CREATE ${command.type.toUpperCase()}`)(),
  "create flow": ofPipelines("CREATE FLOW"),
};

async function textOf({ text }: ExecuteImmediate, context: CommandContext): Promise<string> {
  const { type, value } = await context.evaluate(text);
  if (type.kind !== "string") throw noText(typeName(type));
  if (value === null) throw nullText();
  return value as string;
}

interface Bound extends SqlParameters {
  /** Whether some values have no name. */
  readonly hasUnnamed: boolean;
}

async function parametersOf({ values }: ExecuteImmediate, context: CommandContext): Promise<Bound> {
  const named: Record<string, Literal> = {};
  const positional: Expression[] = [];
  for (const value of values) {
    const literal = await context.evaluate(value.kind === "alias" ? value.input : value);
    positional.push(literal);
    if (value.kind === "alias" && Object.hasOwn(named, value.names[0]!)) throw namedTwice(value.names[0]!);
    if (value.kind === "alias") named[value.names[0]!] = literal;
  }
  return { named, positional, hasUnnamed: Object.keys(named).length < values.length };
}

const namedTwice = (name: string): AnalysisError =>
  new AnalysisError(
    `The USING clause of this EXECUTE IMMEDIATE command contained multiple arguments with same alias (${quoted(name)}), which is invalid`,
    {
      condition: "EXEC_IMMEDIATE_DUPLICATE_ARGUMENT_ALIASES",
      sqlState: "42701",
      parameters: { aliases: quoted(name) },
      hint: "Give each value a name of its own.",
    },
  );

async function parsed(
  text: string,
  { hasUnnamed, ...parameters }: Bound,
  { configuration, analysed, evaluate }: CommandContext,
): Promise<Statement> {
  const options = sqlOptions((key, byDefault) => configuration.get(key, byDefault));
  try {
    const name = (expression: Expression) => constantText(expression, analysed, evaluate);
    return await readWithNames(text, { ...options, parameters }, name);
  } catch (error) {
    const isUnbound = error instanceof LakewrightError && error.condition === "UNBOUND_SQL_PARAMETER";
    throw isUnbound && hasUnnamed ? unnamed(error) : error;
  }
}

const unnamed = (cause: LakewrightError): AnalysisError =>
  new AnalysisError("Using name parameterized queries requires all parameters to be named", {
    condition: "ALL_PARAMETERS_MUST_BE_NAMED",
    sqlState: "07001",
    cause,
    hint: "Write USING value AS name for each marker :name.",
  });

const noText = (type: string): AnalysisError =>
  new AnalysisError(`Expression type must be string type but got "${type}"`, {
    condition: "INVALID_EXPR_TYPE_FOR_QUERY_EXECUTE_IMMEDIATE",
    sqlState: "42K09",
    parameters: { exprType: `"${type}"` },
    hint: "Give the statement as a text.",
  });

const nullText = (): AnalysisError =>
  new AnalysisError("Execute immediate requires a non-null text as the statement, but it is null", {
    condition: "NULL_QUERY_STRING_EXECUTE_IMMEDIATE",
    sqlState: "22004",
    hint: "Set the variables that the text is made of.",
  });

const scriptInside = (): AnalysisError =>
  new AnalysisError("SQL Scripts in EXECUTE IMMEDIATE commands are not allowed", {
    condition: "SQL_SCRIPT_IN_EXECUTE_IMMEDIATE",
    sqlState: "07501",
    hint: "Give it a single statement, or run the script itself.",
  });

const nested = (text: string): AnalysisError =>
  new AnalysisError(
    `Nested EXECUTE IMMEDIATE commands are not allowed. Please ensure that the SQL query provided (${text}) does not contain another EXECUTE IMMEDIATE command`,
    { condition: "NESTED_EXECUTE_IMMEDIATE", sqlState: "07501", parameters: { sqlString: text } },
  );

const noRows = (text: string): AnalysisError =>
  new AnalysisError(
    `The INTO clause of EXECUTE IMMEDIATE is only valid for queries but the given statement is not a query: ${text}`,
    {
      condition: "INVALID_STATEMENT_FOR_EXECUTE_INTO",
      sqlState: "07501",
      parameters: { sqlString: text },
      hint: "Leave out INTO, or give a query.",
    },
  );
