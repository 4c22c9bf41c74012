/** A look at plans before they are sent: what is certain is told at once, mistakes and schemas; everything else is the server's to say. */
import { analyze } from "../../analyzer/analyze.ts";
import type { LeafResolution } from "../../analyzer/context.ts";
import { isLakewrightError } from "../../errors.ts";
import type { Read, ReadTable, Relation } from "../../plan/relation.ts";
import type { ResolvedRelation } from "../../plan/resolved.ts";
import { someNode, walk } from "../../plan/rewrite.ts";
import { type StructType, structField, structType } from "../../types/data-type.ts";

/** Mistakes that no function, type or setting of a server can mend: names of columns that there are not. */
const certain: ReadonlySet<string> = new Set([
  "UNRESOLVED_COLUMN.WITH_SUGGESTION",
  "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION",
]);

type Leaf = Read | ReadTable;
type SchemaOf = (leaf: Relation) => Promise<StructType>;

/** Leaves are asked for once a relation object, and anew after commands, which may change tables. */
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
   * @returns the schema; undefined where only the server knows it
   * @throws AnalysisError `UNRESOLVED_COLUMN` as the embedded engine tells it
   */
  async check(plan: Relation, timeZone: string): Promise<StructType | undefined> {
    const leaves = leavesOf(plan);
    if (leaves === undefined) return undefined;
    const first = await this.#analysed(plan, leaves, timeZone);
    if (!isMistake(first)) return schemaOf(plan, first);
    // Tables may have got other columns since they were asked for.
    this.forget();
    const second = await this.#analysed(plan, leaves, timeZone);
    if (isMistake(second)) throw second;
    return schemaOf(plan, second);
  }

  /** The schema of a leaf, as the server told it. */
  async leaf(leaf: Leaf): Promise<StructType> {
    const schema = this.#schemas.get(leaf) ?? (await this.#schemaOf(leaf));
    this.#schemas.set(leaf, schema);
    return schema;
  }

  /** Forgets what the server told of tables and files. */
  forget(): void {
    this.#schemas = new WeakMap();
  }

  async #analysed(plan: Relation, leaves: readonly Leaf[], timeZone: string): Promise<ResolvedRelation | Error> {
    try {
      const known = new Map<Relation, LeafResolution>();
      for (const leaf of leaves) known.set(leaf, resolutionOf(leaf, await this.leaf(leaf)));
      const settings = { caseSensitive: false, timeZone, timeType: false, ansi: true, sizeOfNull: false };
      return analyze(plan, { leaves: known, pivotValues: new Map() }, settings);
    } catch (error) {
      return error as Error;
    }
  }
}

const isMistake = (found: ResolvedRelation | Error): found is Error =>
  isLakewrightError(found) && certain.has(found.condition ?? "");

/** Whether a plan is one of which the server is asked. */
export const isLeaf = (plan: Relation): plan is Leaf => plan.kind === "read" || plan.kind === "read table";

function schemaOf(plan: Relation, found: ResolvedRelation | Error): StructType | undefined {
  if (found instanceof Error || someNode(plan, ({ kind }) => servers.has(kind))) return undefined;
  return structType(
    found.output.map(({ name, type, nullable, metadata }) => structField(name, type, nullable, metadata)),
  );
}

/** What has a schema that the server alone gives, or none there, since it is refused. */
const servers: ReadonlySet<string> = new Set([
  "user function",
  "user table function",
  "user table function relation",
  "map batches",
  "apply to groups",
  "apply to cogroups",
  "apply with state",
  "with watermark",
  "observe",
]);

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
    if (isLeaf(node as Relation)) leaves.push(node as Leaf);
    return isPlain;
  });
  return isPlain ? leaves : undefined;
}

/** Relations whose columns only the server knows, some by their rows, and variables. */
const opaque: ReadonlySet<string> = new Set([
  "relation changes",
  "catalogue query",
  "cached remote relation",
  "cached local relation",
  "table function",
  "sql text",
  "metadata attribute",
  "variable",
  "transpose",
  "crosstab",
  "show string",
  "explain",
]);

const namesMetadata = (node: { readonly kind: string }): boolean =>
  "name" in node && Array.isArray(node.name) && node.name.some((part) => /^_metadata$/i.test(String(part)));
