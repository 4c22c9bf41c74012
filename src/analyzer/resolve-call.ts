/** Functions: which one a name means, what its arguments are converted to, what it gives. */

import { UnsupportedError } from "../errors.ts";
import { functionNames, lookupFunction } from "../functions/catalogue.ts";
import type { FunctionDefinition } from "../functions/definition.ts";
import { chosenFunction } from "../functions/function-choice.ts";
import { lambdaParameterTypes, withLambdas } from "../functions/lambda-rules.ts";
import { type ArgumentInformation, mayBeNull } from "../functions/null-rules.ts";
import { parameterRules } from "../functions/parameter-rules.ts";
import { refusedFunctions } from "../functions/refused.ts";
import { resultRules } from "../functions/result-rules.ts";
import type { Rule } from "../functions/rule.ts";
import { ansiCoercion, type Coercion } from "../functions/type-coercion.ts";
import type { Call, Expression, Lambda } from "../plan/expression.ts";
import type {
  AggregateDetails,
  OutputColumn,
  ResolvedCall,
  ResolvedExpression,
  ResolvedLambda,
} from "../plan/resolved.ts";
import { isAggregateCall, referencedColumns, someResolved } from "../plan/resolved-rewrite.ts";
import { bigintType, booleanType, type DataType, stringType, voidType } from "../types/data-type.ts";
import { sameType } from "../types/same-type.ts";
import { checkFilter } from "./aggregate-filter.ts";
import { type Argument, mismatch, parameterAt } from "./call-mismatch.ts";
import { collatedArguments, collatedCall, unfitCollation } from "./collated-call.ts";
import { checkConstants } from "./constant-arguments.ts";
import { constantArgument, constantValue } from "./constant-value.ts";
import { constant, converted } from "./conversion.ts";
import { subqueriesOf, subqueryInLambda } from "./correlation.ts";
import { wholeComparison } from "./decimal-comparison.ts";
import { checkDistinctOrder } from "./distinct-order.ts";
import { misplaced, refusedFunction, unexpectedInputType, unresolvedRoutine, wrongArgumentCount } from "./errors.ts";
import { expandedCall } from "./expanded-call.ts";
import { type ExpressionContext, resolveIn } from "./expression-context.ts";
import { isFoldable } from "./foldable.ts";
import { lenientCall } from "./lenient-call.ts";
import { byPosition } from "./named-arguments.ts";
import { columnName, prettyText } from "./names.ts";
import { paddedArguments } from "./padded-comparison.ts";
import { parsedCall } from "./parsed-call.ts";
import { checkShapes, timeFunctions, unsupportedTime, withheldFunction } from "./sql-forms.ts";

/** The call with its function found, its arguments converted and its result typed. */
export function resolveCall(written: Call, context: ExpressionContext): ResolvedExpression {
  const expanded = expandedCall(byPosition(written), context.analysis.settings);
  if (expanded.kind !== "call") return resolveIn(context, expanded);
  const call = withLambdas(expanded);
  // What stands for another call may have branches, which go to one type elsewhere.
  if (call.name !== written.name) return resolveIn(context, call);
  if (timeFunctions.has(call.name.at(-1)!.toLowerCase()) && context.analysis.settings.timeType !== true)
    throw unsupportedTime();
  const definition = definitionOf(call);
  checkShapes(context.analysis.settings, definition.name.startsWith("st_"));
  const text = () => prettyText(written, context.analysis.resolutions);
  const resolved = resolveArguments(definition, call.arguments, context, text);
  const whole = wholeComparison(call, (operand) => context.analysis.resolutions.get(operand)?.type);
  if (whole !== undefined && whole.position === undefined) return constant(booleanType, whole.answer);
  const args = resolved.map((argument, index) =>
    whole?.position === index ? { ...argument, expression: constant(bigintType, whole.constant.value) } : argument,
  );
  const given = args.map((argument) => ({ ...argument, ...informationOf(argument.expression, argument) }));
  const chosen = chosenFunction(definition, given);
  const { coercion, settings } = context.analysis;
  const details = aggregateDetails(definition, call, context);
  const padded = withPadding(chosen.definition.name, chosen.args, context);
  const strict = applyDefinition(chosen.definition, padded, text, details, coercion);
  checkDistinctOrder(strict, call);
  const applied = parsedCall(lenientCall(strict, settings), settings);
  return isMovedText(definition.name, given) ? converted(applied, stringType) : applied;
}

