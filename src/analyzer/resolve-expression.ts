/** Expressions: names to columns, calls to functions, every conversion written out. */
import { isLakewrightError, listed, UnsupportedError } from "../errors.ts";
import { lookupFunction } from "../functions/catalogue.ts";
import { canCast } from "../functions/coercion.ts";
import type { Coercion } from "../functions/type-coercion.ts";
import type {
  Alias,
  Attribute,
  Call,
  Cast,
  Expression,
  ExpressionKind,
  ExtractValue,
  LambdaParameter,
  MetadataAttribute,
  UpdateField,
  UserFunction,
  UserTableFunction,
} from "../plan/expression.ts";
import { originContext } from "../plan/node.ts";
import type { Conditional, OutputColumn, ResolvedExpression, StructValue } from "../plan/resolved.ts";
import { isAggregateCall, reference } from "../plan/resolved-rewrite.ts";
import { unboundedText } from "../types/bounded-text.ts";
import { type DataType, type StructField, structType } from "../types/data-type.ts";
import { holdsShape } from "../types/some-type.ts";
import { momentAt } from "../types/zone-offset.ts";
import { condition, isNamedIf, mayGiveNull } from "./branches.ts";
import { aligned } from "./common-collation.ts";
import { constant, converted } from "./conversion.ts";
import {
  ambiguousColumn,
  castImpossible,
  differentTypes,
  misplaced,
  notExtractable,
  quoted,
  unexpectedInputType,
  unresolvedColumn,
  wrongArgumentCount,
} from "./errors.ts";
import { type ExpressionContext, resolveIn } from "./expression-context.ts";
import { arrayFieldAccess, fieldAccess, fieldPath } from "./field-access.ts";
import { lateralAlias } from "./lateral-alias.ts";
import { momentOfDay } from "./moment-of-day.ts";
import { calledWithoutParentheses, columnName, outerText, prettyText } from "./names.ts";
import { placed } from "./places.ts";
import { applyFunction, detailsOf, plainDetails, resolveCall } from "./resolve-call.ts";
import { negated, resolveSubquery } from "./resolve-subquery.ts";
import { resolveWindow } from "./resolve-window.ts";
import { matchName, type NameMatch, outputOf, type Scope } from "./scope.ts";
import { checkShapes, sqlForms, unbound, unsupportedTime } from "./sql-forms.ts";
import { withoutStars } from "./stars.ts";
import { isTimeWindowCall, strayTimeWindow } from "./time-window-call.ts";

type Resolver<Kind extends ExpressionKind> = (
  expression: Extract<Expression, { kind: Kind }>,
  context: ExpressionContext,
) => ResolvedExpression;

/** Resolves an expression; handed to contexts as their `resolve`. */
export function resolveExpression(expression: Expression, context: ExpressionContext): ResolvedExpression {
  const resolve = resolvers[expression.kind] as Resolver<ExpressionKind>;
  try {
    return context.analysis.onClock(placed(resolve(expression, context), expression));
  } catch (error) {
    throw expression.origin !== undefined && isLakewrightError(error)
      ? error.locate(originContext(expression.origin))
      : error;
  }
}

const misplacedKind = (what: string) => (): never => {
  throw misplaced(
    "INVALID_USAGE_OF_STAR_OR_REGEX",
    "42000",
    `Invalid usage of ${what} here`,
    "Name the columns instead.",
  );
};

const later = (what: string) => (): never => {
  throw new UnsupportedError(`${what} cannot be analysed yet`, { hint: "Rewrite the query without it." });
};

