/**
 * Counting different join keys by number: where a key that is counted has met a row of a small table, the number of that
 * row says as much as the key, and a set of bits takes the place of a hash table of keys.
 */
import type {
  NamedExpression,
  OutputColumn,
  ResolvedAggregate,
  ResolvedCall,
  ResolvedExpression,
  ResolvedJoin,
  ResolvedProject,
  ResolvedRelation,
} from "../../plan/resolved.ts";
import { inputsOf, mapInputs, passed, reference } from "../../plan/resolved-rewrite.ts";
import { relationsBelow } from "../../plan/resolved-walk.ts";
import { intType } from "../../types/data-type.ts";
import { estimatedBytes } from "./compile/size.ts";
import type { Preparation } from "./preparation.ts";
import { columnName } from "./sql-text.ts";

/** A group keeps a bit for each row of the small table. */
const mostRows = 2048;
const smallBytes = 1024 * 1024;
/** It pays for rows that are many. */
const largeBytes = 16 * 1024 * 1024;

interface CountedKey {
  readonly aggregate: ResolvedAggregate;
  readonly call: ResolvedCall;
  readonly join: ResolvedJoin;
  /** The key's column on the small side. */
  readonly key: number;
  /** From the aggregation's input down to the join. */
  readonly path: readonly ResolvedRelation[];
}

/** The plans; where one counts different keys of a join with a small table, it does so by number. */
export async function countedByCode(
  plans: readonly ResolvedRelation[],
  preparation: Preparation,
): Promise<readonly ResolvedRelation[]> {
  const [found] = countedKeys(plans, preparation);
  const table = found && (await codeTable(found, preparation));
  return table === undefined ? plans : new Coding(plans, found!, table, preparation).rewritten();
}

function countedKeys(plans: readonly ResolvedRelation[], { context }: Preparation): readonly CountedKey[] {
  const relations = new Set(plans.flatMap((plan) => [...relationsBelow(plan)]));
  const found = [...relations]
    .filter((relation) => relation.kind === "aggregate")
    .flatMap((aggregate) => aggregate.aggregates.flatMap(({ expression }) => countedKey(aggregate, expression)));
  return found.filter(
    ({ join, path }) =>
      path.every((relation) => isNarrowed(relation, new Set(path), plans, relations)) &&
      estimatedBytes(join.right, context.scanBytes) <= smallBytes &&
      estimatedBytes(join.left, context.scanBytes) >= largeBytes,
  );
}

function countedKey(aggregate: ResolvedAggregate, call: ResolvedExpression): readonly CountedKey[] {
  if (aggregate.groupingSets !== undefined || call.kind !== "call" || call.name !== "count") return [];
  const { aggregate: details } = call;
  const [counted, other] = call.arguments;
  const isSimple = details?.distinct === true && details.filter === undefined && details.order.length === 0;
  if (!isSimple || counted?.kind !== "column" || other !== undefined) return [];
  const path: ResolvedRelation[] = [];
  for (let relation = aggregate.input, id = counted.id; ; ) {
    path.push(relation);
    if (relation.kind === "filter") relation = relation.input;
    else if (relation.kind === "project") {
      const value = relation.columns.find(({ column }) => column.id === id)?.expression;
      if (value?.kind !== "column") return [];
      [relation, id] = [relation.input, value.id];
    } else if (relation.kind === "join" && (relation.type === "left" || relation.type === "inner")) {
      const { left, lateral } = relation;
      if (lateral || !left.output.some((column) => column.id === id)) return [];
      const key = keyOf(relation, id);
      if (key !== undefined) return [{ aggregate, call, join: relation, key, path }];
      relation = left;
    } else return [];
  }
}

/** The column that a join compares with a column of its left side, if that is its condition. */
function keyOf({ condition, right }: ResolvedJoin, id: number): number | undefined {
  if (condition?.kind !== "call" || condition.name !== "=") return undefined;
  const ids = condition.arguments.map((argument) => (argument.kind === "column" ? argument.id : undefined));
  const key = ids[0] === id ? ids[1] : ids[1] === id ? ids[0] : undefined;
  const type = right.output.find((column) => column.id === key)?.type;
  const isExact =
    type?.kind === "string" ? type.collation === undefined : type?.kind === "int" || type?.kind === "bigint";
  return isExact ? key : undefined;
}

