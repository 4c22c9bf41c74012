/** `DESCRIBE …`. */
import { catalogName } from "../../catalogue/errors.ts";
import type { FunctionObject, TableObject } from "../../catalogue/objects.ts";
import { AnalysisError, InternalError } from "../../errors.ts";
import type { ObjectName } from "../../plan/catalogue-command.ts";
import type { StructField } from "../../types/data-type.ts";
import { quoted } from "../../types/identifier.ts";
import { simpleString, sqlName } from "../../types/type-name.ts";
import type { CommandContext } from "../commands/context.ts";
import { defaultText } from "../tables/column-defaults.ts";
import { partitionColumns } from "../tables/file-tables.ts";
import { wholePartition } from "../tables/partitions.ts";
import { type Answerers, answering } from "./answer.ts";
import {
  bucketDetails,
  type Detail,
  locationText,
  momentText,
  partitionValuesText,
  relationDetails,
  storageDetails,
} from "./details.ts";
import { functionNamed } from "./functions.ts";
import { redacted } from "./redacted.ts";
import { described, presentRelation } from "./show.ts";

type Described = "describe namespace" | "describe table" | "describe column" | "describe function" | "describe query";

const columns = answering({ col_name: "string", data_type: "string", comment: "string?" });
const namespaceInfo = answering({ info_name: "string", info_value: "string?" });
const columnInfo = answering({ info_name: "string", info_value: "string" });
const functionText = answering({ function_desc: "string" });

type Row = readonly [string, string, string | null];

const commentOf = ({ metadata }: StructField): string | null =>
  typeof metadata?.comment === "string" ? metadata.comment : null;
const columnRow = (field: StructField): Row => [field.name, simpleString(field.type), commentOf(field)];
const blank: Row = ["", "", ""];
const detailRow = ([name, value]: Detail): Row => [name, value, ""];

export const describeAnswerers: Answerers<Described> = {
  "describe namespace": async ({ name, extended }, { names, catalogue }) => {
    const { name: own, comment, location, owner, properties } = await catalogue.namespace(names.namespaceName(name));
    const sorted = Object.entries(redacted(properties)).sort(([left], [right]) => (left < right ? -1 : 1));
    const rows: Detail[] = [
      ["Catalog Name", catalogName],
      ["Namespace Name", own],
      ["Comment", comment],
      ["Location", locationText(location)],
      ["Owner", owner],
    ];
    const text = sorted.length === 0 ? "" : `(${sorted.map(([key, value]) => `(${key},${value})`).join(", ")})`;
    return namespaceInfo(extended ? [...rows, ["Properties", text]] : rows);
  },
  "describe table": async ({ table, extended, partition }, context) => {
    const found = await context.names.lookUp(table);
    if (found.is === "temporary view") {
      if (partition !== undefined) throw noPartitionOf("TEMPORARY VIEW", table);
      const { fields } = await context.schemaOf(found.view.plan);
      return columns(fields.map(columnRow));
    }
    if (partition !== undefined && found.relation.kind === "view") throw noPartitionOf("VIEW", table);
    const relation = await presentRelation(found.relation, context);
    const head = [
      ...relation.schema.fields.map(columnRow),
      ...(relation.kind === "table" ? partitionRows(relation) : []),
    ];
    if (partition !== undefined) {
      const own = await context.names.table(table, "DESC PARTITION");
      return columns([...head, ...(await onePartition(own, partition, extended, context))]);
    }
    const details = extended
      ? [blank, ["# Detailed Table Information", "", ""] as const, ...relationDetails(relation).map(detailRow)]
      : [];
    return columns([...head, ...details, ...defaultRows(relation.schema.fields)]);
  },
  "describe column": async ({ table, column, extended }, context) => {
    const { schema } = await described(table, context);
    if (column.length > 1) throw nestedColumn(column);
    const field = schema.fields.find(({ name }) => name.toLowerCase() === column[0]!.toLowerCase());
    if (field === undefined) throw noColumn(column[0]!);
    const rows = [
      ["col_name", field.name],
      ["data_type", simpleString(field.type)],
      ["comment", commentOf(field) ?? "NULL"],
    ];
    return columnInfo(extended ? [...rows, ...statistics.map((name) => [name, "NULL"])] : rows);
  },
  "describe function": async ({ name, extended }, context) =>
    functionText((await functionLines(name, extended, context)).map((line) => [line])),
  "describe query": async (_, context, { input }) => {
    if (input === undefined) throw new InternalError("DESCRIBE QUERY has no query");
    return columns((await context.schemaOf(input)).fields.map(columnRow));
  },
};

const statistics = ["min", "max", "num_nulls", "distinct_count", "avg_col_len", "max_col_len", "histogram"];

function partitionRows(table: TableObject): readonly Row[] {
  if (table.partitionBy.length === 0) return [];
  const heading: readonly Row[] = [
    ["# Partition Information", "", ""],
    ["# col_name", "data_type", "comment"],
  ];
  return [...heading, ...partitionColumns(table).map(columnRow)];
}

function defaultRows(fields: readonly StructField[]): readonly Row[] {
  const defaults = fields.flatMap((field): Row[] => {
    const text = defaultText(field);
    return text === undefined ? [] : [[field.name, simpleString(field.type), text]];
  });
  return defaults.length === 0 ? [] : [blank, ["# Column Default Values", "", ""], ...defaults];
}

