/** What a table and changes have to have to make a dimension of, found by their schemas. */
import { isIntegral, isNumeric, type StructField, type StructType, structType } from "../../types/data-type.ts";
import { quoted } from "../../types/identifier.ts";
import { simpleString } from "../../types/type-name.ts";
import { bothLists, emptyKeys, keyNotGiven, notFound, otherType, otherValue } from "./errors.ts";
import { columnsOfTime, type Scd2Options } from "./options.ts";

/** A table as a dimension: its columns by what they are for, spelt as the table spells them. */
export interface Dimension {
  readonly keys: readonly StructField[];
  readonly startAt: StructField;
  readonly endAt: string;
  readonly current: string | undefined;
  readonly surrogateKey: string | undefined;
  /** What changes give values, besides the keys. */
  readonly attributes: readonly StructField[];
  /** Which of the attributes make a new version, by their places. */
  readonly tracked: readonly number[];
}

/**
 * Finds the columns of a table that the options name.
 *
 * @throws AnalysisError `AUTOCDC_EMPTY_KEYS`, `AUTOCDC_COLUMNS_NOT_FOUND_IN_SCHEMA`,
 * `AUTOCDC_BOTH_COLUMN_LIST_AND_EXCEPT_COLUMN_LIST`, or `DATATYPE_MISMATCH` where a column has a type of another use
 */
export function dimensionOf(table: StructType, options: Scd2Options): Dimension {
  if (options.keys.length === 0) throw emptyKeys();
  const one = (name: string): StructField => columnsNamed(table, [name], "table")[0]!;
  const { startAt, endAt } = columnsOfTime(options);
  const [keys, start, end] = [columnsNamed(table, options.keys, "table"), one(startAt), one(endAt)];
  const current = options.current === undefined ? undefined : one(options.current);
  const number = options.surrogateKey === undefined ? undefined : one(options.surrogateKey);
  if (!sameType(start, end)) throw otherType("endAt", end, `${simpleString(start.type)}, as that of startAt`);
  if (current !== undefined && current.type.kind !== "boolean") throw otherType("current", current, "boolean");
  if (number !== undefined && !isIntegral(number.type)) throw otherType("surrogateKey", number, "of whole numbers");
  const generated = columnsNamed(table, options.generatedColumnList ?? [], "table");
  const telling = new Set([...keys, start, end, current, number, ...generated]);
  const attributes = table.fields.filter((field) => !telling.has(field));
  return {
    keys,
    startAt: start,
    endAt: end.name,
    current: current?.name,
    surrogateKey: number?.name,
    attributes,
    tracked: trackedOf(attributes, options),
  };
}

const sameType = (one: StructField, other: StructField): boolean => simpleString(one.type) === simpleString(other.type);
const namesOf = (fields: readonly StructField[]): readonly string[] => fields.map(({ name }) => name);

function trackedOf(attributes: readonly StructField[], options: Scd2Options): readonly number[] {
  const { trackHistoryColumnList: only, trackHistoryExceptColumnList: except } = options;
  if (only !== undefined && except !== undefined)
    throw bothLists("trackHistoryColumnList", "trackHistoryExceptColumnList");
  const named = new Set(columnsNamed(structType(attributes), only ?? except ?? [], "table"));
  return attributes.flatMap((field, index) => (named.has(field) === (only !== undefined) ? [index] : []));
}

/** Columns by their names in any case. */
export function columnsNamed(schema: StructType, names: readonly string[], where: string): readonly StructField[] {
  const fields = new Map(schema.fields.map((field) => [field.name.toLowerCase(), field]));
  const missing = names.filter((name) => !fields.has(name.toLowerCase()));
  if (missing.length > 0) throw notFound(missing, where, namesOf(schema.fields));
  return names.map((name) => fields.get(name.toLowerCase())!);
}

const notForTable = 'Leave out what is not for the table: { exceptColumnList: ["operation"] }.';

/**
 * Checks that changes give each column of a dimension a value of its type, and no others.
 *
 * @param given - the columns of the changes that are for the table
 * @throws AnalysisError `AUTOCDC_KEY_NOT_IN_SELECTED_SCHEMA`, `AUTOCDC_COLUMNS_NOT_FOUND_IN_SCHEMA`, `DATATYPE_MISMATCH`
 */
export function checkChanges(given: StructType, { keys, attributes }: Dimension): void {
  const [names, wanted] = [lowerCased(given.fields), [...keys, ...attributes]];
  const lacking = keys.find(({ name }) => !names.has(name.toLowerCase()));
  if (lacking !== undefined) throw keyNotGiven(lacking.name, namesOf(given.fields));
  const values = columnsNamed(given, namesOf(wanted), "changes");
  const taken = lowerCased(wanted);
  const unknown = given.fields.filter(({ name }) => !taken.has(name.toLowerCase()));
  if (unknown.length > 0) throw notFound(namesOf(unknown), "table", namesOf(wanted), notForTable);
  for (const [index, field] of wanted.entries()) checkType(field, values[index]!, `The column ${quoted(field.name)}`);
}

const lowerCased = (fields: readonly StructField[]): ReadonlySet<string> =>
  new Set(fields.map(({ name }) => name.toLowerCase()));

/** Numbers fit each other, since values are checked when they are converted; everything else has to be of the type. */
export function checkType(wanted: StructField, value: StructField, what: string): void {
  if (sameType(wanted, value) || value.type.kind === "void") return;
  if (!isNumeric(wanted.type) || !isNumeric(value.type)) throw otherValue(what, value, wanted);
}
