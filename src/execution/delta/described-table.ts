/** A table of the catalogue as its log has it. */
import type { TableObject } from "../../catalogue/objects.ts";
import type { CommandContext } from "../commands/context.ts";
import { loggedSchema } from "./open-table.ts";
import { statedSchema } from "./table-definition.ts";

/** The table with the columns, the partitioning and the properties that its log has now. */
export async function describedTable(table: TableObject, context: CommandContext): Promise<TableObject> {
  const snapshot = await context.delta.snapshot(table.location);
  const { description, partitionColumns, configuration = {} } = snapshot.metadata;
  const { comment: _, ...rest } = table;
  return {
    ...rest,
    schema: statedSchema(loggedSchema(snapshot)),
    partitionBy: partitionColumns,
    properties: configuration,
    ...(description === undefined ? {} : { comment: description }),
  };
}
