/** Views: temporary ones, and those that last as the text of their query. */
import { checkName, readsTemporary, shown, shownWhole, tableExists } from "../../catalogue/errors.ts";
import type { CatalogueRelation, QualifiedName, ViewObject } from "../../catalogue/objects.ts";
import { AnalysisError } from "../../errors.ts";
import type { CreatePersistentView, ViewSchemaMode } from "../../plan/catalogue-command.ts";
import type { Relation } from "../../plan/relation.ts";
import { walk } from "../../plan/rewrite.ts";
import { statedText } from "../../types/bounded-text.ts";
import { type StructType, structField, structType } from "../../types/data-type.ts";
import { quoted } from "../../types/identifier.ts";
import { recursive } from "../resolve.ts";
import { keptSettings } from "../settings.ts";
import { checkNames } from "../tables/new-table.ts";
import { viewPlan, viewQuery } from "../view-plan.ts";
import type { TemporaryView } from "../views.ts";
import type { CommandContext, Handlers } from "./context.ts";
import { lastingSchema } from "./lasting-schema.ts";

export const viewHandlers: Handlers<
  "create view" | "create persistent view" | "alter view query" | "alter view schema mode"
> = {
  "create view": async ({ input, name, global, replace, collation }, context) => {
    await context.schemaOf(input);
    const texts = collation === undefined ? {} : { collation };
    const view = { name, plan: input, ...circumstances(context), ...texts };
    context.names.views.create(view, { global, replace });
  },
  "create persistent view": async (command, context) => {
    const name = context.names.qualified(command.name);
    checkName(name.name);
    await context.catalogue.namespace(name.namespace);
    if (command.ifNotExists && (await context.catalogue.relation(name)) !== undefined) return;
    await checkReads(name, command.input, context);
    const reader = { kind: "VIEW", name: shownWhole(name) } as const;
    const view = newView(command, name, await lastingSchema(reader, command.input, context), context);
    await context.catalogue.changeRelation(name, async ({ current, create, replace }) => {
      if (current === undefined) return create(view);
      if (command.ifNotExists) return;
      if (!command.replace) throw tableExists(name);
      if (current.kind === "table") throw isTable(current);
      await replace(view);
    });
  },
  "alter view schema mode": async ({ name, schemaMode }, context) => {
    const found = await context.names.lookUp(name);
    if (found.is !== "relation" || found.relation.kind !== "view") throw isTable(found);
    await context.catalogue.changeRelation(found.relation, async ({ current, replace }) => {
      if (current?.kind !== "view") throw await context.names.notFound(name);
      await replace({ ...current, schemaMode });
    });
  },
  "alter view query": async ({ name, text, ...written }, context) => {
    const found = await context.names.lookUp(name);
    const changed = found.is === "temporary view" ? found.view : found.relation;
    if ("kind" in changed && changed.kind === "table") throw isTable(changed);
    const now = { ...changed, ...circumstances(context) };
    const input = changed.collation === undefined ? written.input : viewQuery(text, now);
    if (!("kind" in changed)) return changeTemporary(changed, name, input, context);
    const relation = changed;
    await checkReads(relation, input, context);
    const reader = { kind: "VIEW", name: shownWhole(relation) } as const;
    const schema = structType((await lastingSchema(reader, input, context)).fields.map(statedText));
    checkNames(schema.fields);
    await context.catalogue.changeRelation(relation, async ({ current, replace }) => {
      if (current?.kind !== "view") throw await context.names.notFound(name);
      await replace({
        ...current,
        text,
        schema,
        ...circumstances(context),
        queryColumns: schema.fields.map((field) => field.name),
      });
    });
  },
};

/** What a view or a function keeps of the session that makes it. */
export const circumstances = ({ names, configuration }: CommandContext) => ({
  currentNamespace: names.current,
  settings: keptSettings(configuration),
});

async function changeTemporary(
  view: TemporaryView,
  name: readonly string[],
  input: Relation,
  context: CommandContext,
): Promise<void> {
  for (const table of tablesOf(input)) {
    const found = await context.names.find(table);
    if (found?.is === "temporary view" && found.view === view) throw recursive([shown(name), shown(name)]);
  }
  await context.schemaOf(input);
  const changed = { ...view, plan: input, ...circumstances(context) };
  context.names.views.create(changed, { global: name.length > 1, replace: true });
}

