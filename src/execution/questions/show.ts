/** `SHOW …`: which objects there are. */
import { catalogName, shown, shownWhole } from "../../catalogue/errors.ts";
import type { CatalogueRelation } from "../../catalogue/objects.ts";
import { matches } from "../../catalogue/pattern.ts";
import { AnalysisError } from "../../errors.ts";
import type { ObjectName, ViewSchemaMode } from "../../plan/catalogue-command.ts";
import { partitionPath } from "../../storage/partition-path.ts";
import { statedText } from "../../types/bounded-text.ts";
import { type StructType, structType } from "../../types/data-type.ts";
import type { CommandContext } from "../commands/context.ts";
import { settingsRegistry } from "../settings.ts";
import { partitionColumn, partitionsOf, partitionValues, wholePartition } from "../tables/partitions.ts";
import { globalNamespace } from "../views.ts";
import { type Answerers, answering } from "./answer.ts";
import { createTableText } from "./create-table-text.ts";
import { partitionLines, relationLines, temporaryLines } from "./details.ts";
import { redacted } from "./redacted.ts";

type Shown =
  | "catalogs"
  | "namespaces"
  | "current namespace"
  | "tables"
  | "tables extended"
  | "views"
  | "columns"
  | "partitions"
  | "create table"
  | "table properties"
  | "settings";

const catalogs = answering({ catalog: "string" });
const namespaces = answering({ namespace: "string" });
const currentNamespace = answering({ catalog: "string", namespace: "string" });
const tables = answering({ namespace: "string", tableName: "string", isTemporary: "boolean" });
const extendedTables = answering({
  namespace: "string",
  tableName: "string",
  isTemporary: "boolean",
  information: "string",
});
const views = answering({ namespace: "string", viewName: "string", isTemporary: "boolean" });
const columns = answering({ col_name: "string" });
const partitions = answering({ partition: "string" });
const statement = answering({ createtab_stmt: "string" });
const entries = answering({ key: "string", value: "string" });

export const showAnswerers: Answerers<Shown> = {
  catalogs: ({ like }) => catalogs([catalogName].filter(matches(like)).map((name) => [name])),
  namespaces: async ({ catalog, like }, { names, catalogue }) => {
    if (catalog !== undefined && catalog.join(".").toLowerCase() !== catalogName)
      await catalogue.namespace(names.namespaceName(catalog));
    return namespaces((await catalogue.namespaces()).filter(matches(like)).map((name) => [name]));
  },
  "current namespace": (_, { names }) => currentNamespace([[catalogName, names.current]]),
  tables: async ({ namespace, like }, context) => tables(await listed(namespace, like, context)),
  "tables extended": async (question, context) => {
    if (question.partition !== undefined) {
      // With a partition the pattern is a name.
      const name = inNamespace([question.like], question.namespace);
      const table = await context.names.table(name, "SHOW TABLE EXTENDED");
      const { values, madeAt } = await wholePartition(table, question.partition, context);
      const lines = partitionLines(table, values, madeAt);
      return extendedTables([[table.namespace, table.name, false, `${lines.join("\n")}\n`]]);
    }
    const named = await listed(question.namespace, question.like, context);
    const rows = named.map(async ([namespace, name, isTemporary]) => {
      const lines = isTemporary
        ? await temporary(namespace === "" ? [name] : [namespace, name], context)
        : await lasting([namespace, name], context);
      return [namespace, name, isTemporary, `${lines.join("\n")}\n`];
    });
    return extendedTables(await Promise.all(rows));
  },
  views: async ({ namespace, like }, context) => {
    const all = await listed(namespace, like, context);
    const isView = await Promise.all(
      all.map(([place, name, isTemporary]) => isTemporary || lastingView(place, name, context)),
    );
    return views(all.filter((_, index) => isView[index]));
  },
  columns: async ({ table, namespace }, context) => {
    const { schema } = await described(inNamespace(table, namespace), context);
    return columns(schema.fields.map(({ name }) => [name]));
  },
  partitions: async ({ table: name, partition = {} }, context) => {
    const table = await context.names.table(name, "SHOW PARTITIONS");
    for (const column of Object.keys(partition)) partitionColumn(table, column);
    if (table.partitionBy.length === 0) throw notPartitioned(shownWhole(table));
    const wanted = await partitionValues(table, partition, context);
    const fitting = (await partitionsOf(table, context.catalogue.storage)).filter((values) =>
      wanted.every(([column, value]) => values.some(([own, text]) => own === column && text === value)),
    );
    return partitions(
      fitting
        .map((values) => partitionPath(values))
        .sort()
        .map((path) => [path]),
    );
  },
  "create table": async ({ table }, context) => {
    const found = await context.names.lookUp(table);
    if (found.is === "temporary view") throw notPermanent(shown(table));
    return statement([[createTableText(await presentRelation(found.relation, context))]]);
  },
  "table properties": async ({ table, key }, { names }) => {
    const found = await names.lookUp(table);
    const all = found.is === "relation" ? propertiesOf(found.relation) : {};
    if (key === undefined) return entries(Object.entries(all).sort(([left], [right]) => (left < right ? -1 : 1)));
    const name = found.is === "relation" ? shownWhole(found.relation).replaceAll("`", "") : table.join(".");
    return entries([[key, all[key] ?? `Table ${name} does not have property: ${key}`]]);
  },
  settings: ({ key }, { configuration }) => {
    if (key !== undefined)
      return entries(
        Object.entries(redacted({ [key]: configuration.get(key, settingsRegistry.defaultOf(key) ?? "<undefined>") })),
      );
    return entries(Object.entries(redacted(configuration.getAll())).sort(([left], [right]) => (left < right ? -1 : 1)));
  },
};

