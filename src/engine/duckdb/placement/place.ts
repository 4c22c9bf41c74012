/** Finding out in which partition a row lies, for the files of a write and for `spark_partition_id`. */
import type {
  ColumnReference,
  Constant,
  Distribution,
  OutputColumn,
  ResolvedAggregate,
  ResolvedCall,
  ResolvedDistinct,
  ResolvedExpression,
  ResolvedJoin,
  ResolvedProject,
  ResolvedRelation,
  ResolvedSetOperation,
} from "../../../plan/resolved.ts";
import {
  mapInputs,
  mapOwnExpressions,
  mapResolved,
  passed,
  reference,
  someResolved,
} from "../../../plan/resolved-rewrite.ts";
import { ownExpressions, relationsBelow } from "../../../plan/resolved-walk.ts";
import { intType } from "../../../types/data-type.ts";

/** A relation that also gives the partition of each row, where there is more than one. */
interface Placed {
  readonly relation: ResolvedRelation;
  readonly partition?: OutputColumn;
  readonly count: number;
  /** The columns by whose hash the rows are placed; rows that are equal in them share a partition. */
  readonly keys: readonly number[];
}

const isPartitionId = (expression: ResolvedExpression): expression is ResolvedCall =>
  expression.kind === "call" && expression.name === "spark_partition_id";

const asksPartition = (relation: ResolvedRelation): boolean =>
  ownExpressions(relation).some((expression) => someResolved(expression, isPartitionId));

/** Plans in which everything that asks for partitions reads a column that says them. */
export class Placement {
  readonly #placed = new Map<ResolvedRelation, Placed>();
  readonly #plain = new Map<ResolvedRelation, ResolvedRelation>();
  readonly #isAsked: boolean;
  #lastId: number;

  constructor(roots: readonly ResolvedRelation[]) {
    const relations = roots.flatMap((root) => [...relationsBelow(root)]);
    this.#isAsked = relations.some(asksPartition);
    this.#lastId = relations.flatMap(({ output }) => output).reduce((most, { id }) => Math.max(most, id), 0);
  }

  /** The plan with its own columns. */
  plain(relation: ResolvedRelation): ResolvedRelation {
    const known = this.#plain.get(relation);
    if (known !== undefined) return known;
    const result = this.#makePlain(relation);
    this.#plain.set(relation, result);
    return result;
  }

  /** The plan with a further column for the partition, where its rows lie in several. */
  placed(relation: ResolvedRelation): Placed {
    const known = this.#placed.get(relation);
    if (known !== undefined) return known;
    const result = this.#makePlaced(relation);
    this.#placed.set(relation, result);
    return result;
  }

  #makePlain(relation: ResolvedRelation): ResolvedRelation {
    if (!this.#isAsked || ![...relationsBelow(relation)].some(asksPartition)) return relation;
    if (!asksPartition(relation)) return mapInputs(relation, (input) => this.plain(input));
    const { relation: wide } = this.placed(relation);
    return wide.output.length === relation.output.length ? wide : narrowed(wide, relation.output);
  }

