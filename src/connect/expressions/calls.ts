/** Calls of functions, windows around them, and functions as arguments. */
import type { Call, WindowFrame } from "../../plan/expression.ts";
import type { Decoder, Encoder, ExpressionChoice, ExpressionDecoders, ExpressionEncoders } from "../codec.ts";
import { given, keyOf } from "../codec.ts";
import {
  type Expression_Window_WindowFrame_FrameBoundary as Boundary,
  type Expression_Window_WindowFrame as FrameMessage,
  Expression_Window_WindowFrame_FrameType as FrameType,
} from "../generated/spark/connect/expressions_pb.ts";
import { decodeFunctionName, decodeName, encodeFunctionName, encodeName, inOrder } from "../names.ts";
import { invalidMessage, noMessage, refusing } from "../refusal.ts";

type Kind =
  | "call"
  | "window"
  | "window frame"
  | "lambda"
  | "lambda parameter"
  | "expanded call"
  | "function argument"
  | "table function call";

const bodyOfFunction = refusing(() => noMessage("the body of a SQL function", "Call the function by its name."));
const asText = "Write the expression as SQL text: expr(text).";

export const callEncoders: ExpressionEncoders<Kind> = {
  call: encodeCall,
  window: ({ call, partitionBy, orderBy, frame, reference }, to) => {
    if (reference !== undefined) throw noMessage("a window by its name", "Write the query as SQL text.");
    return {
      case: "window",
      value: {
        windowFunction: to.expression(call),
        partitionSpec: to.expressions(partitionBy),
        orderSpec: to.order(orderBy),
        ...given("frameSpec", frame && encodeFrame(frame, to)),
      },
    };
  },
  "window frame": refusing(() => noMessage("the frame of a window by itself", "Use it in a window.")),
  lambda: ({ parameters, body }, to) => ({
    case: "lambdaFunction",
    value: { function: to.expression(body), arguments: parameters.map((name) => ({ nameParts: [name] })) },
  }),
  "lambda parameter": ({ name }) => ({ case: "unresolvedNamedLambdaVariable", value: { nameParts: [name] } }),
  "expanded call": bodyOfFunction,
  "function argument": bodyOfFunction,
  "table function call": refusing(() => noMessage("a table function in an expression", asText)),
};

type Case =
  | "unresolvedFunction"
  | "callFunction"
  | "expressionString"
  | "window"
  | "lambdaFunction"
  | "unresolvedNamedLambdaVariable"
  | "directShufflePartitionId";

export const callDecoders: ExpressionDecoders<Case> = {
  unresolvedFunction: ({ functionName, arguments: args, isDistinct, isUserDefinedFunction }, from) => ({
    kind: "call",
    name: isUserDefinedFunction ? decodeName(functionName) : [decodeFunctionName(functionName)],
    arguments: from.expressions(inOrder(functionName, args)),
    ...(isDistinct ? { distinct: true } : {}),
  }),
  callFunction: ({ functionName, arguments: args }, from) => ({
    kind: "call",
    name: decodeName(functionName),
    arguments: from.expressions(args),
  }),
  // Timestamps without a zone are read on the clocks of the session, where the plan is analysed.
  expressionString: ({ expression }, from) => from.sql.expression(expression),
  window: ({ windowFunction, partitionSpec, orderSpec, frameSpec }, from) => ({
    kind: "window",
    call: from.expression(windowFunction),
    partitionBy: from.expressions(partitionSpec),
    orderBy: from.order(orderSpec),
    ...given("frame", frameSpec && decodeFrame(frameSpec, from)),
  }),
  lambdaFunction: ({ function: body, arguments: parameters }, from) => ({
    kind: "lambda",
    parameters: parameters.map(({ nameParts }) => nameParts.join(".")),
    body: from.expression(body),
  }),
  unresolvedNamedLambdaVariable: ({ nameParts }) => ({ kind: "lambda parameter", name: nameParts.join(".") }),
  directShufflePartitionId: refusing(() => invalidMessage("a partition id is for repartitionById only")),
};

function encodeCall(call: Call, to: Encoder): ExpressionChoice {
  refuseClauses(call);
  const { name, distinct = false } = call;
  if (name.length === 1 && name[0] === "!=") return encodeCall(notEqual(call), to);
  const args = to.expressions(call.arguments);
  if (name.length === 1) {
    const functionName = encodeFunctionName(name[0]!, args.length);
    const value = { functionName, arguments: inOrder(name[0]!, args), isDistinct: distinct };
    return { case: "unresolvedFunction", value };
  }
  if (distinct) throw noMessage(`a function of a namespace with DISTINCT: ${name.join(".")}`, asText);
  return { case: "callFunction", value: { functionName: encodeName(name), arguments: args } };
}

// Spark has no function of that name: its clients negate an equality too.
const notEqual = (call: Call): Call => ({ kind: "call", name: ["NOT"], arguments: [{ ...call, name: ["="] }] });

function refuseClauses({ filter, withinGroup, ignoreNulls }: Call): void {
  if (filter !== undefined) throw noMessage("FILTER (WHERE …)", asText);
  if (withinGroup !== undefined) throw noMessage("WITHIN GROUP (ORDER BY …)", asText);
  if (ignoreNulls !== undefined) throw noMessage("IGNORE NULLS and RESPECT NULLS", asText);
}

const units = { rows: FrameType.ROW, range: FrameType.RANGE } as const;

const encodeFrame = ({ unit, lower, upper }: WindowFrame, to: Encoder) => ({
  frameType: units[unit],
  lower: encodeBound(lower, to),
  upper: encodeBound(upper, to),
});

function encodeBound(bound: WindowFrame["lower"], to: Encoder) {
  if (bound === "unbounded") return { boundary: { case: "unbounded", value: true } } as const;
  if (bound === "current row") return { boundary: { case: "currentRow", value: true } } as const;
  return { boundary: { case: "value", value: to.expression(bound) } } as const;
}

function decodeFrame({ frameType, lower, upper }: FrameMessage, from: Decoder): WindowFrame {
  const unit = keyOf(units, frameType);
  if (unit === undefined) throw invalidMessage("the frame of a window has no type");
  return Object.freeze({
    kind: "window frame",
    unit,
    lower: decodeBound(lower, from),
    upper: decodeBound(upper, from),
  });
}

function decodeBound(bound: Boundary | undefined, from: Decoder): WindowFrame["lower"] {
  if (bound?.boundary.case === "value") return from.expression(bound.boundary.value);
  if (bound?.boundary.case === undefined) throw invalidMessage("a bound of a window is missing");
  return bound.boundary.case === "unbounded" ? "unbounded" : "current row";
}
