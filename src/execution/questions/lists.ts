/** The lists of `spark.catalog`. */
import { catalogName } from "../../catalogue/errors.ts";
import { matches } from "../../catalogue/pattern.ts";
import type { ObjectName } from "../../plan/catalogue-command.ts";
import { simpleString } from "../../types/type-name.ts";
import type { CommandContext } from "../commands/context.ts";
import { globalNamespace } from "../views.ts";
import { type Answerers, answering } from "./answer.ts";
import { locationText } from "./details.ts";
import { described } from "./show.ts";

const databases = answering({ name: "string", catalog: "string?", description: "string?", locationUri: "string" });
const tables = answering({
  name: "string",
  catalog: "string?",
  namespace: "strings?",
  description: "string?",
  tableType: "string",
  isTemporary: "boolean",
});
const columns = answering({
  name: "string",
  description: "string?",
  dataType: "string",
  nullable: "boolean",
  isPartition: "boolean",
  isBucket: "boolean",
  isCluster: "boolean",
});

export const listAnswerers: Answerers<"list databases" | "list tables" | "get table" | "list columns"> = {
  "list databases": async ({ like }, { catalogue }) => {
    const found = (await catalogue.namespaces()).filter(matches(like));
    const objects = await Promise.all(found.map((name) => catalogue.namespace(name)));
    return databases(
      objects.map(({ name, comment, location }) => [name, catalogName, comment, locationText(location)]),
    );
  },
  "list tables": async ({ namespace, like, views }, context) => {
    const { names, catalogue } = context;
    const place = names.namespaceName(namespace);
    const isGlobal = place === globalNamespace;
    if (!isGlobal) await catalogue.namespace(place);
    const own = isGlobal ? names.views.names(true) : await catalogue.relations(place);
    const rows = await Promise.all([
      ...own.filter(matches(like)).map((name) => tableRow([place, name], context)),
      ...names.views
        .names(false)
        .filter(matches(like))
        .map((name) => tableRow([name], context)),
    ]);
    return tables(views ? rows.filter(({ 4: type }) => type === "VIEW" || type === "TEMPORARY") : rows);
  },
  "get table": async ({ table }, context) => tables([await tableRow(table, context)]),
  "list columns": async ({ table }, context) => {
    const found = await context.names.lookUp(table);
    const own = found.is === "relation" && found.relation.kind === "table" ? found.relation : undefined;
    const { schema } = await described(table, context);
    return columns(
      schema.fields.map(({ name, type, nullable, metadata }) => [
        name,
        metadata?.comment ?? null,
        simpleString(type),
        nullable,
        own?.partitionBy.includes(name) ?? false,
        own?.bucketing?.columns.includes(name) ?? false,
        false,
      ]),
    );
  },
};

async function tableRow(name: ObjectName, { names }: CommandContext): Promise<readonly unknown[]> {
  const found = await names.lookUp(name);
  if (found.is === "temporary view") {
    const namespace = name.length > 1 ? [globalNamespace] : [];
    return [found.view.name, null, namespace, null, "TEMPORARY", true];
  }
  const { relation } = found;
  const type = relation.kind === "view" ? "VIEW" : relation.external ? "EXTERNAL" : "MANAGED";
  return [relation.name, catalogName, [relation.namespace], relation.comment ?? null, type, false];
}
