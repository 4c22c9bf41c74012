/** Groups of rows on their way to a user's function: numbered by their keys, one after the other. */
import type { OutputColumn, Stage, StageInput } from "../../plan/resolved.ts";
import type { Batch } from "../../types/batch.ts";
import { intType, type StructType, structField, structType } from "../../types/data-type.ts";
import { groupKey, orderKey } from "./compile/order-key.ts";
import type { Preparation } from "./preparation.ts";
import { schemaOf } from "./preparation-columns.ts";
import { columnName } from "./sql-text.ts";

/** The rows of an input of a grouped stage: its columns, the keys, and the number of the group, which only grows. */
export interface GroupedRows {
  readonly schema: StructType;
  readonly keys: number;
  readonly batches: AsyncGenerator<Batch>;
}

/**
 * Gives every row the number of its group, the same for groups of all inputs with equal keys. Groups come in the order of
 * their keys, the rows of a group in the order of the input.
 */
export async function groupedRows({ inputs }: Stage, preparation: Preparation): Promise<readonly GroupedRows[]> {
  const tables: string[] = [];
  for (const input of inputs) tables.push(await stageInput(input, preparation));
  const groups = await numberGroups(inputs, tables, preparation);
  return inputs.map((input, index) => {
    const schema = structType([...schemaOf(input.relation.output).fields, structField("group", intType, false)]);
    const { database, signal } = preparation;
    const batches = database.stream(rowsByGroup(input, tables[index]!, groups), schema, { signal, isLate: true });
    return { schema, keys: input.keys, batches };
  });
}

const keysOf = ({ relation, keys }: StageInput): readonly OutputColumn[] =>
  relation.output.slice(relation.output.length - keys);

const keyName = (index: number): string => `key${index}`;

/** A table of an input: its columns by id, and its keys by position, in the form in which groups compare them. */
async function stageInput(input: StageInput, preparation: Preparation): Promise<string> {
  const table = preparation.temporaryTable();
  const keys = keysOf(input).map(({ id, type }, index) => `${groupKey(columnName(id), type)} AS ${keyName(index)}`);
  const columns = input.relation.output.map(({ id }) => columnName(id));
  const all = [...columns, ...keys].join(", ") || "1 AS none";
  await preparation.run(`CREATE TABLE ${table} AS SELECT ${all} FROM (${preparation.compile(input.relation)})`);
  return table;
}

/** A table of the groups: their keys and their numbers. */
async function numberGroups(
  inputs: readonly StageInput[],
  tables: readonly string[],
  preparation: Preparation,
): Promise<string> {
  const table = preparation.temporaryTable();
  const types = keysOf(inputs[0]!).map(({ type }) => type);
  const names = types.map((_, index) => keyName(index));
  const distinct = names.length === 0 ? "1 AS none" : names.join(", ");
  const all = tables.map((input) => `SELECT DISTINCT ${distinct} FROM ${input}`).join(" UNION ");
  const order = types.map((type, index) => `${orderKey(keyName(index), type)} ASC NULLS FIRST`);
  const over = order.length === 0 ? "" : `ORDER BY ${order.join(", ")}`;
  const number = `row_number() OVER (${over})::INTEGER AS number`;
  await preparation.run(`CREATE TABLE ${table} AS SELECT *, ${number} FROM (${all})`);
  return table;
}

function rowsByGroup({ relation, keys }: StageInput, table: string, groups: string): string {
  const columns = relation.output.map(({ id }) => `r.${columnName(id)}`);
  const equal = Array.from(
    { length: keys },
    (_, index) => `r.${keyName(index)} IS NOT DISTINCT FROM g.${keyName(index)}`,
  );
  const on = equal.join(" AND ") || "true";
  return `SELECT ${[...columns, "g.number"].join(", ")} FROM ${table} AS r JOIN ${groups} AS g ON ${on} ORDER BY g.number, r.rowid`;
}