/** The arguments of a comparison with columns of CHAR among them. */
function withPadding(name: string, args: readonly Argument[], { analysis }: ExpressionContext): readonly Argument[] {
  const values = args.map(({ expression }) => expression);
  const padded = paddedArguments(name, values, analysis.charLengths, applyFunction);
  return padded === values ? args : args.map((argument, at) => ({ ...argument, expression: padded[at]! }));
}

/** A text that is moved by days or time is read as a timestamp, and is a text again. */
const isMovedText = (name: string, [left, right]: readonly { readonly type: DataType }[]): boolean =>
  movers.has(name) && [left, right].some((side) => side?.type.kind === "string") && [left, right].some(isTimeSpan);

const movers: ReadonlySet<string> = new Set(["+", "-", "try_add", "try_subtract"]);
const isTimeSpan = (side: { readonly type: DataType } | undefined): boolean =>
  side?.type.kind === "day-time interval" || side?.type.kind === "interval";

/** A function of the catalogue applied to resolved arguments of types that fit: for what the analyzer makes of its own accord. */
export function applyFunction(
  name: string,
  expressions: readonly ResolvedExpression[],
  details?: AggregateDetails,
): ResolvedCall {
  const definition = lookupFunction(name);
  if (definition === undefined) throw unresolvedRoutine([name], functionNames);
  const args = expressions.map((expression, index) => ({ text: `argument ${index + 1}`, expression }));
  const aggregate = definition.class === "aggregate" ? (details ?? plainDetails) : undefined;
  return applyDefinition(definition, args, () => name, aggregate, ansiCoercion);
}

/** An aggregate of every row, as it comes. */
export const plainDetails: AggregateDetails = { distinct: false, ignoreNulls: false, order: [] };

/** Operators of one operand that have the sign of one of two. */
const unary: ReadonlyMap<string, string> = new Map([
  ["-", "negative"],
  ["+", "positive"],
]);

function definitionOf(call: Call): FunctionDefinition {
  const written = call.name.at(-1)!;
  const definition = lookupFunction(call.arguments.length === 1 ? (unary.get(written) ?? written) : written);
  if (definition !== undefined) return definition;
  const name = written.toLowerCase();
  const refused = refusedFunctions.get(name);
  if (refused !== undefined) throw refusedFunction(name, refused);
  throw withheldFunction(name) ?? unresolvedRoutine(call.name, functionNames);
}

function resolveArguments(
  definition: FunctionDefinition,
  args: readonly Expression[],
  context: ExpressionContext,
  text: () => string,
): readonly Argument[] {
  checkCount(definition, args.length);
  if (definition.class !== "higher-order" && args.some(({ kind }) => kind === "lambda"))
    throw takesNoLambda(definition.name);
  const plain = args.map((argument) => (argument.kind === "lambda" ? undefined : resolveIn(context, argument)));
  const holdsQuery = (argument?: ResolvedExpression): boolean =>
    argument !== undefined && subqueriesOf(argument).length > 0;
  if (definition.class === "higher-order" && plain.some(holdsQuery)) throw subqueryInLambda();
  if (definition.class === "higher-order") checkInputs(definition, args, plain, text, context.analysis.coercion);
  return args.map((argument, index) => ({
    text: prettyText(argument),
    ...nameOf(argument),
    isLiteral: argument.kind === "literal",
    expression: plain[index] ?? resolveLambda(definition, argument as Lambda, index, plain, context),
  }));
}

/** What a function goes through must be an array or a map before its lambda can have parameters. */
function checkInputs(
  definition: FunctionDefinition,
  args: readonly Expression[],
  plain: readonly (ResolvedExpression | undefined)[],
  text: () => string,
  coercion: Coercion,
): void {
  const types = plain.map((input) => input?.type ?? voidType);
  for (const [index, input] of plain.entries()) {
    const rule: Rule = parameterRules[parameterAt(definition, index).rule];
    const isCollection = rule.required === `"${input?.type.kind.toUpperCase()}"`;
    if (input === undefined || isCollection || rule.accept({ types, index, same: [index], coercion }) !== undefined)
      continue;
    throw unexpectedInputType(text(), index, prettyText(args[index]!), rule.required, input.type);
  }
}