const resolvers: { [Kind in ExpressionKind]: Resolver<Kind> } = {
  literal: ({ type, value, onClock }, { analysis }) => {
    if (type.kind === "time" && analysis.settings.timeType !== true) throw unsupportedTime();
    return constant(type, onClock === true ? momentAt(value as bigint, analysis.settings.timeZone) : value);
  },
  attribute: resolveAttribute,
  star: misplacedKind("'*'"),
  "regular expression star": misplacedKind("a regular expression"),
  "metadata attribute": resolveMetadata,
  call: (call, context) =>
    (specialForms[call.name.at(-1)!.toLowerCase()] ?? resolveOwnCall)(
      withoutStars(call, context.scope, context.analysis),
      context,
    ),
  "named argument": ({ value }, context) => resolveIn(context, value),
  alias: ({ input }: Alias, context) => resolveIn(context, input),
  cast: resolveCast,
  "sort order": ({ input }, context) => resolveIn(context, input),
  window: resolveWindow,
  "window frame": misplacedKind("a window frame"),
  lambda: misplacedKind("a lambda"),
  "lambda parameter": resolveLambdaParameter,
  "extract value": resolveExtraction,
  "update field": resolveUpdate,
  subquery: resolveSubquery,
  "user function": resolveUserFunction,
  variable: unbound,
  "expanded call": ({ input, settings }, context) =>
    context.analysis.ofFunction(settings, () => resolveIn(context, input)),
  "function argument": ({ input }, context) => context.analysis.ofCaller(() => resolveIn(context, input)),
  "table function call": later("A table function in an expression"),
  "user table function": later("A table function in an expression"),
  "merge action": later("A merge clause"),
  "merge assignment": later("A merge clause"),
};

function resolveOwnCall(call: Call, context: ExpressionContext): ResolvedExpression {
  const user = lookupFunction(call.name.at(-1)!) === undefined ? context.analysis.userFunction(call.name) : undefined;
  if (user !== undefined) return resolveNamedFunction(call, user, context);
  if (lookupFunction(call.name.at(-1)!)?.class === "window") throw missingOver(prettyText(call));
  if (isTimeWindowCall(call)) throw strayTimeWindow(call);
  return resolveCall(momentOfDay(call, context) ?? call, context);
}

function resolveNamedFunction(call: Call, user: UserFunction, context: ExpressionContext): ResolvedExpression {
  const resolved = resolveIn(context, { ...user, arguments: call.arguments });
  return isAggregateCall(resolved) ? { ...resolved, aggregate: detailsOf(call, context) } : resolved;
}

const missingOver = (text: string): Error =>
  misplaced(
    "WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE",
    "42601",
    `Window function "${text}" requires an OVER clause`,
    `Add .over(…), for example .over(Window.orderBy("time")).`,
    { funcName: `"${text}"` },
  );

// ------------------------------------------------------------------------------------------------ columns

function resolveAttribute(attribute: Attribute, context: ExpressionContext): ResolvedExpression {
  if (attribute.planId !== undefined) return resolveByPlan(attribute, attribute.planId, context);
  const parameter = context.lambda.get(attribute.name[0]!);
  if (parameter !== undefined) return followFields({ column: parameter, fields: attribute.name.slice(1) }, context);
  const called = calledWithoutParentheses(attribute.name);
  // As in Spark, the query around the next one is out of sight.
  for (const at of [context, context.outer]) {
    if (at === undefined) continue;
    const matches = matchName(at.scope, attribute.name, at.analysis.sameName);
    if (matches.length > 1) throw ambiguousColumn(attribute.name, candidates(matches, attribute, at));
    if (matches.length === 1 && at !== context)
      context.analysis.resolutions.outer.set(attribute, outerText(matches[0]!, at.scope));
    if (matches.length === 1) return followFields(matches[0]!, context);
    if (called !== undefined) return resolveIn(context, called);
    const alias = at === context ? lateralAlias(attribute, context) : undefined;
    if (alias !== undefined) return alias;
  }
  const variable = variableNamed(attribute.name, context);
  if (variable !== undefined) return variable;
  throw unresolvedColumn(
    attribute.name,
    context.scope.columns.map(({ column, qualifier }) => [...qualifier, column.name]),
  );
}

/** The variable that a name begins with, and its fields that follow: the longest name of a variable counts. */
function variableNamed(name: readonly string[], context: ExpressionContext): ResolvedExpression | undefined {
  for (let length = name.length; length > 0; length--) {
    const literal = context.analysis.leaves.variable?.(name.slice(0, length));
    if (literal === undefined) continue;
    return fieldPath(resolveIn(context, literal), name[length - 1]!, name.slice(length), context.analysis.sameName);
  }
  return undefined;
}

function followFields({ column, fields }: NameMatch, context: ExpressionContext): ResolvedExpression {
  return fieldPath(reference(column), column.name, fields, context.analysis.sameName);
}

// Spark writes the name as the program does, under each relation that has it.
function candidates(
  matches: readonly NameMatch[],
  { name }: Attribute,
  { scope }: ExpressionContext,
): readonly string[] {
  return matches.map(({ column, fields }) => {
    const qualifier = scope.columns.find((own) => own.column.id === column.id)?.qualifier ?? [];
    return quoted([...qualifier, name[name.length - fields.length - 1]!]);
  });
}

