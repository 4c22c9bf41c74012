/** Generators in the select list of groups: what they read is aggregated, and each group becomes rows above. */
import type { Alias, Call, Expression } from "../../plan/expression.ts";
import type { OutputColumn } from "../../plan/resolved.ts";
import { isRelation, someNode } from "../../plan/rewrite.ts";
import type { Analysed } from "../context.ts";
import { misplaced } from "../errors.ts";
import { callsOf, isGenerator } from "../found-calls.ts";
import { prettyText, withoutAlias } from "../names.ts";

type Item = OutputColumn | Expression;

/**
 * Groups with what a generator reads, and the select list above them. Spark: `ExtractGenerator`.
 *
 * @param items - the select list
 * @param at - where the generator is in it
 * @param group - analyses the aggregation with a select list; its columns are the last ones
 * @throws AnalysisError `UNSUPPORTED_GENERATOR.MULTI_GENERATOR` for a second generator
 */
export function groupsBelow<T extends Item>(
  items: readonly T[],
  at: number,
  group: (items: readonly (T | Expression)[]) => Analysed,
): { readonly grouped: Analysed; readonly wanted: readonly Item[] } {
  rejectSecond(items);
  const source = items[at] as Expression;
  const { above, below } = divided(withoutAlias(source) as Call);
  const grouped = group([...items.slice(0, at), ...below, ...items.slice(at + 1)]);
  const columns = grouped.scope.columns.map(({ column }) => column);
  const start = columns.length - (items.length - 1 + below.length) + at;
  const generator = source.kind === "alias" ? { ...source, input: above } : above;
  return { grouped, wanted: [...columns.slice(0, start), generator, ...columns.slice(start + below.length)] };
}

/** A generator over names, and what has these names below it; constants stay where they are. */
function divided(generator: Call): { readonly above: Call; readonly below: readonly Alias[] } {
  const below: Alias[] = [];
  const names = generator.arguments.map((argument): Expression => {
    if (!someNode(argument, isOfRow)) return argument;
    const name = `_gen_input_${below.length}`;
    below.push({ kind: "alias", input: argument, names: [name] });
    return { kind: "attribute", name: [name] };
  });
  return { above: { ...generator, arguments: names }, below };
}

const isOfRow: Parameters<typeof someNode>[1] = (node) =>
  isRelation(node) || node.kind === "attribute" || callsOf(node, "aggregate").length > 0;

function rejectSecond(items: readonly Item[]): void {
  const found = items.filter((item): item is Expression => "kind" in item && isGenerator(item));
  if (found.length < 2) return;
  const generators = found.map((item) => `"${prettyText(withoutAlias(item))}"`).join(", ");
  throw misplaced(
    "UNSUPPORTED_GENERATOR.MULTI_GENERATOR",
    "42K0E",
    `The generator is not supported: only one generator allowed per SELECT clause but found ${found.length}: ${generators}`,
    "Select the second generator's column in a second select.",
    { num: String(found.length), generators },
  );
}
