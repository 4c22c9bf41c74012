import { ansiCoercion, type Coercion, legacyCoercion } from "../functions/type-coercion.ts";
import type { AnalysisSettings } from "../plan/analysis-settings.ts";
import type { Expression, Literal, UserFunction, UserTableFunction } from "../plan/expression.ts";
import type { Origin } from "../plan/node.ts";
import type { CommonTable, Relation } from "../plan/relation.ts";
import type { Leaf, OutputColumn, ResolvedExpression, ResolvedRelation } from "../plan/resolved.ts";
import { isRelation, walk } from "../plan/rewrite.ts";
import type { Batch } from "../types/batch.ts";
import { notedBounds } from "../types/bounded-text.ts";
import { holdsCollation } from "../types/collation.ts";
import type { DataType, StructType } from "../types/data-type.ts";
import type { Metadata } from "../types/metadata.ts";
import { exactCase, ignoringCase, type NameEquality, type Scope } from "./scope.ts";
import { inZone, outsideZone, relationInZone, type ZonedRelations } from "./zoned.ts";

/** What a leaf of the plan turned out to be: a source with a schema, a view or a table with a plan, or rows at hand. */
export type LeafResolution =
  | { readonly is: "source"; readonly leaf: Leaf; readonly metadataColumns?: readonly MetadataColumn[] }
  | { readonly is: "table"; readonly plan: Relation; readonly name: readonly string[] }
  | {
      readonly is: "view";
      readonly plan: Relation;
      readonly name: readonly string[];
      /** Those that the view was made with; the session's when absent. */
      readonly settings?: AnalysisSettings;
      /** The columns that must be there still, for a projection of them. */
      readonly kept?: KeptColumns;
    }
  | { readonly is: "rows"; readonly schema: StructType; readonly batches: readonly Batch[] };

/** What a view that lasts asks of its query, whose tables may have changed. */
export interface KeptColumns {
  /** The view as messages name it, and the statement that makes it anew. */
  readonly view: string;
  readonly remake: string;
  /** The names that the query gave its columns when the view was made. */
  readonly columns: readonly string[];
  /** The types that columns must become without losing anything; they may be of any type when absent. */
  readonly types?: readonly DataType[];
}

export interface MetadataColumn {
  readonly name: string;
  readonly type: DataType;
}

/** What `resolve` found out about the leaves of a plan, and the values of pivots without a list. */
export interface Leaves {
  readonly leaves: ReadonlyMap<Relation, LeafResolution>;
  readonly pivotValues: ReadonlyMap<Relation, readonly Literal[]>;
  /** The cache entry that holds a relation's rows, by the relation as it was written and as it was analysed. */
  readonly cached?: (relation: Relation, analysed: ResolvedRelation) => string | undefined;
  /** The value of a variable of the session; a column of that name comes before it. */
  readonly variable?: (name: readonly string[]) => Literal | undefined;
  /** The functions that the program has registered under names, in lower case. */
  readonly functions?: ReadonlyMap<string, UserFunction | UserTableFunction>;
}

/** A relation with the names that its columns answer to. */
export interface Analysed {
  readonly relation: ResolvedRelation;
  readonly scope: Scope;
  /** The names below a projection, which sorts and filters above it may still use. */
  readonly below?: { readonly input: Analysed };
}

/** What expressions meant when they were last resolved. */
export class Resolutions extends WeakMap<Expression, ResolvedExpression> {
  /** Names that mean an alias of the same select list. */
  readonly lateral = new WeakSet<Expression>();
  /** Names that mean a column of the query around, as Spark writes that. */
  readonly outer = new WeakMap<Expression, string>();
  /** The zone of the session, in which timestamps are written. */
  readonly timeZone: string;

  constructor(timeZone: string) {
    super();
    this.timeZone = timeZone;
  }
}

/** The settings of what is analysed, with those of the query that reads the view or calls the function which it is in. */
interface InForce {
  readonly settings: AnalysisSettings;
  readonly caller?: InForce;
}

/** What a relation became, under which settings. */
interface Kept {
  readonly analysed: Analysed;
  readonly settings: AnalysisSettings;
}

/** What one analysis carries along. */
export class AnalysisContext {
  readonly leaves: Leaves;
  /** Scopes by plan id: what `df.col("x")` may mean. A plan that is used twice has two. */
  readonly planScopes = new Map<number, Scope[]>();
  /** The metadata columns of the plan's sources, such as `_metadata`. */
  readonly metadata: OutputColumn[] = [];
  /** Common table expressions in sight, by name. */
  commonTables: ReadonlyMap<string, { readonly table: CommonTable; readonly analysed: Analysed }> = new Map();
  /** What expressions meant when they were last resolved, for the names made of them. */
  readonly resolutions: Resolutions;
  /** Whether a text of the plan has a collation. */
  hasCollations = false;
  /** The lengths of the columns of CHAR, by their ids. */
  readonly charLengths = new Map<number, number>();
  #inForce: InForce;
  readonly #zoned: ZonedRelations = new WeakMap();
  readonly #names: string[] = [];

  constructor(leaves: Leaves, settings: AnalysisSettings) {
    this.leaves = leaves;
    this.#inForce = { settings };
    this.resolutions = new Resolutions(settings.timeZone);
  }

  /** Those in force: the session's, or those of the view or function that is being analysed. */
  get settings(): AnalysisSettings {
    return this.#inForce.settings;
  }

  get sameName(): NameEquality {
    return this.settings.caseSensitive ? exactCase : ignoringCase;
  }

