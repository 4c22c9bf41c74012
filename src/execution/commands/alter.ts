/** `ALTER TABLE` and `ALTER VIEW`. */
import { shown, shownWhole, tableExists } from "../../catalogue/errors.ts";
import type { CatalogueRelation, QualifiedName, TableObject } from "../../catalogue/objects.ts";
import { AnalysisError } from "../../errors.ts";
import type { AlterRelation, TableChange } from "../../plan/catalogue-command.ts";
import { resolveUri } from "../../storage/path.ts";
import { tableExpected } from "../session-catalogue.ts";
import { noTableOperation } from "../tables/provider.ts";
import { providerOf } from "../tables/providers.ts";
import { plainName } from "../tables/store-assignment.ts";
import { columnChanges } from "./alter-columns.ts";
import { partitionChanges } from "./alter-partitions.ts";
import type { CommandContext, Handlers } from "./context.ts";
import type { ChangeOf, Changes } from "./table-change.ts";

export const alterHandlers: Handlers<"alter relation"> = {
  "alter relation": async (command, context, options) => {
    const { change } = command;
    if (change.change === "rename") return renamed(command, change.to, context);
    const relation = await found(command, context);
    const logged = relation.kind === "table" ? providerOf(relation.provider).logged : undefined;
    if (logged !== undefined) return logged.alter(command, relation as TableObject, context, options);
    const work = changes[change.change] as ChangeOf<TableChange["change"]>;
    await context.catalogue.changeRelation(relation, async ({ current, replace }) => {
      if (current?.id !== relation.id) throw await context.names.notFound(command.name);
      const altered = await work(change as never, current, context);
      if (altered !== undefined) await replace(altered);
    });
  },
};

/** What each change is called in the error for a view. */
const operations: Readonly<Record<Exclude<TableChange["change"], "rename">, string>> = {
  "add columns": "ALTER TABLE ... ADD COLUMNS",
  "replace columns": "ALTER TABLE ... REPLACE COLUMNS",
  "drop columns": "ALTER TABLE ... DROP COLUMNS",
  "rename column": "ALTER TABLE ... RENAME COLUMN",
  "alter column": "ALTER TABLE ... ALTER COLUMN",
  "sync identity": "ALTER TABLE ... ALTER COLUMN",
  "set properties": "ALTER TABLE ... SET TBLPROPERTIES",
  "unset properties": "ALTER TABLE ... UNSET TBLPROPERTIES",
  comment: "COMMENT ON TABLE",
  "default collation": "ALTER TABLE ... DEFAULT COLLATION",
  "add constraint": "ALTER TABLE ... ADD CONSTRAINT",
  "drop constraint": "ALTER TABLE ... DROP CONSTRAINT",
  "cluster by": "ALTER TABLE ... CLUSTER BY",
  "drop feature": "ALTER TABLE ... DROP FEATURE",
  "set location": "ALTER TABLE ... SET LOCATION ...",
  "add partitions": "ALTER TABLE ... ADD PARTITION ...",
  "drop partitions": "ALTER TABLE ... DROP PARTITION ...",
  "rename partition": "ALTER TABLE ... RENAME TO PARTITION",
  "recover partitions": "ALTER TABLE ... RECOVER PARTITIONS",
};

async function found({ name, expects, change }: AlterRelation, { names }: CommandContext): Promise<CatalogueRelation> {
  const operation = operations[change.change as keyof typeof operations];
  if (expects === "table") return names.table(name, operation, change.change.endsWith("properties"));
  const view = await names.lookUp(name);
  if (view.is === "relation" && view.relation.kind === "view") return view.relation;
  const whole = view.is === "relation" ? shownWhole(view.relation) : shown(name);
  throw new AnalysisError(`'${operation.replace("TABLE", "VIEW")}' expects a persistent view but ${whole} is none`, {
    condition: "EXPECT_VIEW_NOT_TABLE.USE_ALTER_TABLE",
    sqlState: "42809",
    parameters: { tableName: whole, operation: operation.replace("TABLE", "VIEW") },
    hint: "Use ALTER TABLE for a table.",
  });
}

