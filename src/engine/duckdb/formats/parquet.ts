/** Parquet as Spark reads it: columns by name, missing ones null, Spark's own schema from the footer. */
import { ExecutionError, isLakewrightError } from "../../../errors.ts";
import { type StructField, type StructType, structField, structType } from "../../../types/data-type.ts";
import type { Database } from "../database.ts";
import { columnName, identifier } from "../sql-text.ts";
import { type ConstantColumns, constantColumns } from "./constant-columns.ts";
import type { FileFormat, FormatContext, ScanContext, ScanSource, SourceFile } from "./format.ts";
import { whereMoments } from "./moment-bounds.ts";
import { type Mismatch, mismatchOf } from "./parquet-conversion.ts";
import {
  columnDigits,
  type FileColumn,
  fileColumns,
  notedSchema,
  parquetRows,
  representatives,
} from "./parquet-footer.ts";
import { mergeSchemas } from "./parquet-merge.ts";
import { type FromFile, isMoment, isStored, missing, reading, sparkType } from "./parquet-value.ts";
import { holdsVariant, withoutAnnotations } from "./parquet-variant.ts";
import { flag } from "./text/options.ts";

export const parquetFormat: FileFormat = { name: "parquet", inferSchema, scan, faultOf };

async function inferSchema({ files, options, database, caseSensitive }: FormatContext): Promise<StructType> {
  const merged = flag(options, "mergeSchema");
  // As in Spark, whatever the order of the paths that are read.
  const byPath = files.toSorted((left, right) => (left.path < right.path ? -1 : 1));
  const schemas: StructType[] = [];
  for (const file of merged ? byPath : byPath.slice(0, 1)) schemas.push(await schemaOf(file, database));
  return schemas.reduce((left, right) => mergeSchemas(left, right, caseSensitive));
}

async function schemaOf(file: SourceFile, database: Database): Promise<StructType> {
  const described = await guarded([file], "CANNOT_READ_FILE_FOOTER", () => fileColumns([file], database));
  const noted = await notedSchema(file, database);
  const fields = [...described].map(([name, type]) => {
    const known = noted?.fields.find((field) => field.name === name);
    return known ?? structField(name, sparkType(type.type, type.isLegacyTimestamp));
  });
  return structType(fields);
}

async function scan(context: ScanContext): Promise<ScanSource> {
  // As in Spark, a file without a byte has no rows, where the schema is known without it.
  const written = context.files.filter(({ size }) => size > 0);
  const { schema, database } = context;
  if (written.length === 0) return { sql: emptyRows(schema) };
  const constants = constantColumns(context);
  const fields = schema.fields.filter(({ name }) => !constants.has(name));
  const summed = fields.filter(({ name }) => context.summed.has(name));
  const isAsked = summed.length > 0 && isWorthAsking(written);
  // What is wrong with the files is told by what asks for their columns.
  const digits = isAsked ? columnDigits(written, database).catch(() => noDigits) : noDigits;
  const { files, present, areAlike } = await guarded(written, "NO_HINT", async () => {
    await checkTypes(written, fields, database);
    return readable(written, fields, context);
  });
  const fromFile = reading(database);
  const columns = schema.fields.map(
    (field, index) => `${columnSql(field, present, constants, fromFile)} AS ${columnName(index)}`,
  );
  const where = whereMoments(context.bounds, (column) => storedMoment(column, present, constants));
  return {
    digits: areAlike ? digitsOf(summed, present, await digits) : noDigits,
    sql: `(SELECT ${columns.length === 0 ? "1 AS none" : columns.join(", ")} FROM ${parquetRows(files, areAlike)}${where})`,
  };
}

/** To ask how many digits there are takes longer than is gained by it where the footers are many, or the rows few. */
const isWorthAsking = (files: readonly SourceFile[]): boolean =>
  files.length <= mostFooters && files.reduce((sum, { size }) => sum + size, 0) >= leastBytes;

const mostFooters = 16;
const leastBytes = 4 * 1024 * 1024;
const noDigits: ReadonlyMap<string, number> = new Map();

/** The most digits of columns that are stored as the numbers that they are read as. */
function digitsOf(
  fields: readonly StructField[],
  present: ReadonlyMap<string, FileColumn>,
  known: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  return new Map(
    fields.flatMap(({ name: wanted, type }) => {
      const name = nameIn(present, wanted) ?? "";
      const file = present.get(name)?.type;
      const digits = known.get(name);
      return digits === undefined || file === undefined || !isStored(file, type) ? [] : [[wanted, digits]];
    }),
  );
}

function storedMoment(
  column: string,
  present: ReadonlyMap<string, FileColumn>,
  constants: ConstantColumns,
): string | undefined {
  const name = constants.has(column) ? undefined : nameIn(present, column);
  const type = present.get(name ?? "")?.type;
  return name !== undefined && type !== undefined && isMoment(type) ? identifier(name) : undefined;
}