  /** How values become those of other types of their own accord. */
  get coercion(): Coercion {
    return this.settings.ansi === false ? legacyCoercion : ansiCoercion;
  }

  /** Does work under other settings, as those that a view was made with. */
  under<Result>(settings: AnalysisSettings = this.settings, work: () => Result): Result {
    return this.#within({ settings, caller: this.#inForce }, work);
  }

  /** What the body of a function gives under the settings that it was made with. */
  ofFunction(settings: AnalysisSettings | undefined, body: () => ResolvedExpression): ResolvedExpression {
    const value = this.onClock(this.under(settings, () => this.onClock(body())));
    return this.#otherZone === undefined ? outsideZone(value, this.resolutions.timeZone) : value;
  }

  /** What an argument gives, inside the body of a function, under the settings around the call. */
  ofCaller(argument: () => ResolvedExpression): ResolvedExpression {
    const { settings } = this;
    const caller = this.#inForce.caller ?? this.#inForce;
    const value = this.#within(caller, argument);
    return settings.timeZone === caller.settings.timeZone ? value : inZone(value, caller.settings.timeZone);
  }

  #within<Result>(inForce: InForce, work: () => Result): Result {
    const own = this.#inForce;
    this.#inForce = inForce;
    try {
      return work();
    } finally {
      this.#inForce = own;
    }
  }

  /** The zone of what is analysed, where it is not the session's. */
  get #otherZone(): string | undefined {
    const { timeZone } = this.settings;
    return timeZone === this.resolutions.timeZone ? undefined : timeZone;
  }

  /** An expression by the clocks of what is analysed. */
  onClock(expression: ResolvedExpression): ResolvedExpression {
    const zone = this.#otherZone;
    return zone === undefined ? expression : inZone(expression, zone);
  }

  /** A relation by the clocks of what is analysed. */
  relationOnClock(relation: ResolvedRelation): ResolvedRelation {
    const zone = this.#otherZone;
    return zone === undefined ? relation : relationInZone(relation, zone, this.#zoned);
  }

  newColumn(name: string, type: DataType, nullable: boolean, metadata?: Metadata): OutputColumn {
    this.#names.push(name);
    this.hasCollations ||= holdsCollation(type);
    const column = { id: this.#names.length, name, type, nullable };
    const bounds = notedBounds(metadata);
    if (bounds?.kind === "char") this.charLengths.set(column.id, bounds.length);
    return metadata === undefined ? column : { ...column, metadata };
  }

  #hasAllRows = false;

  /** Whether recursions have as many rows as they have: LIMIT ALL stands above. */
  get hasAllRows(): boolean {
    return this.#hasAllRows;
  }

  /** Does work with recursions that have a limit of rows or none. */
  withAllRows<Result>(hasAllRows: boolean, work: () => Result): Result {
    const own = this.#hasAllRows;
    this.#hasAllRows = hasAllRows;
    try {
      return work();
    } finally {
      this.#hasAllRows = own;
    }
  }

  #hiddenNames = 0;

  /** A name for a column that nobody sees, which no program has. */
  newHiddenName(): string {
    this.#hiddenNames += 1;
    return `(hidden ${this.#hiddenNames})`;
  }

  // Relations of earlier plans, to share; and those that this plan has, whose columns cannot be in it twice.
  readonly #earlier = new Map<Relation, Kept>();
  readonly #current = new Map<Relation, Kept>();
  readonly #taken = new Set<Relation>();

  /** Begins another plan, which may share the relations of those before. */
  startPlan(): void {
    for (const [relation, kept] of this.#current) this.#earlier.set(relation, kept);
    this.#current.clear();
    this.#taken.clear();
  }

  /** What an earlier plan made of a relation, unless this plan has its columns already. */
  reuse(relation: Relation): Analysed | undefined {
    const kept = this.#earlier.get(relation);
    if (kept?.settings !== this.settings) return undefined;
    const below: Relation[] = [];
    walk(relation, (node) => {
      if (isRelation(node)) below.push(node);
    });
    if (below.some((node) => this.#taken.has(node) || this.#current.has(node))) return undefined;
    for (const node of below) this.#taken.add(node);
    return kept.analysed;
  }

  /** Notes what a relation became. */
  keep(relation: Relation, analysed: Analysed): Analysed {
    this.#current.set(relation, { analysed, settings: this.settings });
    return analysed;
  }

  /** The name under which a column was made, for messages. */
  columnName(id: number): string | undefined {
    return this.#names[id - 1];
  }

  /** The user's function registered under a name, of one part. */
  userFunction(name: readonly string[]): UserFunction | undefined {
    const found = this.#registered(name);
    return found?.kind === "user function" ? found : undefined;
  }

  /** The user's table function registered under a name. */
  tableFunction(name: readonly string[]): UserTableFunction | undefined {
    const found = this.#registered(name);
    return found?.kind === "user table function" ? found : undefined;
  }

  #registered(name: readonly string[]): UserFunction | UserTableFunction | undefined {
    return name.length === 1 ? this.leaves.functions?.get(name[0]!.toLowerCase()) : undefined;
  }

  noteScope(planId: number | undefined, scope: Scope): void {
    if (planId === undefined) return;
    this.planScopes.set(planId, [...(this.planScopes.get(planId) ?? []), scope]);
  }
}

/** Adds the origin of a relation to a resolved one. */
export const originated = <Node extends ResolvedRelation>(node: Node, origin: Origin | undefined): Node =>
  origin === undefined ? node : { ...node, origin };
