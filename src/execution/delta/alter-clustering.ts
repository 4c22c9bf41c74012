/** `ALTER TABLE … CLUSTER BY`. */
import { clusteringColumns } from "../../delta/clustering-columns.ts";
import type { ChangeOf } from "./alter-table.ts";
import { clusteringAction } from "./clustering.ts";

export const clusterBy: ChangeOf<"cluster by"> = ({ columns }, { open, schema }) => ({
  asked: { features: ["clustering"] },
  actions: [clusteringAction(columns, schema, "alter")],
  operation: "CLUSTER BY",
  parameters: {
    oldClusteringColumns: clusteringColumns(open.snapshot!).join(","),
    newClusteringColumns: columns.join(","),
  },
});
