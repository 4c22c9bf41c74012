/** Tables made and altered in forms that Spark Connect has no messages for, as statements. */
import type { CreateTable, TableChange } from "../../plan/catalogue-command.ts";
import type { Options } from "../../plan/relation.ts";
import type { StructField } from "../../types/data-type.ts";
import { quotedIfNeeded, stringLiteral } from "../../types/identifier.ts";
import { fieldSql } from "../../types/type-name.ts";
import { encodeName } from "../names.ts";
import type { Print, Statements } from "./clauses.ts";

/** What the message of a table lacks. */
const exceedsMessage = ({ partitioning, clusterBy, ifNotExists, replace, properties }: CreateTable): boolean =>
  partitioning.length > 0 ||
  clusterBy !== undefined ||
  ifNotExists ||
  replace !== undefined ||
  Object.keys(properties).length > 0;

/** Forms that no statement is made for either: a program writes them as SQL text. */
export const isOfText = ({ query, like, bucketBy, sortBy, collation }: CreateTable): boolean =>
  [query, like, bucketBy, sortBy, collation].some((clause) => clause !== undefined);

export const tableStatements = {
  "create table": (command, print) =>
    isOfText(command) || !exceedsMessage(command) ? undefined : createTable(command, print),
  "alter relation": ({ name, expects, change }) => {
    const text = changeText(change);
    return text === undefined ? undefined : `ALTER ${expects.toUpperCase()} ${encodeName(name)} ${text}`;
  },
} satisfies Statements<"create table" | "alter relation">;

const verbs = { "or create": "CREATE OR REPLACE TABLE", existing: "REPLACE TABLE" } as const;

function createTable(command: CreateTable, print: Print): string {
  const { name, schema, provider, partitioning, clusterBy, path, comment, options, properties } = command;
  const verb = command.replace === undefined ? "CREATE TABLE" : verbs[command.replace];
  return [
    `${verb}${command.ifNotExists ? " IF NOT EXISTS" : ""} ${encodeName(name)}`,
    ...(schema === undefined ? [] : [`(${schema.fields.map(columnText).join(", ")})`]),
    ...(provider === undefined ? [] : [`USING ${encodeName([provider])}`]),
    ...entries("OPTIONS", options),
    ...(partitioning.length === 0 ? [] : [`PARTITIONED BY (${partitioning.map(print).join(", ")})`]),
    ...(clusterBy === undefined ? [] : [`CLUSTER BY (${clusterBy.join(", ")})`]),
    ...(path === undefined ? [] : [`LOCATION ${stringLiteral(path)}`]),
    ...(comment === undefined ? [] : [`COMMENT ${stringLiteral(comment)}`]),
    ...entries("TBLPROPERTIES", properties),
  ].join(" ");
}

function entries(clause: string, options: Options): readonly string[] {
  const pairs = Object.entries(options).map(([key, value]) => `${stringLiteral(key)} = ${stringLiteral(value)}`);
  return pairs.length === 0 ? [] : [`${clause} (${pairs.join(", ")})`];
}

const columnText = (field: StructField): string => fieldSql(field, " ") + generationText(field);

/** How a column is generated, as its metadata notes it under Delta's keys. */
function generationText({ metadata = {} }: StructField): string {
  const expression = metadata["delta.generationExpression"];
  if (expression !== undefined) return ` GENERATED ALWAYS AS (${expression})`;
  const start = metadata["delta.identity.start"];
  if (start === undefined) return "";
  const rule = metadata["delta.identity.allowExplicitInsert"] === true ? "BY DEFAULT" : "ALWAYS";
  return ` GENERATED ${rule} AS IDENTITY (START WITH ${start} INCREMENT BY ${metadata["delta.identity.step"]})`;
}

function changeText(change: TableChange): string | undefined {
  if (change.change === "set properties")
    return `SET ${entries("TBLPROPERTIES", change.properties)[0] ?? "TBLPROPERTIES ()"}`;
  if (change.change !== "drop feature") return undefined;
  return `DROP FEATURE ${quotedIfNeeded(change.feature)}${change.truncatesHistory ? " TRUNCATE HISTORY" : ""}`;
}