async function onePartition(
  table: TableObject,
  partition: Readonly<Record<string, string | null>>,
  extended: boolean,
  context: CommandContext,
): Promise<readonly Row[]> {
  const { values, folder, madeAt } = await wholePartition(table, partition, context);
  if (!extended) return [];
  const details: readonly Detail[] = [
    ["Database", table.namespace],
    ["Table", table.name],
    ["Partition Values", partitionValuesText(values)],
    ["Location", locationText(folder)],
    ...storageDetails(table),
    ["Created Time", momentText(madeAt)],
    ["Last Access", "UNKNOWN"],
  ];
  return [
    blank,
    ["# Detailed Partition Information", "", ""],
    ...details.map(detailRow),
    blank,
    ["# Storage Information", "", ""],
    ...bucketDetails(table).map(detailRow),
    ["Location", locationText(table.location), ""],
    ...storageDetails(table).map(detailRow),
  ];
}

function noPartitionOf(objectType: string, name: ObjectName): AnalysisError {
  const objectName = quoted(name.at(-1)!);
  return new AnalysisError(`The operation DESC PARTITION is not allowed on the ${objectType}: ${objectName}`, {
    condition: "FORBIDDEN_OPERATION",
    sqlState: "42809",
    parameters: { statement: "DESC PARTITION", objectType, objectName },
    hint: "Name a table, or leave out the partition.",
  });
}

const noColumn = (name: string): AnalysisError =>
  new AnalysisError(
    `The column ${quoted(name)} cannot be found. Verify the spelling and correctness of the column name according to the SQL config "spark.sql.caseSensitive"`,
    {
      condition: "COLUMN_NOT_FOUND",
      sqlState: "42703",
      parameters: { colName: quoted(name), caseSensitiveConfig: '"spark.sql.caseSensitive"' },
    },
  );

const nestedColumn = (column: readonly string[]): AnalysisError =>
  new AnalysisError(`DESC TABLE COLUMN does not support nested column: ${column.join(".")}`, {
    condition: "_LEGACY_ERROR_TEMP_1060",
    parameters: { command: "DESC TABLE COLUMN", column: column.join(".") },
  });

// ------------------------------------------------------------------------------------------------ functions

async function functionLines(name: ObjectName, extended: boolean, context: CommandContext): Promise<readonly string[]> {
  const found = await functionNamed(name, context);
  if ("signature" in found)
    return [`Function: ${found.name}`, `Usage: ${found.signature}`, ...(extended ? ["Extended Usage:", ""] : [])];
  return extended ? extendedLines(found.object, found.whole) : shortLines(found.object, found.whole);
}

const aligned = (width: number, label: string, [first = "", ...rest]: readonly string[]): readonly string[] => [
  `${label.padEnd(width)}${first}`,
  ...rest.map((line) => `${" ".repeat(width)}${line}`),
];

/** Names with types, and behind them in a column of their own what is noted. */
function noted(rows: readonly (readonly [named: string, note: string])[]): readonly string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, note]) => `${name.padEnd(width)} ${note}`.trimEnd());
}

function inputs({ parameters }: FunctionObject, extended: boolean): readonly string[] {
  if (parameters.length === 0) return ["()"];
  const rows = parameters.map(({ name, type, default: value, comment }) => {
    const notes = [value === undefined ? "" : `DEFAULT ${value}`, comment === undefined ? "" : `'${comment}'`];
    return [`${name} ${sqlName(type)}`, extended ? notes.filter((note) => note !== "").join(" ") : ""] as const;
  });
  return noted(rows);
}

function results({ returns, columns: fields }: FunctionObject): readonly string[] {
  if (fields === undefined) return [returns === undefined ? "" : sqlName(returns)];
  const comment = (field: StructField) => (commentOf(field) === null ? "" : `'${commentOf(field)}'`);
  return noted(fields.fields.map((field) => [`${field.name} ${sqlName(field.type)}`, comment(field)] as const));
}

const kindOf = ({ table }: FunctionObject): string => (table ? "TABLE" : "SCALAR");

const shortLines = (object: FunctionObject, whole: string): readonly string[] => [
  ...aligned(10, "Function:", [whole]),
  ...aligned(10, "Type:", [kindOf(object)]),
  ...aligned(10, "Input:", inputs(object, false)),
  ...aligned(10, "Returns:", results(object)),
];

function settingLines({ settings = {} }: FunctionObject): readonly string[] {
  const lines = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
  return lines.length === 0 ? [] : aligned(15, "Configs:", lines.sort());
}

const extendedLines = (object: FunctionObject, whole: string): readonly string[] => [
  ...aligned(15, "Function:", [whole]),
  ...aligned(15, "Type:", [kindOf(object)]),
  ...aligned(15, "Input:", inputs(object, true)),
  ...aligned(15, "Returns:", results(object)),
  ...(object.comment === undefined ? [] : aligned(15, "Comment:", [object.comment])),
  ...(object.collation === undefined ? [] : aligned(15, "Collation:", [object.collation])),
  ...aligned(15, "Deterministic:", [String(object.deterministic)]),
  ...aligned(15, "Data Access:", ["CONTAINS SQL"]),
  ...settingLines(object),
  ...aligned(15, "Create Time:", [momentText(object.createdAt)]),
  ...aligned(15, "Body:", [object.body]),
];
