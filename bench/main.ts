/** `npm run bench -- <what> --rows 10000000`: one table of all contestants on the same files, or of all cases. */
import { parseArgs } from "node:util";
import { benchDailyKpi } from "./daily-kpi/bench.ts";
import { benchDelta, deltaCases } from "./delta/bench.ts";
import { benchSparkClient } from "./spark-client/bench.ts";
import { benchTpch } from "./tpch/bench.ts";
import { benchUserFunctions } from "./user-functions/bench.ts";

const USAGE = `usage: npm run bench -- <what> [options]

  daily-kpi           a whole system beside its peers
  delta               Delta tables beside delta-rs, Spark and plain Parquet: all of
                      delta-scan, delta-snapshot, delta-commit, delta-merge, delta-plan
  user-functions      what functions of the user's cost a row
  spark-client        our client of Spark Connect beside PySpark's own, on the server of SPARK_REMOTE
  tpch                the 22 queries of TPC-H beside DuckDB's own SQL and peers

  --scale <n>         of TPC-H and of the Delta tables (default 1)
  --rows <n>          events to generate (default 10000000); kept for the next run
  --runs <n>          how often each contestant runs (default 3)
  --formats <list>    jsonl,parquet (default both)
  --only <list>       contestants by their short names (--only help lists them), or words of cases
  --patience <s>      the most seconds to wait for a quiet machine before each run (default 60)
  --deadline <s>      the most seconds that a contestant of tpch takes for a query (default 300)
  --cache <folder>    where generated files lie (default .cache/bench)

Peers in Python are found in LAKEWRIGHT_BENCH_PYTHON, the active environment, .venv, /opt/* and python3. Spark takes part
in the Delta benchmarks where LAKEWRIGHT_BENCH_DELTA_JARS names a folder with the jars of Delta Lake.
`;

type Bench = (options: Parameters<typeof benchDailyKpi>[0] & Parameters<typeof benchTpch>[0]) => Promise<void>;

const systems: Readonly<Record<string, Bench>> = {
  "daily-kpi": benchDailyKpi,
  delta: benchDelta(deltaCases),
  ...Object.fromEntries(deltaCases.map((name) => [`delta-${name}`, benchDelta([name])])),
  "user-functions": benchUserFunctions,
  "spark-client": benchSparkClient,
  tpch: benchTpch,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: "string", default: "10000000" },
    scale: { type: "string", default: "1" },
    runs: { type: "string", default: "3" },
    formats: { type: "string", default: "jsonl,parquet" },
    only: { type: "string" },
    patience: { type: "string", default: "60" },
    deadline: { type: "string", default: "300" },
    cache: { type: "string", default: ".cache/bench" },
    help: { type: "boolean", default: false },
  },
});
const system = systems[positionals[0] ?? ""];

if (values.help || system === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = values.help ? 0 : 2;
} else {
  system({
    rows: Number(values.rows.replaceAll("_", "")),
    scale: Number(values.scale),
    runs: Number(values.runs),
    patience: Number(values.patience),
    deadline: Number(values.deadline),
    formats: values.formats.split(","),
    only: values.only?.split(","),
    cache: values.cache,
  }).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  });
}