/** Whether nobody sees that a relation has one column more: who reads it chooses columns. */
function isNarrowed(
  relation: ResolvedRelation,
  path: ReadonlySet<ResolvedRelation>,
  plans: readonly ResolvedRelation[],
  all: ReadonlySet<ResolvedRelation>,
): boolean {
  if (plans.includes(relation)) return false;
  return [...all]
    .filter((other) => inputsOf(other).includes(relation))
    .every(
      (consumer) =>
        path.has(consumer) ||
        consumer.kind === "project" ||
        consumer.kind === "aggregate" ||
        (consumer.kind === "filter" && isNarrowed(consumer, path, plans, all)),
    );
}

interface CodeTable {
  readonly name: string;
  readonly rows: number;
}

/** The small side as a table, if it is small and its keys differ. */
async function codeTable({ join, key }: CountedKey, preparation: Preparation): Promise<CodeTable | undefined> {
  const name = preparation.temporaryTable();
  const some = `SELECT * FROM (${preparation.compile(join.right)}) LIMIT ${mostRows + 1}`;
  await preparation.run(`CREATE TABLE ${name} AS ${some}`);
  const column = columnName(key);
  const [row] = await preparation.rows(
    `SELECT count(*) AS rows, count(${column}) = count(DISTINCT ${column}) AS differ FROM ${name}`,
  );
  const rows = Number(row!.rows);
  return rows > 0 && rows <= mostRows && row!.differ === true ? { name, rows } : undefined;
}

/** Plans with the number of the small side's row passed on from the join to the aggregation. */
class Coding {
  readonly #plans: readonly ResolvedRelation[];
  readonly #found: CountedKey;
  readonly #code: OutputColumn;
  readonly #rows: number;
  readonly #right: ResolvedProject;
  readonly #done = new Map<ResolvedRelation, ResolvedRelation>();

  constructor(plans: readonly ResolvedRelation[], found: CountedKey, table: CodeTable, preparation: Preparation) {
    const ids = plans.flatMap((plan) => [...relationsBelow(plan)].flatMap(({ output }) => output.map(({ id }) => id)));
    this.#plans = plans;
    this.#found = found;
    this.#rows = table.rows;
    this.#code = {
      id: ids.reduce((most, id) => Math.max(most, id), 0) + 1,
      name: "code",
      type: intType,
      nullable: true,
    };
    const { right } = found.join;
    this.#right = { kind: "project", input: right, columns: passed(right.output), output: this.#wider(right.output) };
    const columns = right.output.map(({ id }) => columnName(id)).join(", ");
    const code = `rowid::INTEGER AS ${columnName(this.#code.id)}`;
    preparation.bindSource(this.#right, `(SELECT ${columns}, ${code} FROM ${table.name})`);
  }

  rewritten(): readonly ResolvedRelation[] {
    return this.#plans.map((plan) => this.#rewrite(plan));
  }

  #wider(output: readonly OutputColumn[]): readonly OutputColumn[] {
    return [...output, this.#code];
  }

  // What does not change stays the same object.
  #rewrite(relation: ResolvedRelation): ResolvedRelation {
    const known = this.#done.get(relation);
    if (known !== undefined) return known;
    let changes = this.#found.path.includes(relation);
    const inner = mapInputs(relation, (input) => {
      const result = relation === this.#found.join && input === relation.right ? this.#right : this.#rewrite(input);
      changes ||= result !== input;
      return result;
    });
    const result = changes ? this.#coded(relation, inner) : relation;
    this.#done.set(relation, result);
    return result;
  }

  #coded(relation: ResolvedRelation, inner: ResolvedRelation): ResolvedRelation {
    if (relation === this.#found.aggregate) return this.#counting(inner as ResolvedAggregate);
    if (!this.#found.path.includes(relation)) return inner;
    const output = this.#wider(inner.output);
    return inner.kind === "project"
      ? { ...inner, columns: [...inner.columns, ...passed([this.#code])], output }
      : { ...inner, output };
  }

  #counting(aggregate: ResolvedAggregate): ResolvedAggregate {
    const { call } = this.#found;
    const last: ResolvedExpression = { kind: "constant", value: this.#rows - 1, type: intType, nullable: false };
    const byCode: ResolvedCall = {
      ...call,
      name: "count_codes",
      arguments: [...call.arguments, reference(this.#code), last],
      aggregate: { distinct: false, ignoreNulls: false, order: [] },
    };
    const replace = ({ column, expression }: NamedExpression): NamedExpression => ({
      column,
      expression: expression === call ? byCode : expression,
    });
    return { ...aggregate, aggregates: aggregate.aggregates.map(replace) };
  }
}
