/** Questions to the catalogue. Spark Connect has those of `spark.catalog`; the others are statements of SQL. */
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { CatalogueQuestion } from "../plan/catalogue-query.ts";
import type { Relation } from "../plan/relation.ts";
import { stringLiteral } from "../types/identifier.ts";
import { given, type Meaning } from "./codec.ts";
import type { Catalog, CatalogSchema } from "./generated/spark/connect/catalog_pb.ts";
import { decodeName, encodeName } from "./names.ts";
import { noMessage, noPlan, refusing } from "./refusal.ts";

export type CatalogueChoice = NonNullable<MessageInitShape<typeof CatalogSchema>["catType"]>;
export type CatalogueCase = NonNullable<Catalog["catType"]["case"]>;
export type CatalogueMessage<Case> = Extract<Catalog["catType"], { readonly case: Case }>["value"];
type Question<Ask> = Extract<CatalogueQuestion, { readonly ask: Ask }>;
type Ask = CatalogueQuestion["ask"];

const ofSql = (what: string) => refusing(() => noMessage(what, "Write it as SQL text: spark.sql(text)."));
const inside = ({ namespace }: { readonly namespace?: readonly string[] }) =>
  given("dbName", namespace && encodeName(namespace));
const like = ({ like: pattern }: { readonly like?: string }) => given("pattern", pattern);

const encoders: { readonly [A in Ask]: (question: Question<A>) => CatalogueChoice } = {
  "list databases": (question) => ({ case: "listDatabases", value: like(question) }),
  "list tables": (question) => ({
    case: question.views ? "listViews" : "listTables",
    value: { ...inside(question), ...like(question) },
  }),
  "list functions": (question) => ({ case: "listFunctions", value: { ...inside(question), ...like(question) } }),
  "list columns": ({ table }) => ({ case: "listColumns", value: { tableName: encodeName(table) } }),
  "get table": ({ table }) => ({ case: "getTable", value: { tableName: encodeName(table) } }),
  "get function": ({ name }) => ({ case: "getFunction", value: { functionName: encodeName(name) } }),
  catalogs: ofSql("SHOW CATALOGS"),
  namespaces: ofSql("SHOW NAMESPACES"),
  "current namespace": ofSql("SHOW CURRENT NAMESPACE"),
  tables: ofSql("SHOW TABLES"),
  "tables extended": ofSql("SHOW TABLE EXTENDED"),
  views: ofSql("SHOW VIEWS"),
  columns: ofSql("SHOW COLUMNS"),
  partitions: ofSql("SHOW PARTITIONS"),
  "create table": ofSql("SHOW CREATE TABLE"),
  "table properties": ofSql("SHOW TBLPROPERTIES"),
  functions: ofSql("SHOW FUNCTIONS"),
  "describe namespace": ofSql("DESCRIBE NAMESPACE"),
  "describe table": ofSql("DESCRIBE TABLE"),
  "describe column": ofSql("DESCRIBE of a column"),
  "describe function": ofSql("DESCRIBE FUNCTION"),
  "describe query": ofSql("DESCRIBE QUERY"),
  settings: ofSql("SET"),
  "delta history": ofSql("DESCRIBE HISTORY"),
  "delta detail": ofSql("DESCRIBE DETAIL"),
};

/** A question as the choice of a message. */
export const encodeQuestion = (question: CatalogueQuestion): CatalogueChoice =>
  (encoders[question.ask] as (question: CatalogueQuestion) => CatalogueChoice)(question);

const withPattern = (statement: string, pattern: string | undefined): string =>
  pattern === undefined ? statement : `${statement} LIKE ${stringLiteral(pattern)}`;

