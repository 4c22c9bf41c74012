/** Finding out about the leaves of a plan: files and schemas of sources, plans of views, values of pivots. */
import type { LeafResolution, Leaves } from "../analyzer/context.ts";
import type { Engine, EngineSettings } from "../engine/engine.ts";
import { AnalysisError, isLakewrightError, listed, nearest, UnsupportedError } from "../errors.ts";
import type { Literal } from "../plan/expression.ts";
import { originText } from "../plan/node.ts";
import type { Aggregate, Pivot, Read, ReadTable, Relation, RelationChanges } from "../plan/relation.ts";
import type { Leaf } from "../plan/resolved.ts";
import { isRelation, walk } from "../plan/rewrite.ts";
import type { Views } from "./views.ts";

type LeafRelation = Read | ReadTable | RelationChanges;

/** A pivot with more values than this is refused, as in Spark. */
const pivotMaxValues = 10_000;

/** What one plan was resolved to. */
export interface Resolution extends Leaves {
  readonly sources: readonly Leaf[];
}

/** Asks a plan's values: the rows of one column. */
export type AskValues = (plan: Relation) => Promise<readonly Literal[]>;

/** Resolves plans for one session. Sources are looked at anew for each action, since files change. */
export class Resolver {
  readonly #engine: Engine;
  readonly #views: Views;
  readonly #ask: AskValues;

  constructor(engine: Engine, views: Views, ask: AskValues) {
    this.#engine = engine;
    this.#views = views;
    this.#ask = ask;
  }

  async resolve(
    plans: readonly Relation[],
    settings: EngineSettings,
    cached: (relation: Relation) => string | undefined,
  ): Promise<Resolution> {
    const leaves = new Map<Relation, LeafResolution>();
    const sources: Leaf[] = [];
    const pivotValues = new Map<Relation, readonly Literal[]>();
    const pending: Relation[] = [...plans];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      for (const leaf of leavesOf(next)) {
        if (leaves.has(leaf)) continue;
        const resolution = await located(leaf, () => this.#resolveLeaf(leaf, settings, sources));
        leaves.set(leaf, resolution);
        if (resolution.is === "view") pending.push(resolution.plan);
      }
      for (const pivot of openPivots(next)) pivotValues.set(pivot, await this.#valuesOf(pivot));
    }
    return { leaves, pivotValues, cached, sources };
  }

  async #resolveLeaf(leaf: LeafRelation, settings: EngineSettings, sources: Leaf[]): Promise<LeafResolution> {
    if (leaf.kind === "read") return this.#describe(leaf, settings, sources);
    if (leaf.kind === "relation changes") {
      throw new UnsupportedError("the changes of a table cannot be read yet");
    }
    const view = this.#views.find(leaf.name);
    if (view !== undefined) return { is: "view", plan: view, name: leaf.name };
    throw noSuchTable(leaf.name, this.#views.names);
  }

  async #describe(read: Read, settings: EngineSettings, sources: Leaf[]): Promise<LeafResolution> {
    const { leaf, metadataColumns } = await this.#engine.describe(read, settings);
    const source = { ...leaf, id: sources.length };
    sources.push(source);
    return { is: "source", leaf: source, metadataColumns };
  }

  async #valuesOf(aggregate: Aggregate & { readonly pivot: Pivot }): Promise<readonly Literal[]> {
    const column: Relation = {
      kind: "project",
      input: aggregate.input,
      expressions: [{ kind: "alias", input: aggregate.pivot.column, names: ["value"] }],
    };
    const distinct: Relation = { kind: "deduplicate", input: column, withinWatermark: false };
    const key = { kind: "attribute", name: ["value"] } as const;
    const sorted: Relation = {
      kind: "sort",
      input: distinct,
      order: [{ kind: "sort order", input: key, direction: "ascending", nulls: "first" }],
      global: true,
    };
    const values = await this.#ask({
      kind: "limit",
      input: sorted,
      count: { kind: "literal", type: { kind: "int" }, value: pivotMaxValues + 1 },
    });
    if (values.length <= pivotMaxValues) return values;
    throw new AnalysisError(
      `The pivot column has more than ${pivotMaxValues} distinct values, this could indicate an error`,
      {
        hint: "List the values: .pivot(column, [values]).",
      },
    );
  }
}

function leavesOf(plan: Relation): readonly LeafRelation[] {
  const found: LeafRelation[] = [];
  walk(plan, (node) => {
    if (node.kind === "read" || node.kind === "read table" || node.kind === "relation changes") found.push(node);
  });
  return found;
}

function openPivots(plan: Relation): readonly (Aggregate & { readonly pivot: Pivot })[] {
  const found: (Aggregate & { readonly pivot: Pivot })[] = [];
  walk(plan, (node) => {
    if (isRelation(node) && node.kind === "aggregate" && node.pivot !== undefined && node.pivot.values === undefined) {
      found.push(node as Aggregate & { readonly pivot: Pivot });
    }
  });
  return found;
}

async function located<Result>(relation: Relation, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (relation.origin !== undefined && isLakewrightError(error))
      throw error.locate({ origin: originText(relation.origin) });
    throw error;
  }
}

function noSuchTable(name: readonly string[], existing: readonly string[]): AnalysisError {
  const text = name.map((part) => `\`${part}\``).join(".");
  const near = nearest(name.at(-1)!, existing);
  return new AnalysisError(
    `The table or view ${text} cannot be found. Verify the spelling and correctness of the schema and catalog`,
    {
      condition: "TABLE_OR_VIEW_NOT_FOUND",
      sqlState: "42P01",
      parameters: { relationName: text },
      hint:
        near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `The views of this session are: ${listed(existing)}.`,
    },
  );
}
