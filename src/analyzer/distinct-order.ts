/** Different texts in an order: they can only come in that of themselves, or of the values that they were before a cast. */
import { AnalysisError } from "../errors.ts";
import type { Call } from "../plan/expression.ts";
import type { ResolvedCall, ResolvedExpression } from "../plan/resolved.ts";
import { sameExpression } from "../plan/resolved-rewrite.ts";
import type { DataType } from "../types/data-type.ts";
import { typeText } from "./errors.ts";
import { prettyText } from "./names.ts";

/** Types of which different values may be one text, or equal values several. */
const ambiguous: ReadonlySet<DataType["kind"]> = new Set(
  "float double timestamp void variant array struct map interval".split(" ") as readonly DataType["kind"][],
);

/**
 * Refuses `listagg(DISTINCT …) WITHIN GROUP (ORDER BY …)` by something else than what is joined.
 *
 * @param resolved - a call of any function
 * @param written - the same call as it is written
 */
export function checkDistinctOrder({ name, arguments: args, aggregate }: ResolvedCall, written: Call): void {
  if (name !== "listagg" || aggregate?.distinct !== true || aggregate.order.length === 0) return;
  const [value, order] = [args[0]!, aggregate.order[0]!.expression];
  const isOneOrder = aggregate.order.length === 1;
  if (isOneOrder && sameExpression(value, order)) return;
  if (!isOneOrder || !isTextOf(value, order)) throw otherOrder(written);
  if (ambiguous.has(order.type.kind)) throw ambiguousOrder(order.type);
}

const isTextOf = (text: ResolvedExpression, value: ResolvedExpression): boolean =>
  text.kind === "cast" && text.type.kind === "string" && sameExpression(text.input, value);

function otherOrder({ arguments: args, withinGroup = [] }: Call): AnalysisError {
  const funcArg = `"${prettyText(args[0]!)}"`;
  const orderingExpr = withinGroup.map(({ input }) => `"${prettyText(input)}"`).join(", ");
  return new AnalysisError(
    `Invalid function \`listagg\` with WITHIN GROUP. The function is invoked with DISTINCT and WITHIN GROUP but expressions ${funcArg} and ${orderingExpr} do not match`,
    {
      condition: "INVALID_WITHIN_GROUP_EXPRESSION.MISMATCH_WITH_DISTINCT_INPUT",
      sqlState: "42K0K",
      parameters: { funcName: "`listagg`", funcArg, orderingExpr },
      hint: "Order by what is joined, and by nothing else.",
    },
  );
}

const ambiguousOrder = (type: DataType): AnalysisError =>
  new AnalysisError(
    `Invalid function \`listagg\` with WITHIN GROUP. The function with DISTINCT and WITHIN GROUP (ORDER BY) is not supported for ${typeText(type)} input`,
    {
      condition: "INVALID_WITHIN_GROUP_EXPRESSION.MISMATCH_WITH_DISTINCT_INPUT_UNSAFE_CAST",
      sqlState: "42K0K",
      parameters: { funcName: "`listagg`", inputType: typeText(type), castType: '"STRING"' },
      hint: "Cast to STRING both what is joined and what it is ordered by.",
    },
  );
