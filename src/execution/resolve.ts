/** Finding out about the leaves of a plan: files and schemas of sources, plans of views and tables, values of pivots. */
import type { LeafResolution, Leaves } from "../analyzer/context.ts";
import { catalogName, shownWhole } from "../catalogue/errors.ts";
import type { CatalogueRelation, ViewObject } from "../catalogue/objects.ts";
import type { Engine, EngineSettings, SourceDescription } from "../engine/engine.ts";
import { AnalysisError, isLakewrightError, UnsupportedError } from "../errors.ts";
import type { Literal } from "../plan/expression.ts";
import { originContext } from "../plan/node.ts";
import type { CatalogueQuery, Options, Read, ReadTable, Relation, RelationChanges } from "../plan/relation.ts";
import type { Leaf } from "../plan/resolved.ts";
import { walk } from "../plan/rewrite.ts";
import type { Batch } from "../types/batch.ts";
import type { StructType } from "../types/data-type.ts";
import { quoted } from "../types/identifier.ts";
import { checkedValues, openValues } from "./open-values.ts";
import type { SessionCatalogue } from "./session-catalogue.ts";
import { settingsOfView } from "./settings.ts";
import { describeDelta, isDelta } from "./tables/delta/delta-source.ts";
import type { DeltaTables } from "./tables/delta/delta-tables.ts";
import { readOfPath } from "./tables/path-name.ts";
import { providerOf } from "./tables/providers.ts";
import { keptColumns, viewPlan } from "./view-plan.ts";

type LeafRelation = Read | ReadTable | RelationChanges | CatalogueQuery;

/** What one plan was resolved to. */
export interface Resolution extends Leaves {
  readonly sources: readonly Leaf[];
}

/** What the resolver asks of its session. */
export interface ResolverParts {
  readonly engine: Engine;
  readonly names: SessionCatalogue;
  readonly delta: DeltaTables;
  /** The plan with SQL functions replaced by their bodies, looked up in a namespace. */
  readonly expanded: (plan: Relation, namespace: string) => Promise<Relation>;
  /** What the catalogue says to a query. */
  readonly answer: (
    query: CatalogueQuery,
  ) => Promise<{ readonly schema: StructType; readonly batches: readonly Batch[] }>;
}

/** What plans are resolved with. */
export interface ResolverQuestions {
  readonly settings: EngineSettings;
  /** A plan's values: the rows of one column. */
  readonly ask: (plan: Relation) => Promise<readonly Literal[]>;
}

/** Where names of a plan are looked up: a view's in the namespace in which it was made. */
interface Place {
  readonly namespace: string;
  /** The views that lead here, outermost first. */
  readonly views: readonly string[];
}

interface Resolving {
  readonly settings: EngineSettings;
  readonly sources: Leaf[];
  readonly pending: { readonly plan: Relation; readonly place: Place }[];
  /** What the engine is finding out about the reads of the plan. */
  readonly described: ReadonlyMap<Read, Promise<SourceDescription>>;
}

/** Resolves plans for one session. Sources are looked at anew for each action, since files change. */
export class Resolver {
  readonly #parts: ResolverParts;

  constructor(parts: ResolverParts) {
    this.#parts = parts;
  }

  async resolve(plans: readonly Relation[], { settings, ask }: ResolverQuestions): Promise<Resolution> {
    const leaves = new Map<Relation, LeafResolution>();
    const sources: Leaf[] = [];
    const pivotValues = new Map<Relation, readonly Literal[]>();
    const place: Place = { namespace: this.#parts.names.current, views: [] };
    const pending = plans.map((plan) => ({ plan, place }));
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { plan, place: at } = next;
      const found = leavesOf(plan).filter((leaf) => !leaves.has(leaf));
      const described = this.#startDescribing(found, settings);
      const resolving = { settings, sources, pending, described };
      try {
        for (const leaf of found)
          if (!leaves.has(leaf)) leaves.set(leaf, await located(leaf, () => this.#resolveLeaf(leaf, at, resolving)));
      } finally {
        await Promise.allSettled(described.values());
      }
      for (const open of openValues(plan)) pivotValues.set(open.relation, checkedValues(open, await ask(open.ask)));
    }
    return { leaves, pivotValues, sources };
  }

  // All at once, since each asks the disk many times.
  #startDescribing(leaves: readonly LeafRelation[], settings: EngineSettings): Resolving["described"] {
    const described = new Map<Read, Promise<SourceDescription>>();
    for (const leaf of leaves) {
      if (leaf.kind !== "read" || described.has(leaf)) continue;
      const description = this.#described(leaf, settings);
      // Its error is told in its turn.
      description.catch(() => {});
      described.set(leaf, description);
    }
    return described;
  }

  async #described(read: Read, settings: EngineSettings): Promise<SourceDescription> {
    const { engine, delta } = this.#parts;
    const pinned = delta.pinnedSource(read);
    if (pinned !== undefined) return pinned;
    return isDelta(read) ? describeDelta(read, settings, delta) : engine.describe(read, settings);
  }

