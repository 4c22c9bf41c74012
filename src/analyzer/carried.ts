/** Metadata columns, such as `_metadata`, read above relations that do not give them: the relations come to. */
import type { OutputColumn, ResolvedExpression, ResolvedRelation } from "../plan/resolved.ts";
import { inputsOf, mapInputs, passed, resolvedChildren } from "../plan/resolved-rewrite.ts";
import { expressionsBelow, ownExpressions } from "../plan/resolved-walk.ts";

type Columns = ReadonlyMap<number, OutputColumn>;
type Ids = ReadonlySet<number>;
type Missing = Map<ResolvedRelation, Set<number>>;

/**
 * Plans whose relations pass on the metadata columns that something above them reads.
 *
 * @param roots - analysed plans, which keep the relations that they share
 * @param metadata - the metadata columns of their sources
 */
export function carryMetadata(
  roots: readonly ResolvedRelation[],
  metadata: readonly OutputColumn[],
): readonly ResolvedRelation[] {
  if (metadata.length === 0) return roots;
  // An outer join on the way makes a column nullable.
  const columns = new Map(metadata.map((column) => [column.id, { ...column, nullable: true }]));
  const missing = new Search(columns).missingIn(roots);
  return missing.size === 0 ? roots : widenedBy(missing, columns, roots);
}

// Above these a metadata column is none of the input's any more.
const ending: ReadonlySet<ResolvedRelation["kind"]> = new Set([
  "aggregate",
  "set operation",
  "stage",
  "recursion",
  "cached",
]);

class Search {
  readonly #metadata: Columns;
  readonly #missing: Missing = new Map();
  readonly #asked = new Map<ResolvedRelation, Set<number>>();
  readonly #given = new Map<ResolvedRelation, Ids>();

  constructor(metadata: Columns) {
    this.#metadata = metadata;
  }

  missingIn(roots: readonly ResolvedRelation[]): Missing {
    for (const root of roots) this.#ask(root, new Set());
    return this.#missing;
  }

  #ask(relation: ResolvedRelation, wanted: Ids): void {
    const asked = this.#asked.get(relation);
    const known = asked ?? new Set<number>();
    if (asked !== undefined && [...wanted].every((id) => known.has(id))) return;
    for (const id of wanted) known.add(id);
    this.#asked.set(relation, known);
    if (relation.kind !== "scan") this.#note(relation, wanted);
    const below = new Set(ending.has(relation.kind) ? [] : wanted);
    for (const expression of readersIn(relation)) this.#read(expression, below);
    for (const input of inputsOf(relation))
      this.#ask(input, new Set([...below].filter((id) => this.#gives(input, id))));
  }

  #note(relation: ResolvedRelation, wanted: Ids): void {
    const own = new Set(relation.output.map(({ id }) => id));
    const lost = [...wanted].filter((id) => !own.has(id));
    if (lost.length > 0) this.#missing.set(relation, new Set([...(this.#missing.get(relation) ?? []), ...lost]));
  }

  #read(expression: ResolvedExpression, ids: Set<number>): void {
    if (expression.kind === "column" && this.#metadata.has(expression.id)) ids.add(expression.id);
    if (expression.kind === "subquery") for (const { id } of expression.outer) if (this.#metadata.has(id)) ids.add(id);
    for (const child of resolvedChildren(expression)) this.#read(child, ids);
  }

  #gives(relation: ResolvedRelation, id: number): boolean {
    const known = this.#given.get(relation) ?? this.#givenBy(relation);
    this.#given.set(relation, known);
    return known.has(id);
  }

  #givenBy(relation: ResolvedRelation): Ids {
    const own = relation.kind === "scan" ? [...relation.output, ...(relation.hidden ?? [])] : relation.output;
    const ids = new Set(own.map(({ id }) => id).filter((id) => this.#metadata.has(id)));
    if (ending.has(relation.kind)) return ids;
    for (const input of inputsOf(relation))
      for (const id of this.#metadata.keys()) if (this.#gives(input, id)) ids.add(id);
    return ids;
  }
}

// The right side of a lateral join reads columns of the left.
const readersIn = (relation: ResolvedRelation): readonly ResolvedExpression[] =>
  relation.kind === "join" && relation.lateral
    ? [...ownExpressions(relation), ...expressionsBelow(relation.right)]
    : ownExpressions(relation);

function widenedBy(
  missing: Missing,
  metadata: Columns,
  roots: readonly ResolvedRelation[],
): readonly ResolvedRelation[] {
  const done = new Map<ResolvedRelation, ResolvedRelation>();
  const change = (relation: ResolvedRelation): ResolvedRelation => {
    const known = done.get(relation);
    if (known !== undefined) return known;
    const below = inputChange(relation);
    const same = inputsOf(relation).every((input) => below(input) === input);
    const rebuilt = same ? relation : mapInputs(relation, below);
    const ids = new Set([...(missing.get(relation) ?? []), ...passedThrough(rebuilt, metadata)]);
    const changed = withColumns(rebuilt, columnsOf(ids));
    done.set(relation, changed);
    return changed;
  };
  const asBefore = (relation: ResolvedRelation): ResolvedRelation => narrowed(change(relation), relation.output);
  // Sets and stages take columns by position; some others take just those that their input says it has.
  const inputChange = (relation: ResolvedRelation): ((input: ResolvedRelation) => ResolvedRelation) => {
    if (relation.kind !== "aggregate" && ending.has(relation.kind)) return asBefore;
    const isListed = relation.kind === "distinct" || relation.kind === "generate";
    const ids = missing.get(relation);
    return isListed && ids !== undefined ? (input) => listed(change(input), columnsOf(ids)) : change;
  };
  const columnsOf = (ids: Ids): readonly OutputColumn[] => [...ids].map((id) => metadata.get(id)!);
  return roots.map(asBefore);
}

/** What relations without a list of columns give of their inputs' metadata columns and do not say so. */
function passedThrough(relation: ResolvedRelation, metadata: Columns): readonly number[] {
  if (relation.kind === "project" || ending.has(relation.kind)) return [];
  const isLeftOnly = relation.kind === "join" && (relation.type === "left semi" || relation.type === "left anti");
  const own = new Set(relation.output.map(({ id }) => id));
  return (isLeftOnly ? [relation.left] : inputsOf(relation))
    .flatMap(({ output }) => output.map(({ id }) => id))
    .filter((id) => metadata.has(id) && !own.has(id));
}

function withColumns(relation: ResolvedRelation, added: readonly OutputColumn[]): ResolvedRelation {
  if (added.length === 0) return relation;
  const output = [...relation.output, ...added];
  return relation.kind === "project"
    ? { ...relation, columns: [...relation.columns, ...passed(added)], output }
    : { ...relation, output };
}

function narrowed(relation: ResolvedRelation, output: readonly OutputColumn[]): ResolvedRelation {
  if (relation.output.length === output.length) return relation;
  return { kind: "project", input: relation, columns: passed(output), output };
}

function listed(relation: ResolvedRelation, added: readonly OutputColumn[]): ResolvedRelation {
  if (relation.kind !== "scan") return relation;
  const output = [...relation.output, ...added];
  return { kind: "project", input: relation, columns: passed(output), output };
}
