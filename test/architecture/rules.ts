/** What may import what, as data. ARCHITECTURE.md explains the rings; this table is what the test enforces. */

export interface Area {
  /** Imports point to the same ring or an inner one. */
  readonly ring: number;
  /** The areas it may import besides itself and the errors; absent: every area of its own and the inner rings. */
  readonly imports?: readonly string[];
  /** The areas of which it may import types only. */
  readonly importsTypesOf?: readonly string[];
  /** The areas that may import this one; absent: all that its ring allows. */
  readonly importedBy?: readonly string[];
}

/** The areas by their path below `src`; the longest path that matches owns a file. */
export const areas: Readonly<Record<string, Area>> = {
  "errors.ts": { ring: 0, imports: [] },
  "cancellation.ts": { ring: 0, imports: [] },
  types: { ring: 0, imports: [] },

  plan: { ring: 1, imports: ["types"] },
  functions: { ring: 1, imports: ["types", "plan"] },

  dataframe: { ring: 2, imports: ["types", "plan", "functions"], importsTypesOf: ["engine"] },
  // What both kinds of sessions keep of the actions that run.
  "dataframe/operations.ts": { ring: 2, imports: ["cancellation.ts"], importsTypesOf: ["types", "dataframe"] },
  sql: { ring: 2, imports: ["types", "plan", "functions"] },
  analyzer: { ring: 2, imports: ["types", "plan", "functions"] },
  engine: { ring: 2, imports: ["types", "plan"] },
  "engine/duckdb": {
    ring: 2,
    imports: ["cancellation.ts", "types", "plan", "storage", "engine"],
    importsTypesOf: ["functions"],
    importedBy: ["index.ts"],
  },
  "engine/spark": {
    ring: 2,
    imports: ["types", "plan", "functions", "analyzer", "engine", "connect", "dataframe/operations.ts"],
    importsTypesOf: ["dataframe"],
    importedBy: ["index.ts"],
  },
  catalogue: { ring: 2, imports: ["types", "plan", "storage"] },
  execution: {
    ring: 2,
    imports: [
      ...["types", "plan", "functions", "analyzer", "engine", "storage", "catalogue", "delta"],
      "dataframe/operations.ts",
    ],
    importsTypesOf: ["dataframe"],
    importedBy: ["index.ts"],
  },
  connect: { ring: 2, imports: ["types", "plan", "functions"] },
  delta: { ring: 2, imports: ["types", "plan", "storage"] },
  storage: { ring: 2, imports: ["types"] },

  "index.ts": { ring: 3 },
  streaming: { ring: 3 },
  pipelines: { ring: 3 },
  connectors: { ring: 3 },

  ml: { ring: 4 },
  graph: { ring: 4 },
  text: { ring: 4 },
  vision: { ring: 4 },

  arrow: { ring: 5 },
  "delta-tables": { ring: 5 },
  server: { ring: 5 },
  ui: { ring: 5 },
  cli: { ring: 5 },
  testing: { ring: 5 },
};

/** The area that every other one may import. */
export const common = "errors.ts";

/** From this ring on, Node's own modules are free to use. */
export const firstRingOnNode = 3;

/** The paths of the rings below that may use Node's own modules too. */
export const onNode: readonly string[] = ["storage", "engine/duckdb", "engine/spark", "dataframe/origin.ts"];

/** Who may import a package that is not ours; a package that is not here may not be imported at all. */
export const packages: Readonly<Record<string, readonly string[]>> = {
  // What the generated code needs; loaded with `connect`, never with the main entry.
  "@bufbuild/protobuf": ["connect", "engine/spark"],
  "@bufbuild/protobuf/codegenv2": ["connect/generated"],
  "@bufbuild/protobuf/wkt": ["connect"],
  // Loaded when a session of a Spark is first used.
  "@connectrpc/connect": ["engine/spark"],
  "@connectrpc/connect-node": ["engine/spark"],
  "@duckdb/node-api": ["engine/duckdb", "cli/commands/doctor.ts"],
  "@duckdb/node-bindings": ["engine/duckdb"],
  "apache-arrow": ["arrow"],
  commander: ["cli"],
  // Loaded when a file asks for them: see `formats/optional-package.ts`.
  avsc: ["engine/duckdb"],
  "lz4-napi": ["engine/duckdb"],
  sax: ["engine/duckdb"],
  "seek-bzip": ["engine/duckdb"],
  snappy: ["engine/duckdb"],
};

/** The folders of code that a program writes; their files may be of any length. */
export const generated: readonly string[] = ["src/connect/generated"];

/** The longest a file may be, in lines. */
export const lineBudget = 500;

/** The files that may be longer, and how long: catalogues and cases, which are read by looking up one entry. */
export const lineBudgets: Readonly<Record<string, number>> = {
  "src/plan/relation.ts": 700,
  "src/dataframe/catalog.ts": 600,
  "src/dataframe/dataframe.ts": 1950,
  "src/functions/date.ts": 900,
  "src/functions/string.ts": 900,
  "test/formats/json-lines.ts": 700,
};
