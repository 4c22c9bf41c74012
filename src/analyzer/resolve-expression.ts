/** Expressions: names to columns, calls to functions, every conversion written out. */
import { canCast, widest } from "../functions/coercion.ts";
import { UnsupportedError } from "../errors.ts";
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
  Subquery,
  UpdateField,
  UserFunction,
} from "../plan/expression.ts";
import { reference } from "../plan/resolved-rewrite.ts";
import type { Conditional, OutputColumn, ResolvedExpression, StructValue } from "../plan/resolved.ts";
import { booleanType, type DataType, type StructField, structType } from "../types/data-type.ts";
import { constant, converted } from "./conversion.ts";
import { ambiguousColumn, castImpossible, columnCountMismatch, differentTypes, misplaced, notBoolean, quoted, unexpectedInputType, unresolvedColumn } from "./errors.ts";
import { type ExpressionContext, resolveIn } from "./expression-context.ts";
import { arrayFieldAccess, fieldAccess, fieldPath } from "./field-access.ts";
import { columnName, prettyText } from "./names.ts";
import { applyFunction, resolveCall } from "./resolve-call.ts";
import { resolveWindow } from "./resolve-window.ts";
import { matchName, type NameMatch, outputOf } from "./scope.ts";

type Resolver<Kind extends ExpressionKind> = (
  expression: Extract<Expression, { kind: Kind }>,
  context: ExpressionContext,
) => ResolvedExpression;

/** Resolves an expression; handed to contexts as their `resolve`. */
export function resolveExpression(expression: Expression, context: ExpressionContext): ResolvedExpression {
  return (resolvers[expression.kind] as (expression: Expression, context: ExpressionContext) => ResolvedExpression)(
    expression,
    context,
  );
}

const misplacedKind = (what: string) => (): never => {
  throw misplaced("INVALID_USAGE_OF_STAR_OR_REGEX", "42000", `Invalid usage of ${what} here`, "Name the columns instead.");
};

const later = (what: string) => (): never => {
  throw new UnsupportedError(`${what} cannot be analysed yet`, { hint: "Rewrite the query without it." });
};

const resolvers: { [Kind in ExpressionKind]: Resolver<Kind> } = {
  literal: ({ type, value }) => constant(type, value),
  attribute: resolveAttribute,
  star: misplacedKind("'*'"),
  "regular expression star": misplacedKind("a regular expression"),
  "metadata attribute": resolveMetadata,
  call: (call, context) => (specialForms[call.name.at(-1)!.toLowerCase()] ?? resolveCall)(call, context),
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
  variable: later("A variable"),
  "table function call": later("A table function in an expression"),
  "user table function": later("A table function in an expression"),
  "merge action": later("A merge clause"),
  "merge assignment": later("A merge clause"),
};

// ------------------------------------------------------------------------------------------------ columns

function resolveAttribute(attribute: Attribute, context: ExpressionContext): ResolvedExpression {
  if (attribute.planId !== undefined) return resolveByPlan(attribute, attribute.planId, context);
  const parameter = attribute.name.length === 1 ? context.lambda.get(attribute.name[0]!) : undefined;
  if (parameter !== undefined) return reference(parameter);
  for (let at: ExpressionContext | undefined = context; at !== undefined; at = at.outer) {
    const matches = matchName(at.scope, attribute.name, at.analysis.sameName);
    if (matches.length > 1) throw ambiguousColumn(attribute.name, candidates(matches, at));
    if (matches.length === 1) return followFields(matches[0]!, context);
  }
  throw unresolvedColumn(attribute.name, outputOf(context.scope).map((column) => column.name));
}

function followFields({ column, fields }: NameMatch, context: ExpressionContext): ResolvedExpression {
  return fieldPath(reference(column), fields, context.analysis.sameName);
}

