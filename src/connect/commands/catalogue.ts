/** Changes of the catalogue. Spark Connect has those of `spark.catalog`, as relations; the others are statements of SQL. */
import type { CatalogueCommand, CreateTable } from "../../plan/catalogue-command.ts";
import type { Command, DropView } from "../../plan/command.ts";
import type { Relation } from "../../plan/relation.ts";
import {
  type CatalogueCase,
  type CatalogueChoice,
  type CatalogueMessage,
  questionDecoders,
} from "../catalogue-questions.ts";
import { given, type Meaning } from "../codec.ts";
import { decodeSchema, encodeType } from "../data-type.ts";
import { decodeName, encodeName } from "../names.ts";
import { noMessage, refusing } from "../refusal.ts";
import type { StatementKind } from "../statements/index.ts";
import { isOfText } from "../statements/tables.ts";

const ofSql = (what: string) => refusing(() => noMessage(what, "Write it as SQL text: await spark.execute(text)."));
const tableName = ({ name }: { readonly name: readonly string[] }) => ({ tableName: encodeName(name) });

type Changes = Exclude<CatalogueCommand, { readonly kind: StatementKind }> | DropView;

export const catalogueEncoders: {
  readonly [Kind in Changes["kind"]]: (command: Extract<Changes, { readonly kind: Kind }>) => CatalogueChoice;
} = {
  use: ({ name }) => ({ case: "setCurrentDatabase", value: { dbName: encodeName(name) } }),
  "create namespace": ({ name, ifNotExists, properties, comment, location }) => {
    if (comment !== undefined || location !== undefined) throw ofSql("CREATE NAMESPACE with COMMENT or LOCATION")();
    return { case: "createDatabase", value: { dbName: encodeName(name), ifNotExists, properties } };
  },
  "drop namespace": ({ name, ifExists, cascade }) => ({
    case: "dropDatabase",
    value: { dbName: encodeName(name), ifExists, cascade },
  }),
  "create table": encodeCreateTable,
  "drop relation": ({ expects, name, ifExists }) =>
    expects === "view"
      ? { case: "dropView", value: { viewName: encodeName(name), ifExists } }
      : { case: "dropTable", value: { tableName: encodeName(name), ifExists } },
  "drop view": ({ name, global }) => ({
    case: global ? "dropGlobalTempView" : "dropTempView",
    value: { viewName: name },
  }),
  "truncate table": ({ name, partition }) => {
    if (partition !== undefined) throw ofSql("TRUNCATE of a partition")();
    return { case: "truncateTable", value: { tableName: encodeName(name) } };
  },
  "analyze table": ({ target }) => {
    if ("namespace" in target) throw ofSql("ANALYZE TABLES")();
    return { case: "analyzeTable", value: { tableName: encodeName(target.table) } };
  },
  "alter relation": (command) => {
    if (command.change.change === "recover partitions") return { case: "recoverPartitions", value: tableName(command) };
    throw ofSql(`ALTER ${command.expects.toUpperCase()} (${command.change.change})`)();
  },
  refresh: ({ target }) =>
    "table" in target
      ? { case: "refreshTable", value: { tableName: encodeName(target.table) } }
      : { case: "refreshByPath", value: { path: target.path } },
  "cache table": ({ name, query }) => {
    if (query !== undefined) throw ofSql("CACHE TABLE of a query")();
    return { case: "cacheTable", value: { tableName: encodeName(name) } };
  },
  "uncache table": ({ name }): CatalogueChoice => {
    if (name === undefined) return { case: "clearCache", value: {} };
    return { case: "uncacheTable", value: { tableName: encodeName(name) } };
  },
  "alter namespace": ofSql("ALTER NAMESPACE"),
  insert: ofSql("INSERT"),
  "create persistent view": ofSql("CREATE VIEW"),
  "alter view query": ofSql("ALTER VIEW"),
  "alter view schema mode": ofSql("ALTER VIEW"),
  "create function": ofSql("CREATE FUNCTION"),
  "drop function": ofSql("DROP FUNCTION"),
  "set setting": ofSql("SET"),
  "reset setting": ofSql("RESET"),
  "declare variable": ofSql("DECLARE VARIABLE"),
  "set variables": ofSql("SET VARIABLE"),
  "drop variable": ofSql("DROP VARIABLE"),
};