// A relation used on both sides of a join has two scopes; only the one whose columns are still there can be meant.
function resolveByPlan(attribute: Attribute, planId: number, context: ExpressionContext): ResolvedExpression {
  const reachable = reachableIds(context);
  const scopes = context.analysis.planScopes.get(planId) ?? [];
  const found = scopes.flatMap((scope) => matchName(scope, attribute.name, context.analysis.sameName));
  const matches = found.filter(({ column }) => reachable.has(column.id));
  const distinct = [...new Map(matches.map((match) => [match.column.id, match])).values()];
  if (distinct.length === 1) return followFields(latest(distinct[0]!, reachable), context);
  const name = `"${attribute.name.join(".")}"`;
  if (distinct.length > 1) {
    throw misplaced(
      "AMBIGUOUS_COLUMN_REFERENCE",
      "42702",
      `Column ${name} is ambiguous. It's because you joined several DataFrame together, and some of these DataFrames are the same`,
      'Name the DataFrames with .alias("a") before the join and write col("a.…").',
      { name },
    );
  }
  throw misplaced(
    "CANNOT_RESOLVE_DATAFRAME_COLUMN",
    "42704",
    `Cannot resolve dataframe column ${name}. It's probably because of illegal references like df1.select(df2.col("a"))`,
    missingHint(found.length > 0, scopes),
    { name },
  );
}

function missingHint(isLost: boolean, scopes: readonly Scope[]): string {
  if (isLost)
    return "Select it before it is needed, or refer to it by name with col(…); in a sub-query with col(…).outer().";
  if (scopes.length === 0) return "Join the two DataFrames first, or use col(…).";
  return `The columns of that DataFrame are: ${listed(scopes.flatMap(outputOf).map((column) => column.name))}.`;
}

const reachableIds = ({ scope }: ExpressionContext): ReadonlyMap<number, OutputColumn> =>
  new Map([...scope.hidden, ...scope.columns].map(({ column }) => [column.id, column]));

// An outer join above may have made the column nullable.
const latest = (match: NameMatch, reachable: ReadonlyMap<number, OutputColumn>): NameMatch => ({
  ...match,
  column: reachable.get(match.column.id) ?? match.column,
});

function resolveMetadata({ name }: MetadataAttribute, context: ExpressionContext): ResolvedExpression {
  const found = context.scope.hidden.find(({ column }) => context.analysis.sameName(column.name, name));
  if (found === undefined)
    throw unresolvedColumn(
      [name],
      outputOf(context.scope).map((column) => column.name),
    );
  return reference(found.column);
}

function resolveLambdaParameter({ name }: LambdaParameter, context: ExpressionContext): ResolvedExpression {
  const column = context.lambda.get(name);
  if (column === undefined) throw unresolvedColumn([name], [...context.lambda.keys()]);
  return reference(column);
}

// ------------------------------------------------------------------------------------------------ casts and fields

function resolveCast(cast: Cast, context: ExpressionContext): ResolvedExpression {
  if (cast.type.kind === "time" && context.analysis.settings.timeType !== true) throw unsupportedTime();
  checkShapes(context.analysis.settings, holdsShape(cast.type));
  const input = resolveIn(context, cast.input);
  const isStored = cast.storedIn !== undefined;
  const type = isStored ? cast.type : unboundedText(cast.type);
  const mode = isStored || cast.mode === "try" ? cast.mode : context.analysis.coercion.castMode;
  if (!canCast(input.type, type, mode)) throw castImpossible(prettyText(cast), input.type, type, mode);
  if (cast.storedIn === undefined) return converted(input, type, mode);
  return { kind: "cast", input, type, mode, nullable: true, storedIn: cast.storedIn };
}

function resolveExtraction({ input, extraction }: ExtractValue, context: ExpressionContext): ResolvedExpression {
  const value = resolveIn(context, input);
  const { sameName } = context.analysis;
  if (extraction.kind === "literal" && typeof extraction.value === "string") {
    if (value.type.kind === "struct") return fieldAccess(value, extraction.value, sameName, prettyText(input));
    if (value.type.kind === "array" && value.type.element.kind === "struct")
      return arrayFieldAccess(value, extraction.value, sameName);
  }
  if (value.type.kind === "array" || value.type.kind === "map") {
    return resolveCall({ kind: "call", name: ["[]"], arguments: [input, extraction] }, context);
  }
  throw notExtractable(prettyText(input, context.analysis.resolutions), value.type);
}

