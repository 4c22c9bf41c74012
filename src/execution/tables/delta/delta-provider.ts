/** Tables of the catalogue that are Delta tables: their log says all of them. */
import type { Relation } from "../../../plan/relation.ts";
import { deltaWriter } from "../../delta/delta-writer.ts";
import type { TableProvider } from "../provider.ts";

export const deltaTables: TableProvider = {
  async scan(table, options): Promise<Relation> {
    return { kind: "read", format: "delta", paths: [table.location], options, isStreaming: false };
  },
  logged: deltaWriter,
};
