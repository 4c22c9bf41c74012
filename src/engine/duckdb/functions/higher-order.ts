/** Functions of lambdas as DuckDB SQL. */
import type { OutputColumn, ResolvedExpression, ResolvedLambda } from "../../../plan/resolved.ts";
import { fingerprint, mapResolved, resolvedChildren } from "../../../plan/resolved-rewrite.ts";
import { type DataType, intType, structField, structType } from "../../../types/data-type.ts";
import { duckType, structFieldName } from "../duck-type.ts";
import { columnName, sqlError } from "../sql-text.ts";
import { sorted } from "./collection/arrays.ts";
import { entriesOf, mapOfEntries } from "./collection/maps.ts";
import { type Lowering, type LoweringContext, type Lowerings, strict, typed } from "./lowering.ts";
import { reused } from "./reuse.ts";

const lambdaAt = ({ call }: LoweringContext, index: number): ResolvedLambda => call.arguments[index] as ResolvedLambda;

/** An expression with other expressions in place of columns. */
function replaced(expression: ResolvedExpression, by: ReadonlyMap<number, ResolvedExpression>): ResolvedExpression {
  const found = expression.kind === "column" ? by.get(expression.id) : undefined;
  return found ?? mapResolved(expression, (child) => replaced(child, by));
}

// Lambdas count from 0 in Spark and from 1 in DuckDB.
function indexed(lambda: ResolvedLambda, { compile }: LoweringContext): string {
  const index = lambda.parameters[1];
  if (index === undefined) return compile(lambda);
  const column: ResolvedExpression = { kind: "column", id: index.id, type: intType, nullable: false };
  const one: ResolvedExpression = { kind: "constant", value: 1, type: intType, nullable: false };
  const less: ResolvedExpression = {
    kind: "call",
    name: "-",
    arguments: [column, one],
    type: intType,
    nullable: false,
    deterministic: true,
  };
  return compile({ ...lambda, body: replaced(lambda.body, new Map([[index.id, less]])) });
}

/** A lambda over structs whose fields are the parameters of another; `make` says what it gives of the other's value. */
function overStruct(
  lambda: ResolvedLambda,
  { compile }: LoweringContext,
  make: (body: ResolvedExpression, field: (index: number) => ResolvedExpression) => ResolvedExpression = (body) => body,
): string {
  const [first] = lambda.parameters as readonly [OutputColumn, ...OutputColumn[]];
  const type = structType(
    lambda.parameters.map((parameter, index) => structField(structFieldName(index), parameter.type, true)),
  );
  const whole: ResolvedExpression = { kind: "column", id: first.id, type, nullable: false };
  const field = (index: number): ResolvedExpression => ({
    kind: "field",
    input: whole,
    index,
    type: lambda.parameters[index]!.type,
    nullable: true,
  });
  const fields = new Map(lambda.parameters.map(({ id }, index) => [id, field(index)]));
  const body = make(replaced(lambda.body, fields), field);
  return compile({ ...lambda, parameters: [{ ...first, type, nullable: false }], body });
}

const pair = (first: ResolvedExpression, second: ResolvedExpression): ResolvedExpression => {
  const fields = [first, second];
  const type = structType(fields.map((each, index) => structField(structFieldName(index), each.type, each.nullable)));
  return { kind: "struct", fields, type, nullable: false };
};

const transform: Lowering = ([list], context) => `list_transform(${list}, ${indexed(lambdaAt(context, 1), context)})`;
const filter: Lowering = ([list], context) => `list_filter(${list}, ${indexed(lambdaAt(context, 1), context)})`;

/** Whether any or all elements pass, unknown where that hangs on a null. */
const quantified =
  (decisive: boolean): Lowering =>
  ([list], context) => {
    const results = `list_transform(${list}, ${context.compileApart(lambdaAt(context, 1))})`;
    return reused([results], ([values]) => {
      const unknown = `list_position(${values}, NULL::BOOLEAN) IS NOT NULL`;
      return `CASE WHEN ${values} IS NULL THEN NULL WHEN list_contains(${values}, ${decisive}) THEN ${decisive} WHEN ${unknown} THEN NULL ELSE ${!decisive} END`;
    });
  };

/** What a lambda reads besides its parameters: columns, and fields of structs that are columns. */
function capturedBy({ parameters, body }: ResolvedLambda): readonly ResolvedExpression[] {
  const found = new Map<string, ResolvedExpression>();
  const visit = (expression: ResolvedExpression, own: ReadonlySet<number>): void => {
    const inner = expression.kind === "field" ? expression.input : expression;
    if (inner.kind === "column") {
      if (!own.has(inner.id)) found.set(fingerprint(expression), expression);
      return;
    }
    const added = expression.kind === "lambda" ? expression.parameters.map(({ id }) => id) : [];
    for (const child of resolvedChildren(expression))
      visit(child, added.length === 0 ? own : new Set([...own, ...added]));
  };
  visit(body, new Set(parameters.map(({ id }) => id)));
  return [...found.values()];
}