function newView(
  { columns, comment, properties, text, schemaMode: stated, collation }: CreatePersistentView,
  name: QualifiedName,
  schema: StructType,
  context: CommandContext,
): ViewObject {
  const schemaMode = stated ?? unstatedMode(context);
  const fields = schema.fields.map((field, index) => {
    const stated = columns?.[index];
    const metadata = stated?.comment === undefined ? field.metadata : { ...field.metadata, comment: stated.comment };
    return statedText(structField(stated?.name ?? field.name, field.type, field.nullable, metadata));
  });
  if (columns !== undefined && columns.length !== schema.fields.length) throw otherCount(name, columns, schema);
  checkNames(fields);
  return {
    kind: "view",
    ...name,
    id: crypto.randomUUID(),
    text,
    schema: structType(fields),
    queryColumns: schema.fields.map((field) => field.name),
    ...circumstances(context),
    ...(comment === undefined ? {} : { comment }),
    ...(collation === undefined ? {} : { collation }),
    // Columns that were named keep their names, so that only their types can evolve.
    ...(schemaMode === undefined
      ? {}
      : { schemaMode: schemaMode === "evolution" && columns !== undefined ? "type evolution" : schemaMode }),
    properties,
    createdAt: Date.now(),
  };
}

const unstatedMode = ({ configuration }: CommandContext): ViewSchemaMode | undefined =>
  configuration.get("spark.sql.legacy.viewSchemaCompensation").toLowerCase() === "true" ? undefined : "binding";

const otherCount = (
  name: QualifiedName,
  columns: readonly { readonly name: string }[],
  { fields }: StructType,
): AnalysisError => {
  const [own, given] = [
    columns.map((column) => quoted(column.name)).join(", "),
    fields.map((field) => quoted(field.name)).join(", "),
  ];
  const [part, words] =
    fields.length < columns.length
      ? (["NOT_ENOUGH_DATA_COLUMNS", "not enough data columns"] as const)
      : (["TOO_MANY_DATA_COLUMNS", "too many data columns"] as const);
  return new AnalysisError(
    `Cannot create view ${shownWhole(name)}, the reason is ${words}:\nView columns: ${own}.\nData columns: ${given}`,
    {
      condition: `CREATE_VIEW_COLUMN_ARITY_MISMATCH.${part}`,
      sqlState: "21S01",
      parameters: { viewName: shownWhole(name), viewColumns: own, dataColumns: given },
    },
  );
};

const isTable = (what: CatalogueRelation | object): AnalysisError => {
  const name = "kind" in what ? shownWhole(what as CatalogueRelation) : "";
  return new AnalysisError(`The table ${name} does not support CREATE OR REPLACE VIEW`, {
    condition: "EXPECT_VIEW_NOT_TABLE.NO_ALTERNATIVE",
    sqlState: "42809",
    parameters: { tableName: name, operation: "CREATE OR REPLACE VIEW" },
    hint: "Choose another name, or drop the table first.",
  });
};

/**
 * Looks at what a view would read, at first and second hand.
 *
 * @throws AnalysisError `RECURSIVE_VIEW`, `INVALID_TEMP_OBJ_REFERENCE`
 */
async function checkReads(name: QualifiedName, input: Relation, context: CommandContext): Promise<void> {
  const visit = async (plan: Relation, current: string, path: readonly string[]): Promise<void> => {
    for (const table of tablesOf(plan)) {
      const found = await context.names.find(table, current);
      if (found?.is === "temporary view") throw readsTemporary({ kind: "VIEW", name: shownWhole(name) }, "VIEW", table);
      if (found?.relation.kind !== "view") continue;
      const view = found.relation;
      if (view.namespace === name.namespace && view.name === name.name) throw recursive([...path, shownWhole(name)]);
      await visit(viewPlan(view), view.currentNamespace, [...path, shownWhole(view)]);
    }
  };
  await visit(input, context.names.current, [shownWhole(name)]);
}

function tablesOf(plan: Relation): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  walk(plan, (node) => {
    if (node.kind === "read table") found.push(node.name);
  });
  return found;
}