  #makePlaced(relation: ResolvedRelation): Placed {
    switch (relation.kind) {
      case "distribution":
        return this.#distribution(relation);
      case "project":
        return this.#project(relation);
      case "aggregate":
        return this.#aggregate(relation);
      case "distinct":
        return this.#distinct(relation);
      case "join":
        return this.#join(relation);
      case "set operation":
        return this.#setOperation(relation);
      case "filter":
      case "generate":
      case "sample":
      case "observe":
        return this.#passing(relation);
      case "sort":
        return relation.global ? this.#single(relation) : this.#passing(relation);
      default:
        return this.#single(relation);
    }
  }

  // What gathers or shuffles all rows leaves a small result in one partition.
  #single(relation: ResolvedRelation): Placed {
    const inner = mapInputs(relation, (input) => this.plain(input));
    return {
      relation: asksPartition(relation) ? answered(inner, undefined) : this.plain(relation),
      count: 1,
      keys: [],
    };
  }

  #passing(relation: Extract<ResolvedRelation, { input: ResolvedRelation }>): Placed {
    const input = this.placed(relation.input);
    const changed = answered(
      mapInputs(relation, () => input.relation),
      input.partition,
    );
    return widened(changed, input);
  }

  #project(relation: ResolvedProject): Placed {
    const windows = relation.columns.flatMap(({ expression }) => windowsIn(expression));
    const input = this.placed(relation.input);
    const keeps = windows.every((window) => coversKeys(window.partitionBy, input.keys));
    if (windows.length > 0 && !keeps) return this.#single(relation);
    const changed = answered({ ...relation, input: input.relation }, input.partition) as ResolvedProject;
    if (input.partition === undefined) return { relation: changed, count: 1, keys: [] };
    const { columns, output } = changed;
    const wide = {
      ...changed,
      columns: [...columns, ...passed([input.partition])],
      output: [...output, input.partition],
    };
    const renames = new Map(
      columns.flatMap(({ column, expression }) => (expression.kind === "column" ? [[expression.id, column.id]] : [])),
    );
    return { ...input, relation: wide, keys: renamedKeys(input.keys, renames) };
  }

  #aggregate(relation: ResolvedAggregate): Placed {
    const input = this.placed(relation.input);
    const grouped = relation.keys.map(({ expression }) => expression);
    const { partition } = input;
    if (partition === undefined || relation.groupingSets !== undefined || !coversKeys(grouped, input.keys))
      return this.#single(relation);
    const keys = [...relation.keys, ...passed([partition])];
    const output = [...relation.output, partition];
    const renames = new Map(
      relation.keys.flatMap(({ column, expression }) =>
        expression.kind === "column" ? [[expression.id, column.id]] : [],
      ),
    );
    return {
      ...input,
      relation: { ...relation, input: input.relation, keys, output },
      keys: renamedKeys(input.keys, renames),
    };
  }

  #distinct(relation: ResolvedDistinct): Placed {
    const input = this.placed(relation.input);
    const covered = input.keys.length > 0 && input.keys.every((key) => relation.keys.includes(key));
    if (input.partition === undefined || !covered) return this.#single(relation);
    return widened({ ...relation, input: input.relation, keys: [...relation.keys, input.partition.id] }, input);
  }

  // A small side that is sent everywhere leaves the rows of the other where they are.
  #join(relation: ResolvedJoin): Placed {
    if (relation.broadcast !== "right" || relation.lateral || relation.type === "right" || relation.type === "full")
      return this.#single(relation);
    const left = this.placed(relation.left);
    return widened({ ...relation, left: left.relation, right: this.plain(relation.right) }, { ...left, keys: [] });
  }

  #setOperation(relation: ResolvedSetOperation): Placed {
    if (relation.operation !== "union" || !relation.all) return this.#single(relation);
    const [left, right] = [this.placed(relation.left), this.placed(relation.right)];
    if (left.partition === undefined && right.partition === undefined) return this.#single(relation);
    const partition = this.#newColumn();
    const sides = {
      left: this.#shifted(left, relation.left, 0),
      right: this.#shifted(right, relation.right, left.count),
    };
    return {
      relation: { ...relation, ...sides, output: [...relation.output, partition] },
      partition,
      count: left.count + right.count,
      keys: [],
    };
  }

  // The partitions of a union are those of one side and then those of the other.
  #shifted({ relation, partition }: Placed, side: ResolvedRelation, first: number): ResolvedRelation {
    const column = this.#newColumn();
    const own = partition === undefined ? integer(0) : reference(partition);
    const expression: ResolvedExpression =
      first === 0
        ? own
        : {
            kind: "call",
            name: "+",
            arguments: [own, integer(first)],
            type: intType,
            nullable: false,
            deterministic: true,
          };
    const output = [...side.output, column];
    return { kind: "project", input: relation, columns: [...passed(side.output), { column, expression }], output };
  }

  #distribution(relation: Distribution): Placed {
    const { partitions, shuffle } = relation;
    // Spark makes few partitions of few rows where no number is given.
    if (partitions === null || partitions === 1) return { relation: this.plain(relation.input), count: 1, keys: [] };
    if (shuffle) return this.#shuffled(relation, partitions);
    const input = this.placed(relation.input);
    return input.partition === undefined || input.count <= partitions
      ? input
      : this.#coalesced(relation, input, partitions);
  }

  #shuffled(relation: Distribution, partitions: number): Placed {
    const partition = this.#newColumn();
    const placed: Distribution = {
      ...relation,
      input: this.plain(relation.input),
      partitionId: partition.id,
      output: [...relation.output, partition],
    };
    const plainKeys = relation.keys.every(({ kind }) => kind === "column");
    const keys = plainKeys ? relation.keys.map((key) => (key as ColumnReference).id) : [];
    return { relation: placed, partition, count: partitions, keys };
  }

  #coalesced(relation: Distribution, input: Placed, partitions: number): Placed {
    const partition = this.#newColumn();
    const placed: Distribution = {
      ...relation,
      input: input.relation,
      partitionId: partition.id,
      inputPartitions: { id: input.partition!.id, count: input.count },
      output: [...relation.output, partition],
    };
    return { relation: placed, partition, count: partitions, keys: [] };
  }

  #newColumn(): OutputColumn {
    this.#lastId += 1;
    return { id: this.#lastId, name: "partition", type: intType, nullable: false };
  }
}

const integer = (value: number): Constant => ({ kind: "constant", value, type: intType, nullable: false });

/** The relation with the answer in place of each question for the partition. */
function answered(relation: ResolvedRelation, partition: OutputColumn | undefined): ResolvedRelation {
  if (!asksPartition(relation)) return relation;
  const answer = partition === undefined ? integer(0) : reference(partition);
  const replace = (expression: ResolvedExpression): ResolvedExpression =>
    isPartitionId(expression) ? answer : mapResolved(expression, replace);
  return mapOwnExpressions(relation, replace);
}

function widened(relation: ResolvedRelation, input: Placed): Placed {
  if (input.partition === undefined) return { relation, count: 1, keys: [] };
  return { ...input, relation: { ...relation, output: [...relation.output, input.partition] } };
}

const narrowed = (input: ResolvedRelation, output: readonly OutputColumn[]): ResolvedRelation => ({
  kind: "project",
  input,
  columns: passed(output),
  output,
});

function windowsIn(expression: ResolvedExpression): Extract<ResolvedExpression, { kind: "window" }>[] {
  const found: Extract<ResolvedExpression, { kind: "window" }>[] = [];
  someResolved(expression, (inner) => {
    if (inner.kind === "window") found.push(inner);
    return false;
  });
  return found;
}

/** Whether rows that are equal in the expressions lie in one partition already. */
const coversKeys = (expressions: readonly ResolvedExpression[], keys: readonly number[]): boolean =>
  keys.length > 0 &&
  keys.every((key) => expressions.some((expression) => expression.kind === "column" && expression.id === key));

const renamedKeys = (keys: readonly number[], names: ReadonlyMap<number, number>): readonly number[] => {
  const renamed = keys.map((key) => names.get(key));
  return renamed.includes(undefined) ? [] : (renamed as number[]);
};