function candidates(matches: readonly NameMatch[], { scope }: ExpressionContext): readonly string[] {
  return matches.map(({ column }) => {
    const qualifier = scope.columns.find((own) => own.column.id === column.id)?.qualifier ?? [];
    return quoted([...qualifier, column.name]);
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
  if (distinct.length > 1) {
    throw misplaced(
      "AMBIGUOUS_COLUMN_REFERENCE",
      "42702",
      `Column ${quoted(attribute.name)} is ambiguous. It's because you joined several DataFrame together, and some of these DataFrames are the same`,
      'Name the DataFrames with .alias("a") before the join and write col("a.…").',
    );
  }
  if (found.length > 0) {
    throw misplaced(
      "MISSING_ATTRIBUTES.RESOLVED_ATTRIBUTE_MISSING_FROM_INPUT",
      "XX000",
      `Column ${quoted(attribute.name)} of another DataFrame is not part of this one any more`,
      "Select it before it is needed, or refer to it by name with col(…).",
    );
  }
  const existing = scopes.flatMap((scope) => outputOf(scope).map((column) => column.name));
  if (scopes.length > 0) throw unresolvedColumn(attribute.name, existing);
  throw misplaced(
    "CANNOT_RESOLVE_DATAFRAME_COLUMN",
    "42704",
    `Cannot resolve dataframe column ${quoted(attribute.name)}. It's probably because of illegal references like df1.select(df2.col("a"))`,
    "Join the two DataFrames first, or use col(…).",
  );
}

function reachableIds(context: ExpressionContext): Map<number, OutputColumn> {
  const ids = new Map<number, OutputColumn>();
  for (let at: ExpressionContext | undefined = context; at !== undefined; at = at.outer) {
    for (const { column } of [...at.scope.columns, ...at.scope.hidden]) if (!ids.has(column.id)) ids.set(column.id, column);
  }
  return ids;
}

// An outer join above may have made the column nullable.
const latest = (match: NameMatch, reachable: ReadonlyMap<number, OutputColumn>): NameMatch => ({
  ...match,
  column: reachable.get(match.column.id) ?? match.column,
});

function resolveMetadata({ name }: MetadataAttribute, context: ExpressionContext): ResolvedExpression {
  const found = context.scope.hidden.find(({ column }) => context.analysis.sameName(column.name, name));
  if (found === undefined) throw unresolvedColumn([name], outputOf(context.scope).map((column) => column.name));
  return reference(found.column);
}

function resolveLambdaParameter({ name }: LambdaParameter, context: ExpressionContext): ResolvedExpression {
  const column = context.lambda.get(name);
  if (column === undefined) throw unresolvedColumn([name], [...context.lambda.keys()]);
  return reference(column);
}

// ------------------------------------------------------------------------------------------------ casts and fields

function resolveCast(cast: Cast, context: ExpressionContext): ResolvedExpression {
  const input = resolveIn(context, cast.input);
  if (!canCast(input.type, cast.type, cast.mode)) throw castImpossible(prettyText(cast), input.type, cast.type);
  return converted(input, cast.type, cast.mode);
}

function resolveExtraction({ input, extraction }: ExtractValue, context: ExpressionContext): ResolvedExpression {
  const value = resolveIn(context, input);
  const { sameName } = context.analysis;
  if (extraction.kind === "literal" && typeof extraction.value === "string") {
    if (value.type.kind === "struct") return fieldAccess(value, extraction.value, sameName);
    if (value.type.kind === "array" && value.type.element.kind === "struct") return arrayFieldAccess(value, extraction.value, sameName);
  }
  if (value.type.kind === "array" || value.type.kind === "map") return applyFunction("[]", [value, resolveIn(context, extraction)]);
  throw misplaced(
    "INVALID_EXTRACT_BASE_FIELD_TYPE",
    "42000",
    `Can't extract a value from "${prettyText(input)}". Need a complex type [STRUCT, ARRAY, MAP] but got "${value.type.kind.toUpperCase()}"`,
    "Only structs, arrays and maps have parts.",
  );
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
  const [name, ...rest] = path as [string, ...string[]];
  const kept = input.type.fields.map((field, index) => ({ field, value: at(input, field, index) }));
  const existing = kept.some(({ field }) => sameName(field.name, name));
  if (update.value === undefined && rest.length === 0) {
    return structOf(input, kept.filter(({ field }) => !sameName(field.name, name)));
  }
  const change = (old: ResolvedExpression): ResolvedExpression =>
    rest.length > 0 ? updatePath(old, rest, update, context) : resolveIn(context, update.value!);
  if (!existing && rest.length > 0) return fieldAccess(input, name, sameName);
  const changed = existing
    ? kept.map(({ field, value }) => (sameName(field.name, name) ? named(rest.length > 0 ? field.name : name, change(value)) : { field, value }))
    : [...kept, named(name, change(input))];
  return structOf(input, changed);
}

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
  return { kind: "conditional", branches: [{ when: isNull, then: constant(type, null) }], otherwise: struct, type, nullable: true };
}

// ------------------------------------------------------------------------------------------------ special forms

type SpecialForm = (call: Call, context: ExpressionContext) => ResolvedExpression;

const specialForms: Readonly<Record<string, SpecialForm>> = {
  when: resolveWhen,
  if: resolveWhen,
  struct: resolveStruct,
  named_struct: resolveNamedStruct,
  count: (call, context) => resolveCall(countOfRows(call), context),
};

const countOfRows = (call: Call): Call => {
  const [first] = call.arguments;
  const all = call.arguments.length === 1 && first!.kind === "star" && first!.target === undefined;
  return all ? { ...call, arguments: [{ kind: "literal", type: { kind: "int" }, value: 1 }] } : call;
};

function resolveWhen(call: Call, context: ExpressionContext): ResolvedExpression {
  const args = call.arguments.map((argument) => resolveIn(context, argument));
  const pairs = Math.floor(args.length / 2);
  const conditions = Array.from({ length: pairs }, (_, index) => condition(args[index * 2]!, call.arguments[index * 2]!));
  const values = args.filter((_, index) => index % 2 === 1 || (index === args.length - 1 && args.length % 2 === 1));
  const type = widest(values.map((value) => value.type));
  if (type === undefined) throw differentTypes(prettyText(call), "casewhen", values.map((value) => value.type));
  const results = values.map((value) => converted(value, type));
  const branches = conditions.map((when, index) => ({ when, then: results[index]! }));
  const otherwise = args.length % 2 === 1 ? results.at(-1) : undefined;
  const nullable = otherwise === undefined || results.some((value) => value.nullable);
  const result: Conditional = { kind: "conditional", branches, type, nullable };
  return otherwise === undefined ? result : { ...result, otherwise };
}

function condition(expression: ResolvedExpression, source: Expression): ResolvedExpression {
  if (expression.type.kind !== "boolean" && expression.type.kind !== "void") {
    throw unexpectedInputType(prettyText(source), 0, prettyText(source), '"BOOLEAN"', expression.type);
  }
  return converted(expression, booleanType);
}

function resolveStruct(call: Call, context: ExpressionContext): ResolvedExpression {
  const fields = call.arguments.flatMap((argument) => structArguments(argument, context));
  const typed = fields.map((argument, index) => {
    const value = resolveIn(context, argument);
    const hasName = argument.kind === "alias" || argument.kind === "attribute" || argument.kind === "extract value";
    return named(hasName ? fieldName(argument) : `col${index + 1}`, value);
  });
  return { kind: "struct", fields: typed.map(({ value }) => value), type: structType(typed.map(({ field }) => field)), nullable: false };
}

const fieldName = (argument: Expression): string =>
  argument.kind === "extract value" && argument.extraction.kind === "literal" ? String(argument.extraction.value) : columnName(argument);

function structArguments(argument: Expression, context: ExpressionContext): readonly Expression[] {
  if (argument.kind !== "star" || argument.target !== undefined) return [argument];
  return context.scope.columns.map(({ column, qualifier }) => ({ kind: "attribute", name: [...qualifier, column.name] }));
}

function resolveNamedStruct(call: Call, context: ExpressionContext): ResolvedExpression {
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
      );
    }
    return [named(name.value, argument)];
  });
  return { kind: "struct", fields: typed.map(({ value }) => value), type: structType(typed.map(({ field }) => field)), nullable: false };
}