function resolveLambda(
  definition: FunctionDefinition,
  lambda: Lambda,
  index: number,
  plain: readonly (ResolvedExpression | undefined)[],
  context: ExpressionContext,
): ResolvedLambda {
  const types = lambdaParameterTypes(
    definition.name,
    index,
    plain.map((argument) => argument?.type),
    lambda.parameters.length,
    context.analysis.coercion,
  );
  if (types === undefined)
    throw wrongParameterCount(definition.name, index, plain, lambda.parameters.length, context.analysis.coercion);
  const parameters = lambda.parameters.map((name, at) =>
    context.analysis.newColumn(name, types[at]!.type, types[at]!.nullable),
  );
  const inner = new Map([...context.lambda, ...parameters.map((column) => [column.name, column] as const)]);
  const body = resolveIn({ ...context, lambda: inner }, lambda.body);
  rejectAggregatesOf(parameters, body);
  return { kind: "lambda", parameters, body, type: body.type, nullable: body.nullable };
}

// Spark's own error is that of the Java class which it cannot compile.
function rejectAggregatesOf(parameters: readonly OutputColumn[], body: ResolvedExpression): void {
  const isAbove = (expression: ResolvedExpression): boolean => {
    if (!isAggregateCall(expression) && expression.kind !== "window") return false;
    const read = referencedColumns(expression);
    return parameters.some(({ id }) => read.has(id));
  };
  if (!someResolved(body, isAbove)) return;
  throw new UnsupportedError("an aggregate or a window inside a lambda cannot compute over the lambda's parameters", {
    hint: "Explode the array and aggregate its elements, or use aggregate(array, start, (sum, x) -> …).",
  });
}

function wrongParameterCount(
  name: string,
  index: number,
  plain: readonly (ResolvedExpression | undefined)[],
  given: number,
  coercion: Coercion,
): Error {
  const inputs = plain.map((argument) => argument?.type);
  const taken = [1, 2, 3].find((count) => lambdaParameterTypes(name, index, inputs, count, coercion) !== undefined);
  return misplaced(
    "INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH",
    "42K0D",
    `Invalid lambda function call. A higher order function expects ${given} arguments, but got ${taken ?? 0}`,
    `The function that ${name} takes has ${taken ?? "other"} parameters.`,
    { expectedNumArgs: String(given), actualNumArgs: String(taken ?? 0) },
  );
}

const takesNoLambda = (name: string): Error =>
  misplaced(
    "INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION",
    "42K0D",
    `Invalid lambda function call. A lambda function should only be used in a higher order function. However, its class is ${name}, which is not a higher order function`,
    `Give ${name} a value, or go through an array with transform.`,
    { class: name },
  );

function checkCount({ name, parameters }: FunctionDefinition, actual: number): void {
  const least = parameters.filter((parameter) => !parameter.optional && !parameter.variadic).length;
  const most = parameters.some((parameter) => parameter.variadic) ? Number.POSITIVE_INFINITY : parameters.length;
  if (name === "map" && actual % 2 === 1) throw wrongArgumentCount(name, "2n (n > 0)", actual);
  if (actual >= least && actual <= most) return;
  const expected =
    most === Number.POSITIVE_INFINITY ? `> ${least - 1}` : least === most ? `${least}` : `[${least}, ${most}]`;
  throw wrongArgumentCount(name, expected, actual);
}

function applyDefinition(
  definition: FunctionDefinition,
  given: readonly Argument[],
  text: () => string,
  aggregate: AggregateDetails | undefined,
  coercion: Coercion,
): ResolvedCall {
  checkCount(definition, given.length);
  const args = underOneCollation(definition, given, text);
  const targets = targetTypes(definition, args, text, coercion);
  checkConstants(definition, args, text);
  const expressions = args.map(({ expression }, index) =>
    expression.kind === "lambda"
      ? expression
      : convertedArgument(definition, index, expression, targets[index]!, coercion),
  );
  const information = expressions.map((expression, index) => informationOf(expression, args[index]!));
  const type = resultRules[definition.result](information);
  const call: ResolvedCall = {
    kind: "call",
    name: definition.name,
    arguments: expressions,
    type,
    nullable: mayBeNull(definition.nulls, information, type),
    deterministic: definition.deterministic,
  };
  return collatedCall(aggregate === undefined ? call : { ...call, aggregate }, applyFunction);
}

