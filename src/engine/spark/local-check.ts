/** A look at plans before they are sent: what is certain to be wrong is told at once, everything else is the server's to say. */
import { analyze } from "../../analyzer/analyze.ts";
import type { LeafResolution } from "../../analyzer/context.ts";
import { isLakewrightError } from "../../errors.ts";
import type { Read, ReadTable, Relation } from "../../plan/relation.ts";
import { walk } from "../../plan/rewrite.ts";
import type { StructType } from "../../types/data-type.ts";

/** Mistakes that no function, type or setting of a server can mend: names of columns that there are not. */
const certain: ReadonlySet<string> = new Set([
  "UNRESOLVED_COLUMN.WITH_SUGGESTION",
  "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION",
]);

type Leaf = Read | ReadTable;
type SchemaOf = (leaf: Relation) => Promise<StructType>;

/** Leaves are asked for once a relation object. */
export class LocalCheck {
  readonly #schemaOf: SchemaOf;
  #schemas = new WeakMap<Relation, StructType>();

  /** @param schemaOf - asks the server */
  constructor(schemaOf: SchemaOf) {
    this.#schemaOf = schemaOf;
  }

  /**
   * Looks for a certain mistake.
   *
   * @throws AnalysisError `UNRESOLVED_COLUMN` as the embedded engine tells it
   */
  async check(plan: Relation, timeZone: string): Promise<void> {
    const leaves = leavesOf(plan);
    if (leaves === undefined || (await this.#mistakeIn(plan, leaves, timeZone)) === undefined) return;
    // Tables may have got other columns since they were asked for.
    this.#schemas = new WeakMap();
    const mistake = await this.#mistakeIn(plan, leaves, timeZone);
    if (mistake !== undefined) throw mistake;
  }

  async #mistakeIn(plan: Relation, leaves: readonly Leaf[], timeZone: string): Promise<Error | undefined> {
    try {
      const known = new Map<Relation, LeafResolution>();
      for (const leaf of leaves) known.set(leaf, resolutionOf(leaf, await this.#known(leaf)));
      const settings = { caseSensitive: false, timeZone, timeType: true, ansi: true, sizeOfNull: false };
      analyze(plan, { leaves: known, pivotValues: new Map() }, settings);
    } catch (error) {
      if (isLakewrightError(error) && certain.has(error.condition ?? "")) return error;
    }
    return undefined;
  }

  async #known(leaf: Leaf): Promise<StructType> {
    const schema = this.#schemas.get(leaf) ?? (await this.#schemaOf(leaf));
    this.#schemas.set(leaf, schema);
    return schema;
  }
}

function resolutionOf(leaf: Leaf, schema: StructType): LeafResolution {
  if (leaf.kind === "read") return { is: "rows", schema, batches: [] };
  return { is: "table", plan: { kind: "local relation", schema, batches: [] }, name: leaf.name };
}

/** What a plan reads; undefined for plans whose names may mean more than columns of these, as those of SQL text. */
function leavesOf(plan: Relation): readonly Leaf[] | undefined {
  const leaves: Leaf[] = [];
  let isPlain = true;
  walk(plan, (node) => {
    isPlain &&= !opaque.has(node.kind) && (node as Relation).written === undefined && !namesMetadata(node);
    if (node.kind === "read" || node.kind === "read table") leaves.push(node);
    return isPlain;
  });
  return isPlain ? leaves : undefined;
}

/** Leaves whose columns only the server knows, and variables. */
const opaque: ReadonlySet<string> = new Set([
  "relation changes",
  "catalogue query",
  "cached remote relation",
  "cached local relation",
  "table function",
  "sql text",
  "metadata attribute",
  "variable",
]);

const namesMetadata = (node: { readonly kind: string }): boolean =>
  "name" in node && Array.isArray(node.name) && node.name.some((part) => /^_metadata$/i.test(String(part)));