// DuckDB's accumulator has the type of the elements: a struct of both serves for any. What the lambda reads of the row goes
// along in each element, since DuckDB reads it of other rows where lists differ in length.
const aggregate: Lowering = ([list, start], context) => {
  const merge = lambdaAt(context, 2);
  const captured = capturedBy(merge);
  const types = [merge.type, merge.parameters[1]!.type, ...captured.map(({ type }) => type)];
  const struct = (...values: readonly string[]): string =>
    `{${types.map((type, at) => `${structFieldName(at)}: ${values[at] ?? `NULL::${duckType(type)}`}`).join(", ")}}`;
  const [total, item] = merge.parameters.map(({ id }) => columnName(id)) as [string, string];
  const body = context.compileApart(overElements(merge, captured));
  const none = `NULL::${duckType(merge.type)}`;
  const items = `list_transform(${list}, lambda e: ${struct(none, "e", ...captured.map(context.compile))})`;
  const step = `lambda ${total}, ${item}: ${struct(body)}`;
  const result = `(list_reduce(${items}, ${step}, ${struct(`(${start})::${duckType(merge.type)}`)})).f0`;
  if (context.call.arguments[3] === undefined) return result;
  const finish = lambdaAt(context, 3);
  return reused(
    [list!],
    ([values]) => `CASE WHEN ${values} IS NOT NULL THEN list_transform([${result}], ${context.compile(finish)})[1] END`,
  );
};

/** The body of a merge with its parameters, and what it reads besides, as fields of accumulator and element. */
function overElements(
  { parameters, body }: ResolvedLambda,
  captured: readonly ResolvedExpression[],
): ResolvedExpression {
  const [accumulator, element] = parameters as readonly [OutputColumn, OutputColumn];
  const field = (id: number, index: number, type: DataType): ResolvedExpression => ({
    kind: "field",
    index,
    type,
    nullable: true,
    input: { kind: "column", id, type: structType([]), nullable: false },
  });
  const places = new Map(
    captured.map((expression, at) => [fingerprint(expression), field(element.id, at + 2, expression.type)]),
  );
  const own = new Map([
    [accumulator.id, field(accumulator.id, 0, accumulator.type)],
    [element.id, field(element.id, 1, element.type)],
  ]);
  const replace = (expression: ResolvedExpression): ResolvedExpression => {
    const isRead = expression.kind === "column" || (expression.kind === "field" && expression.input.kind === "column");
    const place = isRead ? places.get(fingerprint(expression)) : undefined;
    return (
      place ?? (expression.kind === "column" ? own.get(expression.id) : undefined) ?? mapResolved(expression, replace)
    );
  };
  return replace(body);
}

// The place of an element is the number of those that come before it: any comparator gives one.
const sortedBy = (list: string, comparator: ResolvedLambda, context: LoweringContext): string => {
  const [left, right] = comparator.parameters as readonly [OutputColumn, OutputColumn];
  const compared = `coalesce(${context.compileApart(comparator.body)}, ${sqlError("COMPARATOR_RETURNS_NULL")})`;
  const before = `CASE WHEN j = i THEN false WHEN j < i THEN ${compared} <= 0 ELSE ${compared} < 0 END`;
  const place = `len(list_filter(${list}, lambda ${columnName(left.id)}, j: ${before}))`;
  const placed = `list_transform(${list}, lambda ${columnName(right.id)}, i: {f0: ${place}, f1: ${columnName(right.id)}})`;
  return `list_transform(list_sort(${placed}), lambda e: e.f1)`;
};

const arraySort: Lowering = ([list], context) =>
  reused([list!], ([values]) =>
    context.call.arguments[1] === undefined
      ? sorted(values!, context.types[0]!, "'ASC', 'NULLS LAST'")
      : sortedBy(values!, lambdaAt(context, 1), context),
  );

const zipWith: Lowering = ([left, right], context) =>
  reused([left!, right!], (lists) => {
    const pairs = `list_transform(range(1, greatest(len(${lists[0]}), len(${lists[1]})) + 1), lambda i: {f0: ${lists[0]}[i], f1: ${lists[1]}[i]})`;
    return strict(lists, `list_transform(${pairs}, ${overStruct(lambdaAt(context, 2), context)})`);
  });

const mapFilter: Lowering = ([map], context) =>
  `map_from_entries(list_filter(${entriesOf(map!)}, ${overStruct(lambdaAt(context, 1), context)}))`;

const mapChanged =
  (entry: Parameters<typeof overStruct>[2]): Lowering =>
  ([map], context) => {
    const change = overStruct(lambdaAt(context, 1), context, entry);
    return mapOfEntries(`list_transform(${entriesOf(map!)}, ${change})`, "f0", context);
  };

const mapZipWith: Lowering = ([left, right], context) =>
  reused([left!, right!], (maps) => {
    const [first, second] = maps.map((map) => `map_keys(${map})`) as [string, string];
    const keys = `list_concat(${first}, list_filter(${second}, lambda e: NOT list_contains(${first}, e)))`;
    const triples = `list_transform(${keys}, lambda e: {f0: e, f1: ${maps[0]}[e], f2: ${maps[1]}[e]})`;
    const entry = overStruct(lambdaAt(context, 2), context, (body, field) => pair(field(0), body));
    return strict(maps, `map_from_entries(list_transform(${triples}, ${entry}))`);
  });

/** By SQL name. */
export const higherOrderLowerings = {
  aggregate,
  array_sort: arraySort,
  exists: quantified(true),
  filter,
  forall: quantified(false),
  map_filter: typed(mapFilter),
  map_zip_with: typed(mapZipWith),
  transform,
  transform_keys: typed(mapChanged((body, field) => pair(body, field(1)))),
  transform_values: typed(mapChanged((body, field) => pair(field(0), body))),
  zip_with: zipWith,
} satisfies Lowerings<typeof import("../../../functions/higher-order.ts")>;
