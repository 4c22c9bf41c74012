/** `table_changes('sales', 3, 7)`: the change feed of a table. */
import { nameParts } from "../../functions/column-name.ts";
import type { Expression } from "../../plan/expression.ts";
import type { Options, RelationChanges } from "../../plan/relation.ts";

/** How the functions name a table. */
const namings: Readonly<Record<string, (text: string) => readonly string[]>> = {
  table_changes: nameParts,
  table_changes_by_path: (path) => ["delta", path],
};

/**
 * The changes that a call of a table function means; undefined for other functions, and for arguments that are not constants.
 *
 * @param args - the table, the first and perhaps the last version or time
 */
export function tableChanges(
  name: readonly string[],
  args: readonly Expression[],
): Omit<RelationChanges, "origin"> | undefined {
  const naming = name.length === 1 ? namings[name[0]!.toLowerCase()] : undefined;
  const [table, from, to, ...more] = args.map(constantOf);
  if (naming === undefined || typeof table !== "string" || from === undefined || more.length > 0) return undefined;
  if (args.length === 3 && to === undefined) return undefined;
  const options: Options = { ...bound("starting", from), ...(to === undefined ? {} : bound("ending", to)) };
  return { kind: "relation changes", name: naming(table), options, isStreaming: false };
}

const constantOf = (expression: Expression): unknown =>
  expression.kind === "literal" && expression.value !== null ? expression.value : undefined;

// Numbers are versions, texts are times.
const bound = (end: "starting" | "ending", value: unknown): Options =>
  typeof value === "string" ? { [`${end}timestamp`]: value } : { [`${end}version`]: String(value) };
