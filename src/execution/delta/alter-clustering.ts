/** `ALTER TABLE … CLUSTER BY`. */
import type { ChangeOf } from "./alter-table.ts";
import { clusteringAction, clusteringColumns } from "./clustering.ts";

export const clusterBy: ChangeOf<"cluster by"> = ({ columns }, { open, schema }) => ({
  asked: { features: ["clustering"] },
  actions: [clusteringAction(columns, schema)],
  operation: "CLUSTER BY",
  parameters: {
    oldClusteringColumns: (clusteringColumns(open.transaction.base.domains) ?? [])
      .map((path) => path.join("."))
      .join(","),
    newClusteringColumns: columns.join(","),
  },
});
