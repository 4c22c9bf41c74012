/** Who takes part: how each is started, and what it does. */
import { fileURLToPath } from "node:url";
import { packageVersion } from "../machine.ts";
import { findPeer } from "../peers.ts";
import type { Format } from "./data.ts";
import { settings, uncheckedStatements } from "./sql.js";

export interface Task {
  readonly format: Format;
  readonly data: string;
  readonly out: string;
}

export interface Contestant {
  /** For `--only`. */
  readonly id: string;
  readonly label: string;
  /** Whether it keeps rejected events with their reasons in `<out>-quarantine`. */
  readonly quarantine: boolean;
  readonly command: (task: Task) => readonly string[];
}

/** A contestant that is not there, and why. */
export interface Absent {
  readonly id: string;
  readonly label: string;
  readonly reason: string;
}

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** The one that all others are compared with. */
export const YARDSTICK = "hand-tuned";

/** All contestants, those that are not installed too. */
export function contestants(): readonly (Contestant | Absent)[] {
  const duckdb = packageVersion("@duckdb/node-api");
  return [
    {
      id: "lakewright",
      label: `Lakewright ${packageVersion()}`,
      quarantine: true,
      command: ({ data, out }) => [
        process.execPath,
        here("../../bin/lakewright.js"),
        "run",
        "daily-kpi",
        "--data",
        data,
        "--out",
        out,
      ],
    },
    {
      id: YARDSTICK,
      label: `DuckDB ${duckdb}, hand-tuned SQL`,
      quarantine: true,
      command: ({ data, out }) => [process.execPath, here("hand-tuned.js"), "--data", data, "--out", out],
    },
    {
      id: "lenient",
      label: `DuckDB ${duckdb}, hand-tuned, lenient JSON`,
      quarantine: true,
      command: ({ data, out }) => [process.execPath, here("hand-tuned.js"), "--lenient", "--data", data, "--out", out],
    },
    {
      id: "unchecked",
      label: `DuckDB ${duckdb}, same SQL unchecked`,
      quarantine: false,
      command: ({ data, out }) => [
        process.execPath,
        here("hand-tuned.js"),
        "--unchecked",
        "--data",
        data,
        "--out",
        out,
      ],
    },
    python("duckdb-python", "duckdb", "DuckDB in Python, same SQL unchecked", ({ data, out }) => [
      here("duckdb_program.py"),
      ...settings,
      ...uncheckedStatements(data, out),
    ]),
    python("polars", "polars", "Polars", ({ data, out, format }) => [here("polars_program.py"), format, data, out]),
    python("sail", "pysail", "Sail", ({ data, out, format }) => [
      here("pyspark_program.py"),
      "sail",
      format,
      data,
      out,
    ]),
    python("pyspark", "pyspark", "PySpark", ({ data, out, format }) => [
      here("pyspark_program.py"),
      "spark",
      format,
      data,
      out,
    ]),
  ];
}

/** Peers write the figures and drop what they reject: less work than Lakewright does. */
function python(
  id: string,
  distribution: string,
  label: string,
  program: (task: Task) => readonly string[],
): Contestant | Absent {
  const peer = findPeer(distribution);
  if (peer === undefined) return { id, label, reason: `no Python here has ${distribution}` };
  return {
    id,
    label: label.replace(/^[^,]+/, (name) => `${name} ${peer.version}`),
    quarantine: false,
    command: (task) => [peer.python, ...program(task)],
  };
}
