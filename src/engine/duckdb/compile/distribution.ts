/** The partition of each row as a column, placed as Spark's shuffles place rows. */
import type { Distribution } from "../../../plan/resolved.ts";
import { firstInteger } from "../kernels/numbers/random.ts";
import { columnName } from "../sql-text.ts";
import type { CompileContext } from "./context.ts";
import { compileOrder } from "./order.ts";

/**
 * The SELECT of a distribution whose partitions somebody asks for.
 *
 * Source: `HashPartitioning`, `RoundRobinPartitioning` and `RangePartitioner` of Spark. Ranges have the bounds that Spark
 * finds where its sample holds every row, which it does for some hundred rows a partition.
 */
export function compileDistribution(relation: Distribution, from: string, context: CompileContext): string {
  const name = columnName(relation.partitionId!);
  const columns = relation.output.slice(0, -1).map(({ id }) => columnName(id));
  if (relation.order.length > 0) return ranges(relation, from, columns, name, context);
  return `SELECT ${[...columns, `(${place(relation, context)})::INTEGER AS ${name}`].join(", ")} FROM ${from}`;
}

function place({ inputPartitions, keys, partitions, direct = false }: Distribution, context: CompileContext): string {
  const count = partitions!;
  if (inputPartitions !== undefined)
    return `((${columnName(inputPartitions.id)} + 1) * ${count} - 1) // ${inputPartitions.count}`;
  if (keys.length === 0) return `(${firstInteger(0n, count)} + row_number() OVER ()) % ${count}`;
  if (direct) return `coalesce((${context.compileExpression(keys[0]!)} % ${count} + ${count}) % ${count}, 0)`;
  const hash = context.compileExpression({
    kind: "call",
    name: "hash",
    arguments: keys,
    type: { kind: "int" },
    nullable: false,
    deterministic: true,
  });
  return `((${hash})::BIGINT % ${count} + ${count}) % ${count}`;
}

// A bound is the first key at which as many rows are counted as the partitions so far should hold.
function ranges(
  { order, partitions }: Distribution,
  from: string,
  columns: readonly string[],
  name: string,
  context: CompileContext,
): string {
  const count = partitions!;
  return `WITH RECURSIVE ranked AS MATERIALIZED (SELECT ${[...columns, `dense_rank() OVER (ORDER BY ${compileOrder(order, context)}) AS place`].join(", ")} FROM ${from}),
    counted AS MATERIALIZED (SELECT place, sum(count(*)) OVER (ORDER BY place) AS rows_so_far FROM ranked GROUP BY place),
    total AS MATERIALIZED (SELECT coalesce(max(rows_so_far), 0) AS total_rows, least(${count}, total_rows) AS ranges FROM counted),
    bounds AS (SELECT 0 AS bound_number, 0::BIGINT AS bound UNION ALL
      SELECT bound_number + 1, (SELECT min(place) FROM counted, total WHERE rows_so_far >= total_rows / ranges * (bound_number + 1) - 1e-9 AND place > bound)
      FROM bounds WHERE bound IS NOT NULL AND bound_number + 1 < (SELECT ranges FROM total)),
    found AS MATERIALIZED (SELECT list(bound) AS found_bounds FROM bounds WHERE bound_number > 0 AND bound IS NOT NULL)
    SELECT ${[...columns, `len(list_filter(coalesce((SELECT found_bounds FROM found), []), lambda b: b < place))::INTEGER AS ${name}`].join(", ")} FROM ranked`;
}
