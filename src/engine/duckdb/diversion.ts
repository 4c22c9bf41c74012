/**
 * One pass over rows that go two ways: those that a filter keeps flow on through the statement, and the few that the
 * opposite filter of another output wants are handed out on the way instead of being computed again.
 */
import { LakewrightError } from "../../errors.ts";
import type {
  OutputColumn,
  ResolvedExpression,
  ResolvedFilter,
  ResolvedRelation,
  ResolvedRelationKind,
} from "../../plan/resolved.ts";
import { fingerprint, inputsOf } from "../../plan/resolved-rewrite.ts";
import { relationsBelow } from "../../plan/resolved-walk.ts";
import type { Batch, Vector } from "../../types/batch.ts";
import { booleanType } from "../../types/data-type.ts";
import { fedColumn } from "./batch/feed.ts";
import { compileExpression } from "./compile/expression.ts";
import type { Preparation } from "./preparation.ts";
import { nullColumn, schemaOf } from "./preparation-columns.ts";
import { columnName } from "./sql-text.ts";

/** The outputs by position, and the filters of each over the relation that they have in common. */
export interface Diversion {
  readonly shared: ResolvedRelation;
  readonly keeping: { readonly output: number; readonly filter: ResolvedFilter };
  readonly diverted: { readonly output: number; readonly filter: ResolvedFilter };
}

/** More rows than this are not few: the relation is then staged in a table instead. */
export const mostDiverted = 2_000_000;

/** Says that too many rows were diverted. */
export class TooManyDiverted extends LakewrightError {}

/** Two outputs that filter one relation by opposite conditions, if there are such. */
export function findDiversion(
  plans: readonly ResolvedRelation[],
  shared: readonly ResolvedRelation[],
): Diversion | undefined {
  const consumers = (relation: ResolvedRelation) =>
    plans.flatMap((plan, output) =>
      [...relationsBelow(plan)]
        .filter((other) => inputsOf(other).includes(relation))
        .map((filter) => ({ output, filter })),
    );
  for (const relation of shared) {
    const found = consumers(relation).filter(isFilter);
    const [first, second] = found;
    if (
      first === undefined ||
      second === undefined ||
      consumers(relation).length !== 2 ||
      first.output === second.output
    )
      continue;
    const pair = isOpposite(second.filter.condition, first.filter.condition) ? [first, second] : [second, first];
    const [keeping, diverted] = pair as [typeof first, typeof first];
    if (
      isOpposite(diverted.filter.condition, keeping.filter.condition) &&
      drains(plans[keeping.output]!, keeping.filter)
    ) {
      return { shared: relation, keeping, diverted };
    }
  }
  return undefined;
}

const isFilter = (consumer: {
  readonly output: number;
  readonly filter: ResolvedRelation;
}): consumer is { readonly output: number; readonly filter: ResolvedFilter } => consumer.filter.kind === "filter";

// `x IS NOT NULL` is opposite to `x IS NULL`, and `NOT c` to `c`: no row satisfies both.
function isOpposite(diverted: ResolvedExpression, keeping: ResolvedExpression): boolean {
  if (diverted.kind !== "call") return false;
  if (diverted.name === "NOT") return fingerprint(diverted.arguments[0]!) === fingerprint(keeping);
  if (diverted.name !== "isnotnull" || keeping.kind !== "call" || keeping.name !== "isnull") return false;
  return fingerprint(diverted.arguments[0]!) === fingerprint(keeping.arguments[0]!);
}

const draining: ReadonlySet<ResolvedRelationKind> = new Set<ResolvedRelationKind>([
  "project",
  "filter",
  "sort",
  "aggregate",
  "distinct",
  "distribution",
  "observe",
]);

// A join or a limit above may leave rows unread, which would then not be diverted.
function drains(root: ResolvedRelation, filter: ResolvedFilter): boolean {
  if (root === filter) return true;
  return draining.has(root.kind) && inputsOf(root).some((input) => drains(input, filter));
}

/** Rows on their way: kept where the statement goes on, handed out by `rows` when it is over. */
export function divert(
  { shared, keeping, diverted }: Diversion,
  needed: ReadonlySet<number>,
  preparation: Preparation,
): void {
  const columns = diverted.filter.output.filter(({ id }) => needed.has(id));
  const batches: Batch[] = [];
  let rows = 0;
  const bound = preparation.database.trampolines.bind(
    {
      name: "divert",
      parameters: columns.map(({ type }) => type),
      result: booleanType,
      deterministic: false,
      call: (batch) => {
        rows += batch.rows;
        if (rows > mostDiverted) throw new TooManyDiverted(`more than ${mostDiverted} rows are diverted`);
        batches.push(batch);
        return allFalse(batch.rows);
      },
    },
    preparation.signal,
  );
  preparation.onEnd(() => bound[Symbol.dispose]());
  const call = bound.sql(...columns.map(({ id }) => columnName(id)));
  const { context } = preparation;
  const wanted = compileExpression(diverted.filter.condition, context);
  const kept = compileExpression(keeping.filter.condition, context);
  const from = context.source(shared) ?? `(${context.compileRelation(shared)})`;
  preparation.bindSource(
    keeping.filter,
    `(SELECT * FROM ${from} WHERE CASE WHEN ${wanted} THEN ${call} ELSE ${kept} END)`,
  );
  preparation.bindSource(diverted.filter, () => divertedRows(diverted.filter.output, columns, batches, preparation));
}

const allFalse = (rows: number): Vector => ({
  layout: "fixed",
  type: booleanType,
  length: rows,
  values: new Uint8Array(rows),
});

function divertedRows(
  output: readonly OutputColumn[],
  columns: readonly OutputColumn[],
  batches: readonly Batch[],
  preparation: Preparation,
): string {
  const fed = preparation.database.feed.add(schemaOf(columns), batches, preparation.signal);
  preparation.onEnd(() => fed[Symbol.dispose]());
  const position = (column: OutputColumn): number => columns.indexOf(column);
  const all = output.map((column) =>
    position(column) < 0 ? nullColumn(column) : `${fedColumn(position(column))} AS ${columnName(column.id)}`,
  );
  return `(SELECT ${all.join(", ")} FROM ${fed.sql})`;
}
