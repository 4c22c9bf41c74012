/** The providers of tables by the name of their format. */
import { deltaTables } from "./delta/delta-provider.ts";
import { fileTables } from "./file-tables.ts";
import type { TableProvider } from "./provider.ts";

/** Providers by the name of the format; every other format is one of plain files. */
const providers: Readonly<Record<string, TableProvider>> = { delta: deltaTables };

/** What stands behind tables of a format. */
export const providerOf = (format: string): TableProvider => providers[format.toLowerCase()] ?? fileTables;
