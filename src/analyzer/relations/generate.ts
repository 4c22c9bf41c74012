/** Generators: several rows, or columns, of one row. */
import { generatorColumns } from "../../functions/generator-columns.ts";
import type { Expression } from "../../plan/expression.ts";
import type { Generate } from "../../plan/relation.ts";
import type { OutputColumn, ResolvedExpression, ResolvedGenerate, ResolvedRelation } from "../../plan/resolved.ts";
import { intType } from "../../types/data-type.ts";
import type { Analysed } from "../context.ts";
import { constant } from "../conversion.ts";
import { rejectSubqueriesIn } from "../correlation.ts";
import { misplaced } from "../errors.ts";
import { prettyText } from "../names.ts";
import { type RelationContext, resolveOver } from "../relation-context.ts";
import { applyFunction } from "../resolve-call.ts";

interface GeneratorNames {
  readonly names: readonly string[] | undefined;
  readonly qualifier: readonly string[];
  readonly outer: boolean;
}

export function analyseGenerate(
  { input, generator, outer, name, columns }: Generate,
  context: RelationContext,
): Analysed {
  const names = columns.length > 0 ? columns : undefined;
  const qualifier = name === undefined ? [] : [name];
  return generateRows(context.input(input), generator, { names, qualifier, outer }, context).analysed;
}

/** The input's columns and those of a generator over it. */
export function generateRows(
  input: Analysed,
  source: Expression,
  { names, qualifier, outer }: GeneratorNames,
  context: RelationContext,
): { readonly analysed: Analysed; readonly generated: readonly OutputColumn[] } {
  const call = resolveOver(context, input.scope, source);
  if (call.kind !== "call")
    throw misplaced(
      "UNSUPPORTED_GENERATOR",
      "42K0E",
      `The expression ${prettyText(source)} does not generate rows`,
      "Use explode(…), posexplode(…), inline(…) or stack(…).",
    );
  rejectSubqueriesIn("Generate", [call]);
  const own = generatorColumns(
    call.name,
    call.arguments.map(({ type }) => type),
    call.arguments.map((argument) => (argument.kind === "constant" ? argument.value : undefined)),
  );
  if (names !== undefined && names.length !== own.length) {
    throw misplaced(
      "UDTF_ALIAS_NUMBER_MISMATCH",
      "42802",
      `The number of aliases supplied in the AS clause does not match the number of columns output by the UDTF. Expected ${own.length} aliases, but got ${names.join(",")}`,
      `Give ${own.length} names.`,
      { aliasesSize: String(own.length), aliasesNames: names.join(",") },
    );
  }
  const nullable = outer || call.name.endsWith("_outer");
  const generated = own.map((column, index) =>
    context.analysis.newColumn(names?.[index] ?? column.name, column.type, column.nullable || nullable),
  );
  const relation: ResolvedGenerate = {
    kind: "generate",
    input: input.relation,
    generator: call,
    generated,
    outer: nullable,
    output: [...input.relation.output, ...generated],
  };
  const columns = [...input.scope.columns, ...generated.map((column) => ({ column, qualifier }))];
  return { analysed: { relation, scope: { columns, hidden: input.scope.hidden } }, generated };
}

/** The columns of `input` beside those of `rows`, which each of its rows becomes. */
export function stacked(
  input: ResolvedRelation,
  rows: readonly (readonly ResolvedExpression[])[],
  generated: readonly OutputColumn[],
): ResolvedGenerate {
  const generator = applyFunction("stack", [constant(intType, rows.length), ...rows.flat()]);
  return { kind: "generate", input, generator, generated, outer: false, output: [...input.output, ...generated] };
}
