/** What a pipeline's SQL files define: datasets and the flows that fill them. A pipeline runs them, no session does. */
import type { CreateTable, Insert, ObjectName } from "./catalogue-command.ts";
import type { NodeOrigin } from "./node.ts";

/** `CREATE STREAMING TABLE` and `CREATE MATERIALIZED VIEW`. Only a streaming table can be without a query. */
export interface CreatePipelineDataset
  extends NodeOrigin,
    Pick<CreateTable, "schema" | "provider" | "partitioning" | "clusterBy" | "comment" | "properties" | "query"> {
  readonly kind: "create pipeline dataset";
  readonly type: "streaming table" | "materialized view";
  readonly name: ObjectName;
  readonly ifNotExists: boolean;
}

/** `CREATE FLOW name AS INSERT INTO target …`: rows that go to a streaming table. */
export interface CreateFlow extends NodeOrigin {
  readonly kind: "create flow";
  readonly name: ObjectName;
  readonly comment?: string;
  readonly insert: Insert;
}

export type PipelineCommand = CreatePipelineDataset | CreateFlow;
