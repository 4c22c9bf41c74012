/** The option that names the engine. */
import { Option } from "commander";
import type { Settings } from "../dataframe/session.ts";

/** `--engine`, or the variable `SPARK_REMOTE` as for PySpark. */
export const engineOption = (): Option =>
  new Option("--engine <url>", "the Spark that runs it, such as sc://host:15002; this process without it").env(
    "SPARK_REMOTE",
  );

/** The settings of a session on an engine. */
export const engineSettings = (url: string | undefined): Settings =>
  url === undefined || url === "embedded" ? {} : { "spark.remote": url };
