/** Generators as DuckDB SQL: lists unnested beside the input's columns. */
import type { OutputColumn, ResolvedGenerate } from "../../../plan/resolved.ts";
import type { DataType } from "../../../types/data-type.ts";
import { duckType, structFieldName } from "../duck-type.ts";
import { columnName } from "../sql-text.ts";
import type { CompileContext } from "./context.ts";
import { compileExpression } from "./expression.ts";

/** The list that a generator unnests; each element is a struct `{v0, v1, …}` of the generated columns. */
type ToList = (args: readonly string[], types: readonly DataType[], width: number, context: CompileContext) => string;

const elements: ToList = ([list], [type]) =>
  type?.kind === "map"
    ? `list_transform(map_entries(${list}), lambda e: {v0: e.key, v1: e.value})`
    : `list_transform(${list}, lambda e: {v0: e})`;

const positioned: ToList = ([list], [type]) =>
  type?.kind === "map"
    ? `list_transform(map_entries(${list}), lambda e, i: {v0: (i - 1)::INTEGER, v1: e.key, v2: e.value})`
    : `list_transform(${list}, lambda e, i: {v0: (i - 1)::INTEGER, v1: e})`;

const fields: ToList = ([list], _, width) =>
  `list_transform(${list}, lambda e: {${Array.from({ length: width }, (_value, at) => `v${at}: (e).${structFieldName(at)}`).join(", ")}})`;

/** The fields of the objects that are texts: one row each. */
const tuple: ToList = ([text, ...names], _types, width, context) => {
  const values = context.kernel("json_tuple", [text!, `[${names.join(", ")}]::VARCHAR[]`]);
  return `list_transform([${values}], lambda e: {${Array.from({ length: width }, (_value, at) => `v${at}: e[${at + 1}]`).join(", ")}})`;
};

/** Position, name and value of what each variant holds. */
const variantEntries: ToList = ([value], _types, _width, context) =>
  `list_transform(${context.kernel("variant_entries", [value!])}, lambda e: {v0: e.f0, v1: e.f1, v2: e.f2})`;

const lists: Readonly<Record<string, ToList>> = {
  explode: elements,
  posexplode: positioned,
  inline: fields,
  json_tuple: tuple,
  variant_explode: variantEntries,
};

/** The SELECT of a generator over `input`. */
export function compileGenerate(
  { generator, generated, outer, input }: ResolvedGenerate,
  from: string,
  context: CompileContext,
): string {
  const args = generator.arguments.map((argument) => compileExpression(argument, context));
  if (generator.name === "stack") return `SELECT *, ${stacked(args, generated).join(", ")} FROM ${from}`;
  const toList = lists[generator.name.replace(/_outer$/, "")]!;
  const list = toList(
    args,
    generator.arguments.map(({ type }) => type),
    generated.length,
    context,
  );
  // An empty or null list still gives a row of nulls to an outer generator.
  const unnested = outer ? `CASE WHEN len(${list}) > 0 THEN ${list} ELSE [NULL] END` : list;
  const inner = `SELECT *, unnest(${unnested}) AS element FROM ${from}`;
  const kept = input.output.map(({ id }) => columnName(id));
  const made = generated.map(({ id, type }, at) => `((element).v${at})::${duckType(type)} AS ${columnName(id)}`);
  return `SELECT ${[...kept, ...made].join(", ")} FROM (${inner})`;
}

/** Rows that are dealt out, a list a column: lists side by side are unnested together, and may be as many as columns are. */
function stacked([count, ...values]: readonly string[], generated: readonly OutputColumn[]): readonly string[] {
  const rows = Number(/\d+/.exec(count!)![0]);
  return generated.map(({ id, type }, at) => {
    const cells = Array.from({ length: rows }, (_, row) => values[row * generated.length + at] ?? "NULL");
    return `unnest([${cells.join(", ")}]::${duckType(type)}[]) AS ${columnName(id)}`;
  });
}
