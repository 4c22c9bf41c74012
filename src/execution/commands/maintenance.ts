/** `OPTIMIZE`, `VACUUM` and `RESTORE`, of tables that keep a log. */
import type { TableObject } from "../../catalogue/objects.ts";
import type { ObjectName } from "../../plan/catalogue-command.ts";
import type { MaintenanceCommand } from "../../plan/maintenance-command.ts";
import type { LoggedTables } from "../tables/logged-tables.ts";
import { noTableOperation } from "../tables/provider.ts";
import { providerOf } from "../tables/providers.ts";
import type { CommandContext, Handlers } from "./context.ts";

export const maintenanceHandlers: Handlers<MaintenanceCommand["kind"]> = {
  "optimize table": async (command, context, options) => {
    const { logged, table } = await loggedTable(command.table, "OPTIMIZE", context);
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
};

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
