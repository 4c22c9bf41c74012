/** What looks after tables that keep a log: `OPTIMIZE`, `VACUUM`, `RESTORE` and others. */
import type { TableObject } from "../../catalogue/objects.ts";
import { AnalysisError } from "../../errors.ts";
import type { ObjectName } from "../../plan/catalogue-command.ts";
import type { MaintenanceCommand } from "../../plan/maintenance-command.ts";
import { resolveUri } from "../../storage/path.ts";
import type { LoggedTables } from "../tables/logged-tables.ts";
import { pathTable } from "../tables/path-table.ts";
import { noTableOperation } from "../tables/provider.ts";
import { providerOf } from "../tables/providers.ts";
import type { CommandContext, Handlers } from "./context.ts";

export const maintenanceHandlers: Handlers<MaintenanceCommand["kind"]> = {
  "optimize table": async (command, context, options) => {
    const { logged, table } = await loggedTable(command.table, command.purges === true ? "REORG" : "OPTIMIZE", context);
    return logged.optimize(command, table, context, options);
  },
  "vacuum table": async (command, context, options) => {
    const { logged, table } = await loggedTable(command.table, "VACUUM", context);
    return logged.vacuum(command, table, context, options);
  },
  "restore table": async (command, context, options) => {
    const { logged, table } = await loggedTable(command.table, "RESTORE", context);
    return logged.restore(command, table, context, options);
  },
  "clone table": async (command, context) => {
    const { logged, table } = await loggedTable(command.source, "CLONE", context);
    const name = pathTable(command.name) ?? context.names.qualified(command.name);
    return logged.clone(command, name, table, context);
  },
  "convert table": async (command, context) => {
    const [format, path] = command.table;
    if (command.table.length !== 2 || format!.toLowerCase() !== "parquet") throw noParquet(command.table);
    await providerOf("delta").logged!.convert(command, resolveUri(path!), context);
  },
  "repair files": async (command, context) => {
    const { logged, table } = await loggedTable(command.table, "FSCK REPAIR TABLE", context);
    return logged.repair(command, table, context);
  },
  "generate manifest": async (command, context) => {
    const { logged, table } = await loggedTable(command.table, "GENERATE", context);
    await logged.generate(command, table, context);
  },
};

const noParquet = (name: ObjectName): AnalysisError =>
  new AnalysisError(`CONVERT TO DELTA only supports parquet tables, but you are trying to convert ${name.join(".")}`, {
    condition: "DELTA_CONVERT_NON_PARQUET_TABLE",
    sqlState: "0AKDC",
    parameters: { sourceName: name[0]!, tableId: name.join(".") },
    hint: "Name a folder: CONVERT TO DELTA parquet.`/data/sales`.",
  });

async function loggedTable(
  name: ObjectName,
  operation: string,
  { names }: CommandContext,
): Promise<{ readonly logged: LoggedTables; readonly table: TableObject }> {
  const table = await names.table(name, operation);
  const { logged } = providerOf(table.provider);
  if (logged === undefined) throw noTableOperation(table, operation);
  return { logged, table };
}
