/** Moments that expressions give, `TIMESTAMP AS OF current_timestamp() - INTERVAL 1 DAY`, replaced by what they are now. */
import { AnalysisError, isLakewrightError } from "../errors.ts";
import { lookupFunction } from "../functions/catalogue.ts";
import { sqlParser } from "../functions/parsers.ts";
import type { Expression, Literal } from "../plan/expression.ts";
import type { Read, ReadTable, Relation, RelationChanges } from "../plan/relation.ts";
import { walk, withReplaced } from "../plan/rewrite.ts";
import { timestampType } from "../types/data-type.ts";
import { Timestamp } from "../types/timestamp.ts";

type Evaluate = (expression: Expression) => Promise<Literal>;
type WithMoments = Read | ReadTable | RelationChanges;

const hasMoments = (node: Relation | Expression): node is WithMoments => "moments" in node;

/**
 * The plan in which every moment is a text; the plan itself where nothing has to be computed.
 *
 * @param evaluate - the value of an expression without columns
 * @throws AnalysisError `INVALID_TIME_TRAVEL_TIMESTAMP_EXPR` for what gives no moment
 */
export async function withKnownMoments(plan: Relation, evaluate: Evaluate): Promise<Relation> {
  const found = new Set<WithMoments>();
  walk(plan, (node) => {
    if (hasMoments(node)) found.add(node);
    return undefined;
  });
  if (found.size === 0) return plan;
  const known = new Map<Relation, Relation>();
  for (const read of found) known.set(read, await withTexts(read, evaluate));
  return withReplaced(plan, known, new Map());
}

async function withTexts(read: WithMoments, evaluate: Evaluate): Promise<Relation> {
  const { moments = {}, ...present } = read;
  const options: Record<string, string> = { ...read.options };
  for (const [name, moment] of Object.entries(moments)) options[name] = await textOf(moment, evaluate);
  return { ...present, options } as WithMoments;
}

async function textOf(moment: Expression, evaluate: Evaluate): Promise<string> {
  checkComputable(moment);
  const { value } = await evaluate({ kind: "cast", input: moment, type: timestampType, mode: "ansi" }).catch(
    (error: unknown) => {
      if (isLakewrightError(error) && isOfCast(error.condition)) throw invalid("INPUT", moment);
      throw error;
    },
  );
  if (value === null) throw invalid("INPUT", moment);
  return Timestamp.fromEpochMicroseconds(value as bigint).toString();
}

const isOfCast = (condition: string | undefined): boolean =>
  condition !== undefined && /^(CAST_|DATATYPE_MISMATCH)/.test(condition);

function checkComputable(moment: Expression): void {
  const classes = new Set<string>();
  let isFixed = true;
  walk(moment, (node) => {
    const definition = node.kind === "call" ? lookupFunction(node.name.at(-1)!) : undefined;
    if (definition !== undefined) classes.add(definition.class);
    isFixed &&= definition?.deterministic ?? true;
    return node.kind !== "subquery";
  });
  if (!isFixed) throw invalid("NON_DETERMINISTIC", moment);
  if (classes.has("aggregate") || classes.has("window")) throw invalid("UNEVALUABLE", moment);
}

const reasons = {
  INPUT: 'Cannot be casted to the "TIMESTAMP" type',
  NON_DETERMINISTIC: "Must be deterministic",
  UNEVALUABLE: "Must be evaluable",
} as const;

function invalid(reason: keyof typeof reasons, moment: Expression): AnalysisError {
  const expr = `"${sqlParser().printExpression(moment)}"`;
  return new AnalysisError(`The time travel timestamp expression ${expr} is invalid. ${reasons[reason]}`, {
    condition: `INVALID_TIME_TRAVEL_TIMESTAMP_EXPR.${reason}`,
    sqlState: "42K0E",
    parameters: { expr },
    hint: "Give a date, a date and a time, or what computes one, such as current_timestamp() - INTERVAL 1 DAY.",
  });
}
