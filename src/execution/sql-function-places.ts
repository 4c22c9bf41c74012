/** The places in a query where Spark takes no SQL function. */
import { AnalysisError } from "../errors.ts";
import { lookupFunction } from "../functions/catalogue.ts";
import type { Call, Expression } from "../plan/expression.ts";
import { originContext } from "../plan/node.ts";
import type { Relation, RelationKind } from "../plan/relation.ts";
import { childrenOf, isRelation, walk } from "../plan/rewrite.ts";
import { quotedName } from "./sql-function-errors.ts";

/** The name of the function that a call calls, where it is a SQL function. */
export type NameCalled = (call: Call) => string | undefined;

/** The relations that hold none, by Spark's names. */
const closed: Partial<Record<RelationKind, string>> = {
  sort: "Sort",
  limit: "GlobalLimit",
  offset: "Offset",
  tail: "Tail",
  generate: "Generate",
  "repartition by expression": "RepartitionByExpression",
};

/**
 * Looks at where a plan calls SQL functions.
 *
 * Spark: `ResolveSQLFunctions`.
 *
 * @throws AnalysisError `UNSUPPORTED_SQL_UDF_USAGE`, `UNSUPPORTED_FEATURE.LAMBDA_FUNCTION_WITH_SQL_UDF`
 */
export function checkPlaces(plan: Relation | Expression, nameCalled: NameCalled): void {
  walk(plan, (node) => {
    const place = placeOf(node);
    if (place === undefined) return undefined;
    for (const expression of childrenOf(node)) {
      const call = isRelation(expression) ? undefined : firstCall(expression, nameCalled);
      if (call !== undefined) throw located(refusal(nameCalled(call)!, place), call);
    }
    return undefined;
  });
}

function placeOf(node: Relation | Expression): string | undefined {
  if (isRelation(node)) return closed[node.kind];
  if (node.kind === "lambda") return "lambda";
  return node.kind === "call" && lookupFunction(node.name.at(-1)!)?.class === "generator" ? "Generate" : undefined;
}

function firstCall(expression: Expression, nameCalled: NameCalled): Call | undefined {
  let found: Call | undefined;
  walk(expression, (node) => {
    if (found === undefined && node.kind === "call" && nameCalled(node) !== undefined) found = node;
    return found === undefined && !isRelation(node);
  });
  return found;
}

const located = (error: AnalysisError, { origin }: Call): AnalysisError =>
  origin === undefined ? error : error.locate(originContext(origin));

const hint = "Compute it in a query of its own, and take its column.";

function refusal(name: string, place: string): AnalysisError {
  if (place === "lambda")
    return new AnalysisError(
      `The feature is not supported: Lambda function with SQL UDF ${quotedName(name)} in a higher order function`,
      {
        condition: "UNSUPPORTED_FEATURE.LAMBDA_FUNCTION_WITH_SQL_UDF",
        sqlState: "0A000",
        parameters: { funcName: quotedName(name) },
        hint: "Write the body of the function into the lambda.",
      },
    );
  return new AnalysisError(`Using SQL function ${quotedName(name)} in ${place} is not supported`, {
    condition: "UNSUPPORTED_SQL_UDF_USAGE",
    sqlState: "0A000",
    parameters: { functionName: quotedName(name), nodeName: place },
    hint,
  });
}
