/** The changes of a dimension under names of their own, and what must not be among them. */
import type { DataFrame } from "../../dataframe/dataframe.ts";
import type { ActionOptions } from "../../dataframe/session-state.ts";
import type { Column } from "../../functions/column.ts";
import { col, expr, lit, when } from "../../functions/constructors.ts";
import { coalesce, count, countDistinct, struct } from "../../functions/index.ts";
import type { ColumnLike } from "../../functions/phantom.ts";
import { type StructField, structType } from "../../types/data-type.ts";
import { quoted } from "../../types/identifier.ts";
import { sqlName } from "../../types/type-name.ts";
import { checkChanges, checkType, columnsNamed, type Dimension } from "./dimension.ts";
import { bothLists, nullKey, nullSequence, severalAtOnce } from "./errors.ts";
import { keyName, valuesOf } from "./names.ts";
import type { Scd2Options } from "./options.ts";

/**
 * The changes as `changedVersions` takes them: the keys, `at`, `gone` and `values`, of the types that the table has.
 *
 * @throws AnalysisError as `checkChanges` does, or where `sequenceBy` is of another type than `startAt`
 */
export async function changesOf(changes: DataFrame, dimension: Dimension, options: Scd2Options): Promise<DataFrame> {
  const schema = await changes.schema();
  checkChanges(structType(givenFields(schema.fields, dimension, options)), dimension);
  const [sequence, gone] = [columnOf(options.sequenceBy), columnOf(options.applyAsDeletes ?? lit(false))];
  const at = await changes.select(sequence.as("at")).schema();
  checkType(dimension.startAt, at.fields[0]!, "sequenceBy");
  const as = (field: StructField): Column => (col(quoted(field.name)) as Column).cast(sqlName(field.type)) as Column;
  const isGone = coalesce(gone, lit(false)) as Column;
  return changes.select(
    ...dimension.keys.map((key, index) => as(key).as(keyName(index))),
    sequence.cast(sqlName(dimension.startAt.type)).as("at"),
    isGone.as("gone"),
    when(isGone.not(), valuesOf(dimension, as)).as("values"),
  );
}

const columnOf = (value: string | ColumnLike): Column => (typeof value === "string" ? expr(value) : (value as Column));

/** The columns that are for the table: those that are listed, or all but what is excepted and a sequence that it lacks. */
function givenFields(fields: readonly StructField[], { attributes }: Dimension, options: Scd2Options) {
  const { columnList, exceptColumnList, sequenceBy } = options;
  const schema = structType(fields);
  if (columnList !== undefined && exceptColumnList !== undefined) throw bothLists("columnList", "exceptColumnList");
  if (columnList !== undefined) return columnsNamed(schema, columnList, "changes");
  const left = new Set(columnsNamed(schema, exceptColumnList ?? [], "changes"));
  const isSequence = ({ name }: StructField): boolean => name === sequenceBy;
  return fields.filter((field) => !left.has(field) && (!isSequence(field) || attributes.some(isSequence)));
}

/**
 * Checks that each change says what it is about and when, and that no two of them say different things at once.
 *
 * @throws ExecutionError `AUTOCDC_MICROBATCH_VALIDATION.NULL_KEY`, `AUTOCDC_MICROBATCH_VALIDATION.NULL_SEQUENCE`,
 * `DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE`
 */
export async function checkRows(given: DataFrame, { keys }: Dimension, options: ActionOptions): Promise<void> {
  const names = keys.map((_, index) => keyName(index));
  const nulls = (name: string) => count(when((col(name) as Column).isNull(), 1)).as(name);
  const [counts] = await given.agg(...[...names, "at"].map(nulls)).collect(options);
  const counted = Object.entries(counts as Readonly<Record<string, number>>);
  const sequences = Number(counted.pop()![1]);
  const without = counted.flatMap(([, rows], index) =>
    Number(rows) > 0 ? [`${quoted(keys[index]!.name)}: ${rows}`] : [],
  );
  if (without.length > 0) throw nullKey(without.join(", "));
  if (sequences > 0) throw nullSequence(sequences);
  const [twice] = await given
    .groupBy(...names, "at")
    .agg(countDistinct(struct("gone", "values")).as("said"))
    .filter((col("said") as Column).gt(1))
    .limit(1)
    .collect({ ...options, rows: "array" });
  if (twice !== undefined)
    throw severalAtOnce(keys.map(({ name }, index) => `${name} = ${twice[index]}`).join(", "), twice.at(-2));
}