function resolveUpdate(update: UpdateField, context: ExpressionContext): ResolvedExpression {
  const input = resolveIn(context, update.input);
  return updatePath(input, update.field, update, context);
}

function updatePath(
  input: ResolvedExpression,
  path: readonly string[],
  update: UpdateField,
  context: ExpressionContext,
): ResolvedExpression {
  if (input.type.kind !== "struct") {
    throw unexpectedInputType(prettyText(update), 0, prettyText(update.input), '"STRUCT"', input.type);
  }
  const { sameName } = context.analysis;
  const [name, ...below] = path as [string, ...string[]];
  const kept = input.type.fields.map((field, index) => ({ field, value: at(input, field, index) }));
  const existing = kept.some(({ field }) => sameName(field.name, name));
  if (update.value === undefined && below.length === 0) {
    const rest = kept.filter(({ field }) => !sameName(field.name, name));
    if (rest.length === 0) throw allFieldsDropped(prettyText(update));
    return structOf(input, rest);
  }
  const change = (old: ResolvedExpression): ResolvedExpression =>
    below.length > 0 ? updatePath(old, below, update, context) : resolveIn(context, update.value!);
  if (!existing && below.length > 0) return fieldAccess(input, name, sameName, name);
  const changed = existing
    ? kept.map(({ field, value }) =>
        sameName(field.name, name) ? named(below.length > 0 ? field.name : name, change(value)) : { field, value },
      )
    : [...kept, named(name, change(input))];
  return structOf(input, changed);
}

const allFieldsDropped = (text: string): Error =>
  misplaced(
    "DATATYPE_MISMATCH.CANNOT_DROP_ALL_FIELDS",
    "42K09",
    `Cannot resolve "${text}" due to data type mismatch: Cannot drop all fields in struct`,
    "Keep at least one field, or drop the column.",
    { sqlExpr: `"${text}"` },
  );

interface FieldValue {
  readonly field: StructField;
  readonly value: ResolvedExpression;
}

const named = (name: string, value: ResolvedExpression): FieldValue => ({
  field: { name, type: value.type, nullable: value.nullable },
  value,
});

const at = (input: ResolvedExpression, field: StructField, index: number): ResolvedExpression => ({
  kind: "field",
  input,
  index,
  type: field.type,
  nullable: field.nullable || input.nullable,
});

function structOf(original: ResolvedExpression, fields: readonly FieldValue[]): ResolvedExpression {
  const type = structType(fields.map(({ field }) => field));
  const struct: StructValue = { kind: "struct", fields: fields.map(({ value }) => value), type, nullable: false };
  if (!original.nullable) return struct;
  const isNull = applyFunction("isnull", [original]);
  return {
    kind: "conditional",
    branches: [{ when: isNull, then: constant(type, null) }],
    otherwise: struct,
    type,
    nullable: true,
  };
}

// ------------------------------------------------------------------------------------------------ special forms

type SpecialForm = (call: Call, context: ExpressionContext) => ResolvedExpression;

const specialForms: Readonly<Record<string, SpecialForm>> = {
  when: resolveWhen,
  if: resolveIf,
  ...sqlForms,
  struct: resolveStruct,
  named_struct: resolveNamedStruct,
  not: resolveNot,
};

function resolveNot(call: Call, context: ExpressionContext): ResolvedExpression {
  const resolved = resolveOwnCall(call, context);
  return resolved.kind === "call" ? negated(resolved.arguments[0]!) : resolved;
}

function resolveIf(call: Call, context: ExpressionContext): ResolvedExpression {
  if (call.arguments.length !== 3) throw wrongArgumentCount("if", "3", call.arguments.length);
  return resolveWhen(call, context);
}