  #resolveLeaf(leaf: LeafRelation, place: Place, resolving: Resolving): Promise<LeafResolution> {
    switch (leaf.kind) {
      case "read":
        return this.#describe(leaf, resolving);
      case "read table":
        return this.#readTable(leaf, place, resolving);
      case "catalogue query":
        return this.#parts.answer(leaf).then((rows) => ({ is: "rows", ...rows }));
      case "relation changes":
        return this.#readTable({ ...leaf, kind: "read table", options: changeFeed(leaf) }, place, resolving);
    }
  }

  async #readTable(table: ReadTable, place: Place, { pending }: Resolving): Promise<LeafResolution> {
    const { name, options } = table;
    const { names, delta } = this.#parts;
    const pinned = delta.pinnedRead(table);
    if (pinned !== undefined) {
      pending.push({ plan: pinned, place });
      return { is: "table", plan: pinned, name };
    }
    const found = await names.find(name, place.namespace);
    if (found === undefined) {
      const plan = readOfPath(name, options);
      if (plan === undefined) throw await names.notFound(name, place.namespace, true);
      pending.push({ plan, place });
      return { is: "table", plan, name };
    }
    if (found.is === "temporary view") {
      const { plan: written, currentNamespace, settings } = found.view;
      checkPresent(name.map(quoted).join("."), options);
      const plan = await this.#parts.expanded(written, currentNamespace);
      pending.push({ plan, place: { ...place, namespace: currentNamespace } });
      return { is: "view", plan, name, settings: settingsOfView(settings) };
    }
    const { relation } = found;
    if (relation.kind === "view" || relation.provider !== "delta") checkPresent(shownWhole(relation), options);
    if (relation.kind === "view") return this.#view(relation, place, pending);
    const plan = await providerOf(relation.provider).scan(relation, options, names.catalogue.storage);
    pending.push({ plan, place });
    return { is: "table", plan, name: wholeName(relation) };
  }

  async #view(view: ViewObject, place: Place, pending: Resolving["pending"]): Promise<LeafResolution> {
    const views = [...place.views, shownWhole(view)];
    if (place.views.includes(views.at(-1)!)) throw recursive(views);
    const plan = await this.#parts.expanded(viewPlan(view), view.currentNamespace);
    pending.push({ plan, place: { namespace: view.currentNamespace, views } });
    const kept = keptColumns(view);
    const found = { is: "view", plan, name: wholeName(view), settings: settingsOfView(view.settings) } as const;
    return kept === undefined ? found : { ...found, kept };
  }

  async #describe(read: Read, { described, sources }: Resolving): Promise<LeafResolution> {
    const { leaf, metadataColumns } = await described.get(read)!;
    const source = { ...leaf, id: sources.length };
    sources.push(source);
    return { is: "source", leaf: source, metadataColumns };
  }
}

/** Options that ask for more than the present rows, and how Spark names them where a relation has no more. */
const pastOptions: Readonly<Record<string, (name: string) => readonly [condition: string, text: string]>> = {
  versionasof: (name) => ["TIME_TRAVEL", `Time travel on the relation: ${name}`],
  timestampasof: (name) => ["TIME_TRAVEL", `Time travel on the relation: ${name}`],
  readchangefeed: (name) => ["CHANGE_DATA_CAPTURE", `Change Data Capture (CDC) of the relation: ${name}`],
};

// To read the present rows instead would be a wrong answer.
function checkPresent(name: string, options: Options): void {
  const option = Object.keys(options).find((each) => each.toLowerCase() in pastOptions);
  if (option === undefined) return;
  const [condition, text] = pastOptions[option.toLowerCase()]!(name);
  throw new UnsupportedError(`The feature is not supported: ${text}`, {
    condition: `UNSUPPORTED_FEATURE.${condition}`,
    sqlState: "0A000",
    parameters: { relationId: name },
    hint: "Only Delta tables keep their versions: make the table USING delta, and name it itself where a view reads it.",
  });
}

const changeFeed = ({ options }: RelationChanges): RelationChanges["options"] => ({
  ...options,
  readchangefeed: "true",
});

const leafKinds: ReadonlySet<string> = new Set<LeafRelation["kind"]>([
  "read",
  "read table",
  "relation changes",
  "catalogue query",
]);

// The query that DESCRIBE QUERY asks about is analysed apart.
function leavesOf(plan: Relation): readonly LeafRelation[] {
  const found: LeafRelation[] = [];
  walk(plan, (node) => {
    if (leafKinds.has(node.kind)) found.push(node as LeafRelation);
    return node.kind !== "catalogue query";
  });
  return found;
}

async function located<Result>(relation: Relation, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (relation.origin !== undefined && isLakewrightError(error)) throw error.locate(originContext(relation.origin));
    throw error;
  }
}

const wholeName = ({ namespace, name }: CatalogueRelation): readonly string[] => [catalogName, namespace, name];

/** @param views - from the outermost to the one that was met before */
export const recursive = (views: readonly string[]): AnalysisError =>
  new AnalysisError(`Recursive view ${views.at(-1)} detected (cycle: ${views.join(" -> ")})`, {
    condition: "RECURSIVE_VIEW",
    sqlState: "42K0H",
    parameters: { viewIdent: views.at(-1)!, newPath: views.join(" -> ") },
    hint: "A view cannot read itself, neither at first nor at second hand.",
  });
