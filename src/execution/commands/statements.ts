/** Commands that hold other statements, and those that only a pipeline runs. */
import { prettyText } from "../../analyzer/names.ts";
import { AnalysisError, UnsupportedError } from "../../errors.ts";
import { type SqlParameters, type Statement, sqlOptions } from "../../functions/parsers.ts";
import type { Expression, Literal } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import { isRelation, someNode } from "../../plan/rewrite.ts";
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
    const rows = await context.execute(statement, options);
    return statement.kind === "set setting" ? settingRow(statement.key) : rows;
  },
  "create pipeline dataset": (command) => ofPipelines(`CREATE ${command.type.toUpperCase()}`)(),
  "create flow": ofPipelines("CREATE FLOW"),
};

// SET says what it has set.
const settingRow = (key: string): Relation => ({
  kind: "catalogue query",
  question: { ask: "settings", key, describe: false },
});

async function textOf({ text }: ExecuteImmediate, context: CommandContext): Promise<string> {
  const { type, value } = await valueOf(text, context);
  if (type.kind !== "string") throw noText(typeName(type));
  if (value === null) throw nullText();
  return value as string;
}

/** The value of an expression without sub-queries. */
async function valueOf(expression: Expression, context: CommandContext): Promise<Literal> {
  if (someNode(expression, ({ kind }) => kind === "subquery")) throw unsupportedValue(expression);
  return context.evaluate(expression);
}

interface Bound extends SqlParameters {
  /** The values that have no name, as they are written. */
  readonly unnamed: readonly string[];
}

async function parametersOf({ values }: ExecuteImmediate, context: CommandContext): Promise<Bound> {
  const named: Record<string, Literal> = {};
  const positional: Expression[] = [];
  const unnamed: string[] = [];
  for (const value of values) {
    const literal = await valueOf(value.kind === "alias" ? value.input : value, context);
    positional.push(literal);
    const name = nameOf(value);
    if (value.kind === "alias" && Object.hasOwn(named, name!)) throw namedTwice(name!);
    if (name === undefined) unnamed.push(`"${prettyText(value)}"`);
    else named[name] = literal;
  }
  return { named, positional, unnamed };
}

/** The name of a value: a variable has its own. */
function nameOf(value: Expression): string | undefined {
  if (value.kind === "alias") return value.names[0];
  return value.kind === "attribute" ? value.name.at(-1) : undefined;
}

const unsupportedValue = (value: Expression): AnalysisError => {
  const invalidExprSql = `"${prettyText(value)}"`;
  return new AnalysisError(
    `A query parameter contains unsupported expression. Parameters can either be variables or literals. Invalid expression: [${invalidExprSql}]`,
    {
      condition: "UNSUPPORTED_EXPR_FOR_PARAMETER",
      sqlState: "42K0E",
      parameters: { invalidExprSql },
      hint: "Set a variable to it first: SET VAR name = (SELECT …).",
    },
  );
};

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
  { unnamed, ...parameters }: Bound,
  { configuration, analysed, evaluate }: CommandContext,
): Promise<Statement> {
  const options = sqlOptions((key, byDefault) => configuration.get(key, byDefault));
  const forms = new Set<string>();
  const onMarker = (form: string): void => {
    forms.add(form);
    if (forms.size > 1) throw mixedMarkers();
    if (form === "named" && unnamed.length > 0) throw mustBeNamed(unnamed);
  };
  const name = (expression: Expression) => constantText(expression, analysed, evaluate);
  return await readWithNames(text, { ...options, parameters: { ...parameters, onMarker } }, name);
}

const mixedMarkers = (): AnalysisError =>
  new AnalysisError("Parameterized query must either use positional, or named parameters, but not both", {
    condition: "INVALID_QUERY_MIXED_QUERY_PARAMETERS",
    sqlState: "42613",
    hint: "Write all markers as ?, or all as :name.",
  });

const mustBeNamed = (unnamed: readonly string[]): AnalysisError =>
  new AnalysisError(
    `Using name parameterized queries requires all parameters to be named. Parameters missing names: ${unnamed.join(", ")}`,
    {
      condition: "ALL_PARAMETERS_MUST_BE_NAMED",
      sqlState: "07001",
      parameters: { exprs: unnamed.join(", ") },
      hint: "Write USING value AS name for each marker :name.",
    },
  );

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
