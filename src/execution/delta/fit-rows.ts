/** Rows made to fit the columns of a Delta table, with the values of columns that the rows do not give. */
import { AnalysisError } from "../../errors.ts";
import { sqlParser } from "../../functions/parsers.ts";
import type { Expression } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import { bigintType, type DataType, type StructField, type StructType } from "../../types/data-type.ts";
import { sameShape } from "../../types/same-type.ts";
import { defaultValue } from "../tables/column-defaults.ts";
import { stored } from "../tables/store-assignment.ts";
import { identityOf } from "./identity-columns.ts";
import { generationText } from "./row-checks.ts";

export interface Fitting {
  readonly input: Relation;
  /** What the rows have. */
  readonly given: StructType;
  /** What the table has. */
  readonly schema: StructType;
  /** The place of a column's value among those given; -1 for none. */
  readonly placeOf: (column: StructField) => number;
  /** Whether values of other types are cast, as statements do, or refused, as `df.write.save` does. */
  readonly casts: boolean;
}

/** Rows that fit, with the columns whose values they gave themselves. */
export interface FittedRows {
  readonly input: Relation;
  readonly given: ReadonlySet<string>;
}

const attribute = (name: string): Expression => ({ kind: "attribute", name: [name] });
const named = (input: Expression, name: string): Expression => ({ kind: "alias", input, names: [name] });

/**
 * The relation with the table's columns in their order and types.
 *
 * @throws AnalysisError `DELTA_FAILED_TO_MERGE_FIELDS`, `DELTA_IDENTITY_COLUMNS_EXPLICIT_INSERT_NOT_SUPPORTED`
 */
export function fittedRows(fitting: Fitting): FittedRows {
  const { schema, input, placeOf } = fitting;
  const given = new Set(schema.fields.filter((column) => placeOf(column) >= 0).map(({ name }) => name));
  const places = fitting.given.fields.map((_, index) => `column ${index}`);
  const placed: Relation = { kind: "to columns", input, names: places };
  const direct = schema.fields.map((column) => named(directValue(column, fitting), column.name));
  return { given, input: computed({ kind: "project", input: placed, expressions: direct }, schema, given) };
}

function directValue(column: StructField, { given, placeOf, casts }: Fitting): Expression {
  const place = placeOf(column);
  const absent: Expression = { kind: "literal", type: column.type, value: null };
  if (place < 0) return isComputed(column) ? absent : defaultValue(column);
  checkMayBeGiven(column);
  return fittedValue(attribute(`column ${place}`), given.fields[place]!, column, casts);
}

const isComputed = (column: StructField): boolean =>
  generationText(column) !== undefined || identityOf(column) !== undefined;

function fittedValue(value: Expression, from: StructField, column: StructField, casts: boolean): Expression {
  if (sameShape(from.type, column.type)) return value;
  if (casts || from.type.kind === "void" || isBounded(column.type)) return stored(value, column);
  throw cannotMerge(column.name, from.name);
}

const isBounded = ({ kind }: DataType): boolean => kind === "char" || kind === "varchar";

export const cannotMerge = (current: string, update: string): AnalysisError =>
  new AnalysisError(`Failed to merge fields '${current}' and '${update}'`, {
    condition: "DELTA_FAILED_TO_MERGE_FIELDS",
    sqlState: "22005",
    parameters: { currentField: current, updateField: update },
    hint: "Cast the column to the type that the table has.",
  });

/** Columns that are made of others, then those that count. */
function computed(input: Relation, { fields }: StructType, given: ReadonlySet<string>): Relation {
  const missing = fields.filter(({ name }) => !given.has(name));
  const generated = missing.filter((field) => generationText(field) !== undefined);
  const counted = missing.filter((field) => identityOf(field) !== undefined);
  const withGenerated = replaced(input, fields, generated, (field) =>
    stored(sqlParser().expression(generationText(field)!), field),
  );
  return replaced(withGenerated, fields, counted, nextIdentity);
}

function replaced(
  input: Relation,
  fields: readonly StructField[],
  changed: readonly StructField[],
  value: (field: StructField) => Expression,
): Relation {
  if (changed.length === 0) return input;
  const expressions = fields.map((field) =>
    changed.includes(field) ? named(value(field), field.name) : attribute(field.name),
  );
  return { kind: "project", input, expressions };
}

export function nextIdentity(field: StructField): Expression {
  const { next, step } = identityOf(field)!;
  const long = (value: bigint): Expression => ({ kind: "literal", type: bigintType, value });
  const position: Expression = {
    kind: "cast",
    input: sqlParser().expression("row_number() OVER (ORDER BY 1) - 1"),
    type: bigintType,
    mode: "ansi",
  };
  const call = (name: string, ...args: readonly Expression[]): Expression => ({
    kind: "call",
    name: [name],
    arguments: args,
  });
  return call("+", long(next), call("*", long(step), position));
}

export function checkMayBeGiven(column: StructField): void {
  if (identityOf(column)?.allowsExplicit !== false) return;
  throw new AnalysisError(`Providing values for GENERATED ALWAYS AS IDENTITY column ${column.name} is not supported`, {
    condition: "DELTA_IDENTITY_COLUMNS_EXPLICIT_INSERT_NOT_SUPPORTED",
    sqlState: "42808",
    parameters: { colName: column.name },
    hint: "Leave the column out: list the others behind the name of the table.",
  });
}
