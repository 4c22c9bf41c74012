/** For tests of pipelines: the entry point `lakewright/testing`. */
export { assertDataFrameEqual, type DataFrameEqualOptions } from "./assert-data-frame-equal.ts";
export { assertSchemaEqual, type SchemaEqualOptions } from "./assert-schema-equal.ts";
export { type JobRun, type JobRunOptions, runJob } from "./run-job.ts";
export { testSession } from "./session.ts";
