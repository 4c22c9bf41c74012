/** The end of tables and views, and of a table's rows. */
import { shownWhole } from "../../catalogue/errors.ts";
import type { CatalogueRelation, TableObject } from "../../catalogue/objects.ts";
import { AnalysisError } from "../../errors.ts";
import type { DropRelation } from "../../plan/catalogue-command.ts";
import { beginWrite } from "../../storage/folder-writer.ts";
import { existingPartition } from "../tables/partitions.ts";
import { providerOf } from "../tables/providers.ts";
import { plainName } from "../tables/store-assignment.ts";
import { globalNamespace } from "../views.ts";
import type { CommandContext, Handlers } from "./context.ts";

export const dropHandlers: Handlers<"drop relation" | "drop view" | "truncate table"> = {
  "drop view": ({ name, global }, { names }) => void names.views.drop(name, global),
  "drop relation": async (command, context) => {
    const view = context.names.views.find(command.name);
    if (view === undefined) return dropLasting(command, context);
    const isGlobal = command.name.length > 1 && command.name[0]!.toLowerCase() === globalNamespace;
    context.names.views.drop(view.name, isGlobal);
  },
  "truncate table": async (command, context, options) => {
    const { name, partition } = command;
    const table = await context.names.table(name, "TRUNCATE TABLE");
    const { logged } = providerOf(table.provider);
    if (logged !== undefined) return logged.truncate(command, table, context, options);
    if (table.external) throw noTruncation(table);
    const folder =
      partition === undefined ? table.location : (await existingPartition(table, partition, context)).folder;
    await context.catalogue.changeRelation(table, async ({ current }) => {
      if (current?.id === table.id) await emptied(folder, context);
    });
  },
};

async function dropLasting(
  { name, expects, ifExists }: DropRelation,
  { names, catalogue }: CommandContext,
): Promise<void> {
  const place = names.qualified(name);
  await catalogue.changeRelation(place, async ({ current, drop }) => {
    if (current === undefined && ifExists) return;
    if (current === undefined) throw await names.notFound(["spark_catalog", place.namespace, place.name]);
    if (current.kind === "table" && expects === "view") throw wrongCommand(current);
    await drop(current);
  });
}

const wrongCommand = (relation: TableObject): AnalysisError => {
  const kind = relation.external ? "EXTERNAL" : "MANAGED";
  return new AnalysisError(
    `The operation DROP VIEW requires a VIEW or METRIC_VIEW. But ${plainName(relation)} is a ${kind}. Use DROP TABLE instead`,
    {
      condition: "WRONG_COMMAND_FOR_OBJECT_TYPE",
      sqlState: "42809",
      parameters: {
        operation: "DROP VIEW",
        requiredType: "VIEW or METRIC_VIEW",
        objectName: plainName(relation),
        foundType: kind,
        alternative: "DROP TABLE",
      },
    },
  );
};

const noTruncation = (table: CatalogueRelation): AnalysisError =>
  new AnalysisError(`Operation not allowed: TRUNCATE TABLE on external tables: ${shownWhole(table)}`, {
    condition: "_LEGACY_ERROR_TEMP_1266",
    hint: "Its files are not the catalogue's. Delete them yourself, or overwrite the table with no rows.",
  });

/** Replaces what a folder holds by nothing, in one step. */
export async function emptied(folder: string, { catalogue }: CommandContext): Promise<void> {
  await using writer = await beginWrite(catalogue.storage, folder, { mode: "overwrite", successFile: false });
  await writer.commit([]);
}
