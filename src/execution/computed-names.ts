/** Names that `IDENTIFIER(…)` computes of variables and by functions. */
import { isFoldable } from "../analyzer/foldable.ts";
import { AnalysisError, isLakewrightError } from "../errors.ts";
import { type ComputedName, type SqlOptions, type Statement, sqlParser } from "../functions/parsers.ts";
import type { Expression, Literal } from "../plan/expression.ts";
import { originContext } from "../plan/node.ts";
import type { Relation, SqlText } from "../plan/relation.ts";
import type { ResolvedExpression, ResolvedRelation } from "../plan/resolved.ts";
import { isRelation, someNode, walk, withReplaced } from "../plan/rewrite.ts";
import { rowOf } from "./row-of.ts";

type NameOf = (expression: Expression) => Promise<string>;

/**
 * Reads a text, again for as long as there are names in it that are not computed.
 *
 * @param nameOf - the name that an expression gives
 */
export async function readWithNames(text: string, options: SqlOptions, nameOf: NameOf): Promise<Statement> {
  const names = new Map<string, string>();
  for (;;) {
    const asked = new Map<string, Expression>();
    const computedName: ComputedName = (expression, written) => {
      if (!names.has(written)) asked.set(written, expression);
      return names.get(written) ?? "computed";
    };
    const statement = sqlParser().statement(text, { ...options, computedName });
    if (asked.size === 0) return statement;
    for (const [written, expression] of asked) names.set(written, await nameOf(expression));
  }
}

/** The plan with the queries that were left as their text. */
export async function withReadTexts(plan: Relation, options: SqlOptions, nameOf: NameOf): Promise<Relation> {
  const texts: SqlText[] = [];
  walk(plan, (node) => {
    if (node.kind === "sql text") texts.push(node);
    return undefined;
  });
  const read = new Map<Relation, Relation>();
  for (const node of texts) {
    const { text, named, positional } = node.statement;
    const query = await readWithNames(text, { ...options, parameters: { named, positional } }, nameOf);
    if (isRelation(query)) read.set(node, node.planId === undefined ? query : { ...query, planId: node.planId });
  }
  return read.size === 0 ? plan : withReplaced(plan, read, new Map());
}

/**
 * The text that a constant expression gives.
 *
 * @throws AnalysisError `NOT_A_CONSTANT_STRING`
 */
export async function constantText(
  expression: Expression,
  analysed: (plan: Relation) => Promise<{ readonly plan: ResolvedRelation }>,
  evaluate: (expression: Expression) => Promise<Literal>,
): Promise<string> {
  if (someNode(expression, isOfSession)) throw notConstant(expression, "NOT_CONSTANT");
  const { plan } = await analysed(rowOf(expression)).catch((error: unknown): never => {
    // What is no variable is a column, or nothing at all.
    const isColumn = isLakewrightError(error) && error.condition?.startsWith("UNRESOLVED_COLUMN.") === true;
    throw isColumn ? notConstant(expression, "NOT_CONSTANT") : error;
  });
  const value = plan.kind === "project" ? plan.columns[0]!.expression : undefined;
  const reason = value === undefined || !isFoldable(value) ? "NOT_CONSTANT" : wrongType(value);
  const text = reason === undefined ? (await evaluate(expression)).value : undefined;
  if (typeof text === "string") return text;
  throw notConstant(expression, reason ?? "NULL");
}

const ofSession: ReadonlySet<string> = new Set([
  ...["current_catalog", "current_database", "current_path", "current_schema"],
]);

// Their values stand in the plan before it is analysed.
const isOfSession = (node: Relation | Expression): boolean =>
  node.kind === "call" && ofSession.has(node.name.at(-1)!.toLowerCase());

const wrongType = ({ type }: ResolvedExpression): "WRONG_TYPE" | undefined =>
  type.kind === "string" ? undefined : "WRONG_TYPE";

const reasons = {
  NULL: "it evaluates to NULL",
  WRONG_TYPE: "its type is not STRING",
  NOT_CONSTANT: "it is not a constant",
};

function notConstant({ origin }: Expression, reason: keyof typeof reasons): AnalysisError {
  const error = new AnalysisError(`The expression in IDENTIFIER must be a constant STRING, but ${reasons[reason]}`, {
    condition: `NOT_A_CONSTANT_STRING.${reason}`,
    sqlState: "42601",
    hint: "Give a text, a variable that has one, or what functions make of them.",
  });
  return origin === undefined ? error : error.locate(originContext(origin));
}
