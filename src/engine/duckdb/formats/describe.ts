/** Finding a source's files, its schema and its partition columns. */
import type { Read } from "../../../plan/relation.ts";
import { AnalysisError, UnsupportedError } from "../../../errors.ts";
import { discoverPartitions } from "../../../storage/partitions.ts";
import { recover } from "../../../storage/recovery.ts";
import { resolveUris } from "../../../storage/resolve-uris.ts";
import type { Storage } from "../../../storage/storage.ts";
import { type StructField, type StructType, structType } from "../../../types/data-type.ts";
import type { EngineSettings, SourceDescription } from "../../engine.ts";
import type { Database } from "../database.ts";
import type { SourceFile } from "./format.ts";
import { fileFormat } from "./index.ts";
import { metadataColumns } from "./metadata-column.ts";

/** What describing a source leaves for its scan. */
export interface SourceDetails {
  readonly files: readonly SourceFile[];
  readonly partitionSchema: StructType;
  readonly options: ReadonlyMap<string, string>;
}