interface Readable {
  readonly files: readonly SourceFile[];
  readonly present: ReadonlyMap<string, FileColumn>;
  /** Whether all files have the same columns. */
  readonly areAlike: boolean;
}

async function readable(
  files: readonly SourceFile[],
  fields: readonly StructField[],
  { database, onEnd }: ScanContext,
): Promise<Readable> {
  const kinds = await representatives(files, database);
  const present = await fileColumns(kinds, database);
  const areAlike = kinds.length === 1;
  const isPlain = fields.every(({ name }) => !holdsVariant(columnIn(present, name)?.type));
  if (isPlain) return { files, present, areAlike };
  const plain = await withoutAnnotations(files, onEnd);
  return { files: plain, present: await fileColumns(plain, database), areAlike: plain.length === 1 };
}

async function faultOf(file: SourceFile, database: Database): Promise<Error | undefined> {
  if (file.size === 0) return undefined;
  const everyValue = `SELECT bit_xor(hash(every_row)) FROM ${parquetRows([file])} AS every_row`;
  return guarded([file], "NO_HINT", () => database.run(everyValue)).then(
    () => undefined,
    (fault: Error) => fault,
  );
}

async function checkTypes(
  files: readonly SourceFile[],
  fields: readonly StructField[],
  database: Database,
): Promise<void> {
  if (fields.length === 0) return;
  for (const file of await representatives(files, database)) {
    const present = await fileColumns([file], database);
    for (const { name, type } of fields) {
      const column = columnIn(present, name);
      const mismatch = column === undefined ? undefined : mismatchOf(name, column.type, type);
      if (mismatch !== undefined) throw wrongType(file.path, mismatch);
    }
  }
}

const wrongType = (path: string, { column, file, wanted, isOfShape }: Mismatch): ExecutionError =>
  new ExecutionError(
    `Encountered error while reading file ${path}. Data type mismatches when reading Parquet column [${column}]. Expected Spark type ${wanted}, actual Parquet type ${file}`,
    {
      condition: `FAILED_READ_FILE.${isOfShape ? "NO_HINT" : "PARQUET_COLUMN_DATA_TYPE_MISMATCH"}`,
      sqlState: "KD001",
      parameters: { path, column: `[${column}]`, expectedType: wanted, actualType: file },
      hint: "Read the column with the type it has in the file, and cast it afterwards.",
    },
  );

const nameIn = (present: ReadonlyMap<string, FileColumn>, name: string): string | undefined =>
  present.has(name) ? name : [...present.keys()].find((other) => other.toLowerCase() === name.toLowerCase());

const columnIn = (present: ReadonlyMap<string, FileColumn>, name: string): FileColumn | undefined =>
  present.get(nameIn(present, name) ?? "");

function columnSql(
  field: StructField,
  present: ReadonlyMap<string, FileColumn>,
  constants: ConstantColumns,
  fromFile: FromFile,
): string {
  const constant = constants.get(field.name);
  if (constant !== undefined) return constant;
  const name = nameIn(present, field.name);
  return fromFile(name === undefined ? undefined : identifier(name), present.get(name ?? "")?.type, field.type);
}

const emptyRows = (schema: StructType): string =>
  `(SELECT ${schema.fields.map(({ type }, index) => `${missing(type)} AS ${columnName(index)}`).join(", ") || "1 AS none"} WHERE false)`;

/** What could not be read: the footer that a schema is inferred from, or anything of a file whose schema is known. */
type Unreadable = "CANNOT_READ_FILE_FOOTER" | "NO_HINT";

// DuckDB says what is wrong with a file, not always which file. What has a condition says all.
async function guarded<Result>(
  files: readonly SourceFile[],
  unreadable: Unreadable,
  read: () => Promise<Result>,
): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (!isLakewrightError(error) || error.condition !== undefined) throw error;
    throw unreadableFile(guilty(files, error), unreadable, error);
  }
}

const guilty = (files: readonly SourceFile[], error: Error): string =>
  files.find(({ path }) => error.message.includes(`'${path}'`) || error.message.includes(`"${path}"`))?.path ??
  files[0]!.path;

const unreadableFile = (path: string, unreadable: Unreadable, cause: Error): ExecutionError =>
  new ExecutionError(`Encountered error while reading file ${path}: ${reasonOf(cause)}`, {
    condition: `FAILED_READ_FILE.${unreadable}`,
    sqlState: "KD001",
    parameters: { path },
    cause,
    hint: "The file may be cut short or not be Parquet at all: write it again, remove it, read other files with pathGlobFilter, or set ignoreCorruptFiles.",
  });

/** What DuckDB says of files that are not Parquet, in our words. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/No magic bytes found at end of file/, "it does not end as a Parquet file does"],
  [/too small to be a Parquet file/, "it is too short to be a Parquet file"],
  [/TProtocolException|don't know what type|Footer length error|Could not read enough bytes/, "its footer is damaged"],
];

const reasonOf = (error: Error): string =>
  reasons.find(([pattern]) => pattern.test(error.message))?.[1] ?? error.message.split("\n")[0]!.replace(/\.$/, "");