/** Options are shown among the properties, as Spark keeps them. */
function propertiesOf(relation: CatalogueRelation): Readonly<Record<string, string>> {
  const options = relation.kind === "table" ? Object.entries(relation.options) : [];
  const shownOptions = Object.fromEntries(options.map(([name, value]) => [`option.${name}`, value]));
  return redacted({ ...relation.properties, ...shownOptions });
}

type Named = readonly [namespace: string, name: string, isTemporary: boolean];

/** The tables and views of a namespace that meet a pattern, then the temporary views. */
async function listed(
  namespace: ObjectName | undefined,
  like: string | undefined,
  { names, catalogue }: CommandContext,
): Promise<readonly Named[]> {
  const place = names.namespaceName(namespace);
  const isGlobal = place === globalNamespace;
  if (!isGlobal) await catalogue.namespace(place);
  const own = isGlobal ? names.views.names(true) : await catalogue.relations(place);
  return [
    ...own.map((name): Named => [place, name, isGlobal]),
    ...names.views.names(false).map((name): Named => ["", name, true]),
  ].filter(([, name]) => matches(like)(name));
}

async function lastingView(namespace: string, name: string, { catalogue }: CommandContext): Promise<boolean> {
  return (await catalogue.relation({ namespace, name }))?.kind === "view";
}

async function lasting(name: ObjectName, { names }: CommandContext): Promise<readonly string[]> {
  const found = await names.lookUp(name);
  return found.is === "relation" ? relationLines(found.relation) : [];
}

async function temporary(name: ObjectName, context: CommandContext): Promise<readonly string[]> {
  const view = context.names.views.find(name)!;
  return temporaryLines(view.name, await context.schemaOf(view.plan));
}

/** The columns of whatever a name means. */
export async function described(name: ObjectName, context: CommandContext): Promise<{ readonly schema: StructType }> {
  const found = await context.names.lookUp(name);
  return found.is === "relation" ? found.relation : { schema: await context.schemaOf(found.view.plan) };
}

/** The schema of a view, if its tables still give its columns. */
async function schemaNow(name: ObjectName, context: CommandContext): Promise<StructType | undefined> {
  try {
    return await context.schemaOf({ kind: "read table", name, options: {}, isStreaming: false });
  } catch (error) {
    if (error instanceof AnalysisError) return undefined;
    throw error;
  }
}

const evolving: ReadonlySet<ViewSchemaMode | undefined> = new Set(["type evolution", "evolution"]);

/** A table, or a view with the columns that it has now. */
export async function presentRelation(
  relation: CatalogueRelation,
  context: CommandContext,
): Promise<CatalogueRelation> {
  if (relation.kind === "table" || !evolving.has(relation.schemaMode)) return relation;
  const name = [relation.namespace, relation.name];
  const read = await schemaNow(name, context);
  if (read === undefined) return relation;
  const schema = structType(read.fields.map(statedText));
  const queryColumns = schema.fields.map((field) => field.name);
  return { ...relation, schema, ...(relation.schemaMode === "evolution" ? { queryColumns } : {}) };
}

function inNamespace(table: ObjectName, namespace: ObjectName | undefined): ObjectName {
  if (namespace === undefined) return table;
  if (table.length === 1) return [...namespace, ...table];
  const [stated, own] = [namespace.join("."), table.slice(0, -1).join(".")];
  if (stated.toLowerCase() === own.toLowerCase()) return table;
  throw new AnalysisError(
    `SHOW COLUMNS with conflicting namespaces: ${shown(namespace)} != ${shown(table.slice(0, -1))}`,
    {
      condition: "SHOW_COLUMNS_WITH_CONFLICT_NAMESPACE",
      sqlState: "42K05",
      parameters: { namespaceA: shown(namespace), namespaceB: shown(table.slice(0, -1)) },
    },
  );
}

const notPartitioned = (name: string): AnalysisError =>
  new AnalysisError(`The partition command is invalid. Table ${name} is not partitioned`, {
    condition: "INVALID_PARTITION_OPERATION.PARTITION_SCHEMA_IS_EMPTY",
    sqlState: "42601",
    parameters: { name },
  });

const notPermanent = (name: string): AnalysisError =>
  new AnalysisError(`'SHOW CREATE TABLE' expects a permanent view but ${name} is a temp view`, {
    condition: "EXPECT_PERMANENT_VIEW_NOT_TEMP",
    sqlState: "42809",
    parameters: { viewName: name, operation: "SHOW CREATE TABLE" },
  });