/** Questions without a message, or whose messages have other answers than the plan: as statements they have the same. */
const statements: { readonly [A in Ask]?: (question: Question<A>) => string | undefined } = {
  "current namespace": () => "SHOW CURRENT NAMESPACE",
  catalogs: ({ like: pattern }) => withPattern("SHOW CATALOGS", pattern),
  partitions: ({ table, partition }) => (partition === undefined ? `SHOW PARTITIONS ${encodeName(table)}` : undefined),
  "table properties": ({ table, key }) => (key === undefined ? `SHOW TBLPROPERTIES ${encodeName(table)}` : undefined),
  "create table": ({ table }) => `SHOW CREATE TABLE ${encodeName(table)}`,
  "delta detail": ({ table }) => `DESCRIBE DETAIL ${encodeName(table)}`,
  "delta history": ({ table, limit }) =>
    `DESCRIBE HISTORY ${encodeName(table)}${limit === undefined ? "" : ` LIMIT ${limit}`}`,
};

/** The statement that asks a question which has no message of its own; undefined for the others. */
export const questionStatement = (question: CatalogueQuestion): string | undefined =>
  (statements[question.ask] as ((question: CatalogueQuestion) => string | undefined) | undefined)?.(question);

const ask = (question: CatalogueQuestion): Meaning<Relation> => ({ kind: "catalogue query", question });
const qualified = (name: string, namespace: string | undefined): readonly string[] => [
  ...(namespace === undefined || namespace === "" ? [] : decodeName(namespace)),
  ...decodeName(name),
];
const from = ({
  dbName,
  pattern,
}: {
  readonly dbName?: string | undefined;
  readonly pattern?: string | undefined;
}) => ({
  ...given("namespace", dbName === undefined || dbName === "" ? undefined : decodeName(dbName)),
  ...given("like", pattern),
});
/** One column of what a question is answered by. */
const column = (question: CatalogueQuestion, name: string): Meaning<Relation> => ({
  kind: "project",
  input: Object.freeze({ kind: "catalogue query", question }),
  expressions: [{ kind: "attribute", name: [name] }],
});
const unknown = (what: string, instead: string) => refusing(() => noPlan(what, instead));

type QuestionCase =
  | "currentDatabase"
  | "currentCatalog"
  | "listCatalogs"
  | "listDatabases"
  | "listTables"
  | "listViews"
  | "listFunctions"
  | "listColumns"
  | "listPartitions"
  | "getDatabase"
  | "getTable"
  | "getFunction"
  | "getTableProperties"
  | "getCreateTableString"
  | "databaseExists"
  | "tableExists"
  | "functionExists"
  | "isCached";

export const questionDecoders: {
  readonly [Case in QuestionCase]: (message: CatalogueMessage<Case>) => Meaning<Relation>;
} = {
  currentDatabase: () => column({ ask: "current namespace" }, "namespace"),
  currentCatalog: () => column({ ask: "current namespace" }, "catalog"),
  listDatabases: (message) => ask({ ask: "list databases", ...given("like", message.pattern) }),
  listTables: (message) => ask({ ask: "list tables", views: false, ...from(message) }),
  listViews: (message) => ask({ ask: "list tables", views: true, ...from(message) }),
  listFunctions: (message) => ask({ ask: "list functions", ...from(message) }),
  listColumns: ({ tableName, dbName }) => ask({ ask: "list columns", table: qualified(tableName, dbName) }),
  listPartitions: ({ tableName }) => ask({ ask: "partitions", table: decodeName(tableName) }),
  listCatalogs: (message) => ask({ ask: "catalogs", ...given("like", message.pattern) }),
  getTable: ({ tableName, dbName }) => ask({ ask: "get table", table: qualified(tableName, dbName) }),
  getFunction: ({ functionName, dbName }) => ask({ ask: "get function", name: qualified(functionName, dbName) }),
  getTableProperties: ({ tableName }) => ask({ ask: "table properties", table: decodeName(tableName) }),
  getCreateTableString: ({ tableName }) => ask({ ask: "create table", table: decodeName(tableName) }),
  getDatabase: unknown("getDatabase", "Ask listDatabases(name)."),
  databaseExists: unknown("databaseExists", "Ask listDatabases(name)."),
  tableExists: unknown("tableExists", "Ask listTables(database, name)."),
  functionExists: unknown("functionExists", "Ask listFunctions(database, name)."),
  isCached: unknown("isCached", "Ask the storage level of the DataFrame."),
};