// ------------------------------------------------------------------------------------------------ sub-queries, user functions

function resolveSubquery(subquery: Subquery, context: ExpressionContext): ResolvedExpression {
  const { relation, scope } = context.analyse(subquery.plan, context.analysis, context);
  const columns = outputOf(scope);
  if (subquery.form === "exists") return { kind: "subquery", form: "exists", plan: relation, values: [], type: booleanType, nullable: false };
  if (subquery.form === "scalar") {
    if (columns.length !== 1) {
      throw misplaced(
        "INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN",
        "42823",
        `Invalid subquery: Scalar subquery must return only one column, but got ${columns.length}`,
        "Select one column in it.",
      );
    }
    return { kind: "subquery", form: "scalar", plan: relation, values: [], type: columns[0]!.type, nullable: true };
  }
  if (subquery.form === "in") return membership(subquery, relation, columns, context);
  throw new UnsupportedError("A table argument is only understood by table functions");
}

function membership(
  subquery: Subquery,
  plan: Extract<ResolvedExpression, { kind: "subquery" }>["plan"],
  columns: readonly OutputColumn[],
  context: ExpressionContext,
): ResolvedExpression {
  const values = (subquery.values ?? []).map((value) => resolveIn(context, value));
  if (values.length !== columns.length) throw columnCountMismatch("IN", values.length, columns.length);
  const types = values.map((value, index) => {
    const type = widest([value.type, columns[index]!.type]);
    if (type === undefined) throw differentTypes(prettyText(subquery), "in", [value.type, columns[index]!.type]);
    return type;
  });
  const cast = columns.map((column, index) => {
    const expression = converted(reference(column), types[index]!);
    return { column: context.analysis.newColumn(column.name, types[index]!, column.nullable), expression };
  });
  const projected = { kind: "project", input: plan, columns: cast, output: cast.map(({ column }) => column) } as const;
  const nullable = values.some((value) => value.nullable) || columns.some((column) => column.nullable);
  return { kind: "subquery", form: "in", plan: projected, values: values.map((value, index) => converted(value, types[index]!)), type: booleanType, nullable };
}

function resolveUserFunction(call: UserFunction, context: ExpressionContext): ResolvedExpression {
  const args = call.arguments.map((argument, index) => convertArgument(call, resolveIn(context, argument), index));
  const { id, name, type, deterministic, vectorized, asynchronous } = call;
  return { kind: "user function", id, name, arguments: args, type, nullable: true, deterministic, vectorized, asynchronous };
}

function convertArgument(call: UserFunction, argument: ResolvedExpression, index: number): ResolvedExpression {
  const target: DataType = call.parameters[index] ?? argument.type;
  if (canCast(argument.type, target, "ansi")) return converted(argument, target);
  throw unexpectedInputType(prettyText(call), index, prettyText(call.arguments[index]!), `"${target.kind.toUpperCase()}"`, argument.type);
}

/** A condition that must be boolean: filters, joins, having. */
export function resolveCondition(expression: Expression, context: ExpressionContext): ResolvedExpression {
  const resolved = resolveIn(context, expression);
  if (resolved.type.kind !== "boolean" && resolved.type.kind !== "void") throw notBoolean(prettyText(expression), resolved.type);
  return converted(resolved, booleanType);
}