function resolveWhen(call: Call, context: ExpressionContext): ResolvedExpression {
  const args = call.arguments.map((argument) => resolveIn(context, argument));
  const pairs = Math.floor(args.length / 2);
  const conditions = Array.from({ length: pairs }, (_, index) => condition(args[index * 2]!, index, call));
  const given = args.filter((_, index) => index % 2 === 1 || (index === args.length - 1 && args.length % 2 === 1));
  const values = aligned(given, () => prettyText(call));
  const { widest, castMode } = context.analysis.coercion;
  const type = widest(values.map((value) => value.type));
  if (type === undefined)
    throw differentTypes(
      prettyText(call),
      isNamedIf(call) ? "if" : "casewhen",
      values.map((value) => value.type),
    );
  const results = values.map((value) => converted(value, type, castMode));
  const branches = conditions.map((when, index) => ({ when, then: results[index]! }));
  const otherwise = args.length % 2 === 1 ? results.at(-1) : undefined;
  const nullable = mayGiveNull(branches, otherwise, call);
  const result: Conditional = { kind: "conditional", branches, type, nullable };
  return otherwise === undefined ? result : { ...result, otherwise };
}

function resolveStruct(call: Call, context: ExpressionContext): ResolvedExpression {
  const typed = call.arguments.map((argument, index) => {
    const value = resolveIn(context, argument);
    const hasName = argument.kind === "alias" || argument.kind === "attribute" || argument.kind === "extract value";
    return named(hasName ? fieldName(argument) : `col${index + 1}`, value);
  });
  return {
    kind: "struct",
    fields: typed.map(({ value }) => value),
    type: structType(typed.map(({ field }) => field)),
    nullable: false,
  };
}

const fieldName = (argument: Expression): string =>
  argument.kind === "extract value" && argument.extraction.kind === "literal"
    ? String(argument.extraction.value)
    : columnName(argument);

function resolveNamedStruct(call: Call, context: ExpressionContext): ResolvedExpression {
  if (call.arguments.length % 2 === 1) throw wrongArgumentCount("named_struct", "2n (n > 0)", call.arguments.length);
  const args = call.arguments.map((argument) => resolveIn(context, argument));
  const typed = args.flatMap((argument, index) => {
    if (index % 2 === 0) return [];
    const name = args[index - 1]!;
    if (name.kind !== "constant" || typeof name.value !== "string") {
      throw misplaced(
        "DATATYPE_MISMATCH.CREATE_NAMED_STRUCT_WITHOUT_FOLDABLE_STRING",
        "42K09",
        `Cannot resolve "${prettyText(call)}" due to data type mismatch: Only foldable \`STRING\` expressions are allowed to appear at odd position`,
        "Write the field names as string literals.",
        { sqlExpr: `"${prettyText(call)}"`, inputExprs: `["${prettyText(call.arguments[index - 1]!)}"]` },
      );
    }
    return [named(name.value, argument)];
  });
  return {
    kind: "struct",
    fields: typed.map(({ value }) => value),
    type: structType(typed.map(({ field }) => field)),
    nullable: false,
  };
}

// ------------------------------------------------------------------------------------------------ user functions

/** The arguments of a user's function, as values of its parameters' types. */
export function resolveArguments(
  call: UserFunction | UserTableFunction,
  context: ExpressionContext,
): readonly ResolvedExpression[] {
  const { name, parameters, arguments: args } = call;
  if (args.length !== parameters.length) throw wrongArgumentCount(name, String(parameters.length), args.length);
  return args.map((argument, index) =>
    convertArgument(call, resolveIn(context, argument), index, context.analysis.coercion),
  );
}

function resolveUserFunction(call: UserFunction, context: ExpressionContext): ResolvedExpression {
  const args = resolveArguments(call, context);
  const { id, name, type, deterministic, vectorized, asynchronous } = call;
  return {
    kind: "user function",
    id,
    name,
    arguments: args,
    type,
    nullable: true,
    deterministic,
    vectorized,
    asynchronous,
    ...(call.aggregate === true ? { aggregate: plainDetails } : {}),
  };
}

/** An argument as a value of the type of its parameter. */
export function convertArgument(
  call: UserFunction | UserTableFunction,
  argument: ResolvedExpression,
  index: number,
  { castMode }: Coercion,
): ResolvedExpression {
  const target: DataType = call.parameters[index] ?? argument.type;
  if (canCast(argument.type, target, castMode)) return converted(argument, target, castMode);
  throw unexpectedInputType(
    prettyText(call),
    index,
    prettyText(call.arguments[index]!),
    `"${target.kind.toUpperCase()}"`,
    argument.type,
  );
}
