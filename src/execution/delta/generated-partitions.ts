/** What conditions on a column say of the partitions whose values are generated from it. */

import type { FileChunk } from "../../delta/file-chunk.ts";
import type { Bound } from "../../delta/skipping/bound-values.ts";
import { constantOf } from "../../delta/skipping/file-test.ts";
import { matchingFiles, type RowConditions } from "../../delta/skipping/matching-files.ts";
import type { Snapshot } from "../../delta/snapshot.ts";
import { fieldNamed, tableSchema } from "../../delta/table-schema.ts";
import type { ResolvedCall, ResolvedExpression } from "../../plan/resolved.ts";
import { booleanType, type StructField } from "../../types/data-type.ts";
import { generationOf, type PartOf } from "./generated-part.ts";
import { generationText } from "./row-checks.ts";

/** Partition columns that together have the order of the column that they are made of: `year(at)`, `month(at)`. */
interface Ordered {
  readonly base: StructField;
  readonly parts: readonly Part[];
}

interface Part {
  readonly field: StructField;
  readonly of: PartOf;
}

/** How far the clock of whoever has written a row may have been from UTC, in microseconds. */
const furthestZone = 18n * 3_600_000_000n;

const microsPerDay = 86_400_000_000n;
/** The longest time that a clock has left out when it was put forward: a time in it is written as one after it. */
const longestGap = microsPerDay;

/**
 * The files of a snapshot that may hold a row which one of several sets of conditions wants.
 *
 * @param ways - the sets; none wants every row
 */
export const wantedFiles = (
  snapshot: Snapshot,
  ways: readonly RowConditions[],
  timeZone: string,
): Promise<readonly FileChunk[]> =>
  matchingFiles(snapshot, withGeneratedPartitions(ways, snapshot.metadata, timeZone), timeZone);

/**
 * Conditions of rows with what they say of generated partition columns, so that files without statistics are left out too.
 *
 * Delta: `OptimizablePartitionExpression`. A timestamp's day or hour is that of the zone which its row was written in,
 * which nobody knows later: such bounds are wider by as much as zones differ.
 */
function withGeneratedPartitions(
  ways: readonly RowConditions[],
  metadata: Snapshot["metadata"],
  timeZone: string,
): readonly RowConditions[] {
  const orders = ordersOf(metadata);
  if (orders.length === 0) return ways;
  return ways.map(({ columns, conditions }) => {
    const partitions = new Map(orders.flatMap(({ parts }) => parts).map(({ field }, at) => [-1 - at, field.name]));
    const idOf = new Map([...partitions].map(([id, name]) => [name, id]));
    const said = orders.flatMap((order) =>
      conditions.flatMap((condition) => saidBy(condition, { order, columns, idOf, timeZone }) ?? []),
    );
    return { columns: new Map([...columns, ...partitions]), conditions: [...conditions, ...said] };
  });
}

const units = ["year", "month", "day", "hour"] as const;

function ordersOf(metadata: Snapshot["metadata"]): readonly Ordered[] {
  const { logged, partitionColumns } = tableSchema(metadata);
  const found = partitionColumns.flatMap((field) => {
    const generation = generationOf(generationText(field), field.type);
    if (generation === undefined) return [];
    const base = fieldNamed(logged, generation.base);
    const of = base && generation.partOf(base.type);
    return of === undefined ? [] : [{ base: base!, unit: generation.unit, part: { field, of } }];
  });
  const whole = found.filter(({ unit }) => unit === undefined).map(({ base, part }) => ({ base, parts: [part] }));
  const bases = new Set(found.map(({ base }) => base));
  const chains = [...bases].map((base) => {
    const chain = units.map((unit) => found.find((one) => one.base === base && one.unit === unit)?.part);
    const end = chain.indexOf(undefined);
    return { base, parts: (end === -1 ? chain : chain.slice(0, end)) as readonly Part[] };
  });
  return [...whole, ...chains.filter(({ parts }) => parts.length > 0)];
}