function underOneCollation(
  { name }: FunctionDefinition,
  args: readonly Argument[],
  text: () => string,
): readonly Argument[] {
  const values = args.map(({ expression }) => expression);
  const collated = collatedArguments(name, values, text);
  const unfit = unfitCollation(name, collated);
  if (unfit >= 0) throw unexpectedInputType(text(), unfit, args[unfit]!.text, '"STRING"', collated[unfit]!.type);
  return collated === values ? args : args.map((argument, at) => ({ ...argument, expression: collated[at]! }));
}

function convertedArgument(
  definition: FunctionDefinition,
  index: number,
  expression: ResolvedExpression,
  type: DataType,
  coercion: Coercion,
): ResolvedExpression {
  const mode = castMode(definition, expression, coercion);
  const { isConstant }: Rule = parameterRules[parameterAt(definition, index).rule];
  return isConstant === true ? constantArgument(expression, type, mode) : converted(expression, type, mode);
}

/** Arithmetic that gives null where it fails does so too where a text is no number. */
const tried: ReadonlySet<string> = new Set(["try_add", "try_subtract", "try_multiply", "try_divide", "try_mod"]);
const castMode = ({ name }: FunctionDefinition, { type }: ResolvedExpression, { castMode: usual }: Coercion) =>
  tried.has(name) && type.kind === "string" ? "try" : usual;

function nameOf(argument: Expression): { readonly name?: string } {
  if (argument.kind === "attribute" || argument.kind === "alias") return { name: columnName(argument) };
  const field =
    argument.kind === "extract value" && argument.extraction.kind === "literal" ? argument.extraction.value : undefined;
  return typeof field === "string" ? { name: field } : {};
}

const elementsOf = (expression: ResolvedExpression): Pick<ArgumentInformation, "elements"> =>
  expression.kind === "call" && expression.name === "array"
    ? { elements: expression.arguments.map(({ nullable }) => nullable) }
    : {};

function informationOf(
  expression: ResolvedExpression,
  { name, isLiteral, expression: given }: Argument,
): ArgumentInformation {
  const named = name === undefined ? {} : { name };
  const base = {
    ...{ type: expression.type, nullable: expression.nullable, ...named, ...elementsOf(expression) },
    isFoldable: () => isFoldable(expression),
  };
  const literal = constantValue(expression);
  if (literal === undefined) return base;
  return { ...base, literal, isWritten: isLiteral === true && sameType(given.type, expression.type) };
}

function targetTypes(
  definition: FunctionDefinition,
  args: readonly Argument[],
  text: () => string,
  coercion: Coercion,
): readonly DataType[] {
  const types = args.map(({ expression }) => expression.type);
  const literals = args.map(({ expression }) => constantValue(expression));
  const written = literals.map((value, index) => (args[index]!.isLiteral ? value : undefined));
  const foldable = args.map(({ expression }) => isFoldable(expression));
  const rules = args.map((_, index) => parameterAt(definition, index).rule);
  const positions = Map.groupBy(rules.keys(), (index) => rules[index]!);
  const found = new Map<string, DataType | undefined>();
  return rules.map((name, index) => {
    const rule: Rule = parameterRules[name];
    const target =
      found.get(name) ??
      rule.accept({ types, index, same: positions.get(name)!, literals, written, foldable, coercion });
    if (target === undefined) throw mismatch(definition, args, index, text(), coercion);
    if (rule.isCommon === true) found.set(name, target);
    return target;
  });
}

function aggregateDetails(
  definition: FunctionDefinition,
  call: Call,
  context: ExpressionContext,
): AggregateDetails | undefined {
  return definition.class === "aggregate" || definition.class === "window" ? detailsOf(call, context) : undefined;
}

/** What is written around an aggregate's arguments. */
export function detailsOf(call: Call, context: ExpressionContext): AggregateDetails {
  const order = (call.withinGroup ?? []).map(({ input, direction, nulls }) => ({
    expression: resolveIn(context, input),
    direction,
    nulls,
  }));
  const details = { distinct: call.distinct ?? false, ignoreNulls: call.ignoreNulls ?? false, order };
  if (call.filter === undefined) return details;
  const filter = resolveIn(context, call.filter);
  checkFilter(filter, call.filter);
  return { ...details, filter };
}
