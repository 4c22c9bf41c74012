/** What a statement about rows has looked at, told to its transaction. */
import type { Expression } from "../../../plan/expression.ts";
import { rewriteExpressions, walk } from "../../../plan/rewrite.ts";
import type { StructType } from "../../../types/data-type.ts";
import type { CommandContext } from "../../commands/context.ts";
import { matchingPartitions } from "../matching-partitions.ts";
import type { OpenTable } from "../open-table.ts";
import { call, conjuncts } from "./expressions.ts";
import type { NumberedFiles } from "./numbered-files.ts";
import type { RowChange } from "./row-change.ts";
import type { TargetName } from "./target-rows.ts";

const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

/**
 * The part of a condition that is about partition columns of the table alone, with names that say nothing else; undefined
 * where there is none.
 *
 * @param source - the columns of the source, which names without a table may mean too
 */
export function partitionCondition(
  condition: Expression,
  { snapshot }: OpenTable,
  target: TargetName,
  source?: StructType,
): Expression | undefined {
  const { partitionColumns } = snapshot!.metadata;
  const columnOf = (name: readonly string[]): string | undefined => {
    const qualifier = name.slice(0, -1);
    const found = partitionColumns.find((each) => same(each, name.at(-1)!));
    if (qualifier.length === 0) return source?.fields.some((field) => same(field.name, name[0]!)) ? undefined : found;
    const own = target.alias === undefined ? target.name : [target.alias];
    const end = own.slice(-qualifier.length);
    return end.length === qualifier.length && end.every((part, index) => same(part, qualifier[index]!))
      ? found
      : undefined;
  };
  const parts = conjuncts(condition).filter((part) => isAbout(part, columnOf));
  if (parts.length === 0) return undefined;
  return rewriteExpressions(
    parts.reduce((left, right) => call("and", left, right)),
    (node) => (node.kind === "attribute" ? { kind: "attribute", name: [columnOf(node.name)!] } : node),
  );
}

function isAbout(condition: Expression, columnOf: (name: readonly string[]) => string | undefined): boolean {
  let isSimple = true;
  let named = 0;
  walk(condition, (node) => {
    if (node.kind === "attribute") {
      named += 1;
      if (node.planId !== undefined || columnOf(node.name) === undefined) isSimple = false;
    } else if (!simpleKinds.has(node.kind)) isSimple = false;
    return isSimple;
  });
  return isSimple && named > 0;
}

const simpleKinds: ReadonlySet<string> = new Set(["literal", "call", "cast", "attribute"]);

/** Tells the transaction of a table which files were read, and where further ones would have been. */
export async function tellReads(
  { table, target, condition, unmatched, source }: RowChange,
  files: NumberedFiles,
  context: CommandContext,
): Promise<void> {
  const { transaction } = table;
  transaction.readsFiles((await files.adds(files.looked)).values());
  const given = source === undefined ? undefined : await context.schemaOf(source);
  const asked = unmatched.length > 0 && source !== undefined ? undefined : condition;
  const about = asked === undefined ? undefined : partitionCondition(asked, table, target, given);
  if (about === undefined) {
    transaction.readsPartitions(() => true);
    return;
  }
  await matchingPartitions(table, about, context);
}