interface Saying {
  readonly order: Ordered;
  readonly columns: RowConditions["columns"];
  readonly idOf: ReadonlyMap<string, number>;
  readonly timeZone: string;
}

const call = (name: string, ...args: readonly ResolvedExpression[]): ResolvedCall => ({
  kind: "call",
  name,
  arguments: args,
  deterministic: true,
  type: booleanType,
  nullable: true,
});

/** A condition on the partitions of all rows that meet a condition; undefined where it says nothing of them. */
function saidBy(condition: ResolvedExpression, saying: Saying): ResolvedExpression | undefined {
  if (condition.kind !== "call") return undefined;
  const { name, arguments: args } = condition;
  const inner = () => args.map((argument) => saidBy(argument, saying));
  if (name === "AND")
    return together(
      "AND",
      inner().filter((part) => part !== undefined),
    );
  if (name === "OR") return together("OR", inner());
  if (name === "in")
    return together(
      "OR",
      args.slice(1).map((item) => compared(args[0]!, "=", item, saying)),
    );
  const turned = turns[name];
  if (turned === undefined) return undefined;
  return compared(args[0]!, name, args[1]!, saying) ?? compared(args[1]!, turned, args[0]!, saying);
}

function together(name: "AND" | "OR", parts: readonly (ResolvedExpression | undefined)[]) {
  const said = parts.filter((part) => part !== undefined);
  return said.length < parts.length || said.length === 0 ? undefined : call(name, ...said);
}

const turns: Readonly<Record<string, string>> = {
  "=": "=",
  "==": "=",
  "<=>": "=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

function compared(left: ResolvedExpression, operator: string, right: ResolvedExpression, saying: Saying) {
  const { order, columns, timeZone } = saying;
  if (left.kind !== "column" || columns.get(left.id)?.toLowerCase() !== order.base.name.toLowerCase()) return undefined;
  const value = constantOf(right, timeZone);
  if (value === undefined || value === null) return undefined;
  const slack = order.base.type.kind === "timestamp" ? furthestZone : 0n;
  const gap = isDateText(order) ? longestGap : 0n;
  const least = operator.startsWith("<") ? undefined : bounded(">", moved(value, -slack), saying);
  const most = operator.startsWith(">") ? undefined : bounded("<", moved(value, slack > gap ? slack : gap), saying);
  return together(
    "AND",
    [least, most].filter((bound) => bound !== undefined),
  );
}

const isDateText = ({ base, parts }: Ordered): boolean =>
  parts[0]!.field.type.kind === "string" && base.type.kind !== "string";

// Years of more than four digits begin with a plus sign, which comes before all others.
const beyond = (column: ResolvedExpression): ResolvedExpression =>
  call("<", column, { kind: "constant", value: "0", type: column.type, nullable: false });

/** A value of the base some microseconds, or days, later. */
function moved(value: Bound, by: bigint): Bound {
  if (typeof value === "bigint") return value + by;
  return typeof value === "number" ? value + Number(by / microsPerDay) : value;
}

/** The parts of a value and all that come after it, or before it, in the order of the parts. */
function bounded(direction: "<" | ">", value: Bound, { order, idOf }: Saying): ResolvedExpression | undefined {
  const from = ([part, ...rest]: readonly Part[]): ResolvedExpression | undefined => {
    const own = part!.of(value);
    if (own === undefined) return undefined;
    const { name, type } = part!.field;
    const column = { kind: "column", id: idOf.get(name)!, type, nullable: true } as const;
    const constant = { kind: "constant", value: own, type, nullable: false } as const;
    const further = rest.length === 0 ? undefined : from(rest);
    const bound = call(`${direction}=`, column, constant);
    if (further === undefined)
      return direction === ">" && isDateText(order) ? call("OR", bound, beyond(column)) : bound;
    return call("OR", call(direction, column, constant), call("AND", call("=", column, constant), further));
  };
  return from(order.parts);
}
