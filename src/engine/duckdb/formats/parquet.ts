/** Parquet as Spark reads it. */
import type { FileFormat } from "./format.ts";
import { UnsupportedError } from "../../../errors.ts";

export const parquetFormat: FileFormat = {
  name: "parquet",
  inferSchema: async () => {
    throw new UnsupportedError("Parquet schemas are not read yet");
  },
  scan: async () => {
    throw new UnsupportedError("Parquet is not read yet");
  },
};