const changes: Changes<Exclude<TableChange["change"], "rename">> = {
  // The property `comment` is the comment.
  "set properties": ({ properties }, relation) => {
    const { comment, ...others } = properties;
    const changed = { ...relation, properties: { ...relation.properties, ...others } };
    return comment === undefined ? changed : { ...changed, comment };
  },
  "unset properties": ({ keys }, relation) => ({
    ...(keys.includes("comment") ? withoutComment(relation) : relation),
    properties: Object.fromEntries(Object.entries(relation.properties).filter(([key]) => !keys.includes(key))),
  }),
  comment: ({ comment }, relation) => (comment === null ? withoutComment(relation) : { ...relation, comment }),
  "default collation": ({ collation }, relation) => ({ ...relation, collation }),
  "set location": ({ location, partition }, relation) => {
    if (partition !== undefined || relation.kind !== "table") throw partitionElsewhere(relation);
    return { ...relation, location: resolveUri(location), external: relation.external };
  },
  "add constraint": (_, relation) => refused(relation, "ADD CONSTRAINT"),
  "drop constraint": (_, relation) => refused(relation, "DROP CONSTRAINT"),
  "cluster by": (_, relation) => refused(relation, "CLUSTER BY"),
  "drop feature": (_, relation) => refused(relation, "DROP FEATURE"),
  ...columnChanges,
  ...partitionChanges,
};

function withoutComment({ comment: _, ...rest }: CatalogueRelation): CatalogueRelation {
  return rest;
}

function refused(relation: CatalogueRelation, operation: string): never {
  throw noTableOperation(relation, operation);
}

const partitionElsewhere = (relation: CatalogueRelation): AnalysisError =>
  new AnalysisError(`The partitions of ${plainName(relation)} lie below its folder and cannot be elsewhere`, {
    condition: "UNSUPPORTED_FEATURE.TABLE_OPERATION",
    sqlState: "0A000",
    hint: "Move the files into the folder of the partition.",
  });

/** Another name; a managed table's folder goes with it. */
async function renamed(
  { name, expects }: AlterRelation,
  to: readonly string[],
  context: CommandContext,
): Promise<void> {
  const { names, catalogue } = context;
  if (names.views.find(name) !== undefined) return renamedTemporary(name, to, context);
  const found = await names.lookUp(name);
  if (found.is !== "relation") return;
  const { relation } = found;
  if (expects === "view" && relation.kind === "table") throw tableGiven(relation);
  if (expects === "table" && relation.kind === "view") throw tableExpected(shown(name), "ALTER TABLE", true);
  const target = to.length === 1 ? { namespace: relation.namespace, name: to[0]!.toLowerCase() } : names.qualified(to);
  if (target.namespace !== relation.namespace) throw otherNamespace(relation, target);
  const [first, second] = [relation, target].sort((left, right) => (left.name < right.name ? -1 : 1));
  await catalogue.changeRelation(first!, (one) =>
    catalogue.changeRelation(second!, async (other) => {
      const [source, destination] = first === relation ? [one, other] : [other, one];
      if (source.current?.id !== relation.id) throw await names.notFound(name);
      if (destination.current !== undefined) throw tableExists(target);
      if (relation.kind === "view") {
        await destination.create({ ...relation, ...target });
        return source.drop(relation);
      }
      await source.rename(relation, await moved(relation, target, context));
    }),
  );
}

async function moved(table: TableObject, target: QualifiedName, { catalogue }: CommandContext): Promise<TableObject> {
  const goes = !table.external && table.location === (await catalogue.locationOf(table));
  return { ...table, ...target, location: goes ? await catalogue.locationOf(target) : table.location };
}

function renamedTemporary(name: readonly string[], to: readonly string[], { names }: CommandContext): void {
  const view = names.views.find(name)!;
  const isGlobal = name.length > 1;
  names.views.create({ ...view, name: to.at(-1)! }, { global: isGlobal, replace: false });
  names.views.drop(view.name, isGlobal);
}

const tableGiven = (table: TableObject): AnalysisError =>
  new AnalysisError(`The table ${shownWhole(table)} does not support ALTER VIEW ... RENAME TO`, {
    condition: "EXPECT_VIEW_NOT_TABLE.USE_ALTER_TABLE",
    sqlState: "42809",
    parameters: { tableName: shownWhole(table), operation: "ALTER VIEW ... RENAME TO" },
    hint: "Use ALTER TABLE instead.",
  });

const otherNamespace = (from: QualifiedName, to: QualifiedName): AnalysisError =>
  new AnalysisError(
    `RENAME TABLE source and destination databases do not match: '${from.namespace}' != '${to.namespace}'`,
    { condition: "_LEGACY_ERROR_TEMP_1073", hint: "Make a table there of the rows of this one, then drop this one." },
  );