type ChangeCase = Exclude<CatalogueCase, keyof typeof questionDecoders>;

const changeDecoders: { readonly [Case in ChangeCase]: (message: CatalogueMessage<Case>) => Meaning<Command> } = {
  setCurrentDatabase: ({ dbName }) => ({ kind: "use", name: decodeName(dbName) }),
  setCurrentCatalog: ({ catalogName }) => ({ kind: "use", name: decodeName(catalogName) }),
  createDatabase: ({ dbName, ifNotExists, properties }) => ({
    kind: "create namespace",
    name: decodeName(dbName),
    ifNotExists,
    properties,
  }),
  dropDatabase: ({ dbName, ifExists, cascade }) => ({
    kind: "drop namespace",
    name: decodeName(dbName),
    ifExists,
    cascade,
  }),
  createTable: ({ description, ...message }) => decodeCreateTable(message, description),
  createExternalTable: (message) => decodeCreateTable(message, undefined),
  dropTable: ({ tableName: name, ifExists }) => ({
    kind: "drop relation",
    name: decodeName(name),
    expects: "table",
    ifExists,
  }),
  dropView: ({ viewName, ifExists }) => ({
    kind: "drop relation",
    name: decodeName(viewName),
    expects: "view",
    ifExists,
  }),
  dropTempView: ({ viewName }) => ({ kind: "drop view", name: viewName, global: false }),
  dropGlobalTempView: ({ viewName }) => ({ kind: "drop view", name: viewName, global: true }),
  truncateTable: (message) => ({ kind: "truncate table", name: decodeName(message.tableName) }),
  analyzeTable: (message) => ({ kind: "analyze table", target: { table: decodeName(message.tableName) } }),
  recoverPartitions: (message) => ({
    kind: "alter relation",
    name: decodeName(message.tableName),
    expects: "table",
    change: { change: "recover partitions" },
  }),
  refreshTable: (message) => ({ kind: "refresh", target: { table: decodeName(message.tableName) } }),
  refreshByPath: ({ path }) => ({ kind: "refresh", target: { path } }),
  cacheTable: (message) => ({ kind: "cache table", name: decodeName(message.tableName), lazy: true, options: {} }),
  uncacheTable: (message) => ({ kind: "uncache table", name: decodeName(message.tableName), ifExists: false }),
  clearCache: () => ({ kind: "uncache table", ifExists: true }),
};

const decoders = { ...questionDecoders, ...changeDecoders } satisfies {
  readonly [Case in CatalogueCase]: (message: CatalogueMessage<Case>) => Meaning<Relation> | Meaning<Command>;
};

/** What a message of the catalogue means: a question, or a change. */
export const decodeCatalogue = <Case extends CatalogueCase>(
  choice: Case,
  message: CatalogueMessage<Case>,
): Meaning<Relation> | Meaning<Command> =>
  (decoders[choice] as (message: CatalogueMessage<Case>) => Meaning<Relation> | Meaning<Command>)(message);

function encodeCreateTable(command: CreateTable): CatalogueChoice {
  const { name, schema, provider, path, comment, options } = command;
  if (isOfText(command)) throw ofSql("this form of CREATE TABLE")();
  return {
    case: "createTable",
    value: {
      tableName: encodeName(name),
      ...given("path", path),
      ...given("source", provider),
      ...given("description", comment),
      ...given("schema", schema && encodeType(schema)),
      options,
    },
  };
}

function decodeCreateTable(
  { tableName: name, path, source, schema, options }: Omit<CatalogueMessage<"createExternalTable">, "$typeName">,
  description: string | undefined,
): Meaning<CreateTable> {
  return {
    kind: "create table",
    name: decodeName(name),
    ...given("schema", schema && decodeSchema(schema)),
    ...given("provider", source),
    partitioning: [],
    ...given("path", path),
    ...given("comment", description),
    options,
    properties: {},
    ifNotExists: false,
  };
}
