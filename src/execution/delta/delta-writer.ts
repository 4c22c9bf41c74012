/** What statements do to Delta tables. */

import { resolveUri } from "../../storage/path.ts";
import type { LoggedTables } from "../tables/logged-tables.ts";
import { alterTable } from "./alter-table.ts";
import { createTable, creationOf, saveAsTable, writeTo } from "./create.ts";
import { describedTable } from "./described-table.ts";
import { insertRows } from "./insert.ts";
import { convertToDelta } from "./maintenance/convert.ts";
import { generateManifests } from "./maintenance/manifests.ts";
import {
  cloneStatement,
  optimizeStatement,
  repairStatement,
  restoreStatement,
  vacuumStatement,
} from "./maintenance/statements.ts";
import { deleteRows } from "./rows/delete.ts";
import { mergeRows } from "./rows/merge.ts";
import { updateRows } from "./rows/update.ts";
import { saveRows } from "./save.ts";
import { truncateTable } from "./truncate.ts";

export const deltaWriter: LoggedTables = {
  async save({ input, mode, options, partitionBy, clusterBy }, location, context, action) {
    const save = { input, location: resolveUri(location), mode, options, partitionBy, clusterBy, casts: false };
    await saveRows(save, context, action);
  },
  saveAsTable,
  writeTo,
  async create(command, name, current, context, options) {
    await createTable(await creationOf(command, name, current, context), context, options);
  },
  insert: insertRows,
  alter: alterTable,
  truncate: truncateTable,
  optimize: optimizeStatement,
  vacuum: vacuumStatement,
  restore: restoreStatement,
  delete: deleteRows,
  update: updateRows,
  merge: mergeRows,
  clone: cloneStatement,
  async convert({ partitions }, location, context) {
    await convertToDelta(location, partitions, context);
  },
  repair: repairStatement,
  async generate({ mode }, { location }, context) {
    await generateManifests(mode, location, context);
  },
  described: describedTable,
};
