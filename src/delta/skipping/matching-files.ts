/** Leaves out the files in which no row can satisfy what is asked. */
import type { ResolvedExpression } from "../../plan/resolved.ts";
import type { DataType } from "../../types/data-type.ts";
import { physicalName } from "../column-mapping.ts";
import { type FileChunk, filesIn, rowsIn, withRows } from "../file-chunk.ts";
import type { Snapshot } from "../snapshot.ts";
import { fieldNamed, tableSchema } from "../table-schema.ts";
import { boundsOf, type ColumnBounds, type ParsedTexts, type StatisticsColumn } from "./file-statistics.ts";
import { type FileTest, fileTest } from "./file-test.ts";

/** Conditions that rows must all satisfy, over columns of the table. */
export interface RowConditions {
  /** The names of the table's columns by the ids that the conditions have. */
  readonly columns: ReadonlyMap<number, string>;
  readonly conditions: readonly ResolvedExpression[];
}

/**
 * The files of a snapshot that may hold a row which one of several sets of conditions wants.
 *
 * @param ways - the sets; none wants every row
 */
export async function matchingFiles(
  snapshot: Pick<Snapshot, "chunks" | "metadata">,
  ways: readonly RowConditions[],
  timeZone: string,
): Promise<readonly FileChunk[]> {
  if (ways.length === 0 || ways.some(({ conditions }) => conditions.length === 0)) return snapshot.chunks;
  const kept: FileChunk[] = [];
  for (const chunk of snapshot.chunks) kept.push(await matching(chunk, snapshot, ways, timeZone));
  return kept.filter((chunk) => filesIn(chunk) > 0);
}

async function matching(
  chunk: FileChunk,
  { metadata }: Pick<Snapshot, "metadata">,
  ways: readonly RowConditions[],
  timeZone: string,
): Promise<FileChunk> {
  const tests: (FileTest | undefined)[] = [];
  for (const way of ways) tests.push(await testOf(chunk, way, metadata, timeZone));
  if (tests.some((test) => test === undefined)) return chunk;
  const before = rowsIn(chunk);
  const rows = before.filter((row) => tests.some((test) => test!(row)));
  return rows.length === before.length ? chunk : withRows(chunk, rows);
}

/** The test of a set of conditions; undefined where every file may hold such rows. */
async function testOf(
  chunk: FileChunk,
  { columns, conditions }: RowConditions,
  metadata: Snapshot["metadata"],
  timeZone: string,
): Promise<FileTest | undefined> {
  const columnOf = (expression: ResolvedExpression) => {
    const column = statisticsColumn(expression, columns, metadata);
    return column?.type.kind === "struct" ? undefined : column;
  };
  const wanted = new Map<string, StatisticsColumn>();
  const noted = (column: StatisticsColumn): ColumnBounds => {
    wanted.set(column.path.join("\0"), column);
    return unknown;
  };
  const compile = (bounds: (column: StatisticsColumn) => ColumnBounds) =>
    conditions
      .map((condition) => fileTest(condition, { columnOf, bounds, timeZone }))
      .filter((test) => test !== undefined);
  // Once to see which columns are asked for, and once with what is known of them.
  if (compile(noted).length === 0) return undefined;
  const known = new Map<string, ColumnBounds>();
  const parsed: ParsedTexts = {};
  for (const [key, column] of wanted) known.set(key, await boundsOf(chunk, column, timeZone, parsed));
  const tests = compile(({ path }) => known.get(path.join("\0"))!);
  return (row) => tests.every((test) => test(row));
}

const nothing = (): undefined => undefined;

const unknown: ColumnBounds = { min: nothing, max: nothing, nulls: nothing, records: nothing };

/** The column, or the field of one, that an expression is. */
function statisticsColumn(
  expression: ResolvedExpression,
  columns: RowConditions["columns"],
  metadata: Snapshot["metadata"],
): StatisticsColumn | undefined {
  const { logged, partitionColumns } = tableSchema(metadata);
  if (expression.kind === "column") {
    const field = fieldNamed(logged, columns.get(expression.id) ?? "");
    if (field === undefined || !hasStatistics(field.type)) return undefined;
    const isPartition = partitionColumns.includes(field);
    return { path: [physicalName(field)], type: field.type, ...(isPartition ? { partition: field.name } : {}) };
  }
  if (expression.kind !== "field") return undefined;
  const outer = statisticsColumn(expression.input, columns, metadata);
  const field = fieldAt(outer?.type, expression.index);
  return outer === undefined || field === undefined || !hasStatistics(field.type)
    ? undefined
    : { path: [...outer.path, physicalName(field)], type: field.type };
}

/** The order of collated text is another than that of bounds; bounds of structs are those of their fields. */
const hasStatistics = (type: DataType): boolean => !(type.kind === "string" && type.collation !== undefined);

const fieldAt = (type: DataType | undefined, index: number) =>
  type?.kind === "struct" ? type.fields[index] : undefined;
