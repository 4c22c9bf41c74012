/** What a pipeline's SQL files define: `CREATE STREAMING TABLE | MATERIALIZED VIEW | FLOW`. */
import type { Statement } from "../../functions/parsers.ts";
import type { CreateFlow, CreatePipelineDataset } from "../../plan/pipeline-command.ts";
import type { SqlCursor } from "../cursor.ts";
import { readQualifiedName } from "../names.ts";
import { readComment } from "./clauses.ts";
import { readInsert } from "./rows.ts";
import { readCreation, type TableClauses } from "./tables.ts";

/** Reads `CREATE FLOW name [COMMENT 'text'] AS INSERT INTO target query`; undefined for any other thing. */
export function readCreateFlow(cursor: SqlCursor): CreateFlow | undefined {
  cursor.take();
  if (!cursor.accept("FLOW")) return undefined;
  const name = readQualifiedName(cursor, "the name of a flow");
  const comment = readComment(cursor);
  cursor.expect("AS");
  if (!cursor.sees("INSERT", "INTO")) throw cursor.unexpected("INSERT INTO");
  const insert = readInsert(cursor);
  if (insert === undefined) throw cursor.unexpected("the name of a streaming table");
  return { kind: "create flow", name, ...(comment === undefined ? {} : { comment }), insert };
}

const datasets = [
  [["STREAMING", "TABLE"], "streaming table"],
  [["MATERIALIZED", "VIEW"], "materialized view"],
] as const;

/** Reads `CREATE STREAMING TABLE | MATERIALIZED VIEW`; undefined for any other thing that is created. */
export function readCreateDataset(cursor: SqlCursor): Statement | undefined {
  const at = cursor.take();
  const found = datasets.find(([words]) => cursor.accept(...words));
  if (found === undefined) return undefined;
  const [words, type] = found;
  const { ifNotExists, name, schema, query, clauses } = readCreation(cursor);
  const shown = `CREATE ${words.join(" ")}`;
  const refused = refusals.find(([clause]) => clauses[clause] !== undefined);
  if (refused !== undefined) throw notAllowed(cursor, at, refused[1](shown));
  if (query.query === undefined && type === "materialized view") {
    throw notAllowed(cursor, at, `Unable to find query for ${shown} statement`);
  }
  const kept: Pick<CreatePipelineDataset, "partitioning" | "properties"> = { partitioning: [], properties: {} };
  return { ...kept, ...clauses, ...schema, ...query, kind: "create pipeline dataset", type, name, ifNotExists };
}

const refusals: readonly (readonly [clause: keyof TableClauses, sentence: (statement: string) => string])[] = [
  [
    "path",
    (statement) =>
      `Specifying location is not supported for ${statement} statements. The storage location for a pipeline dataset is managed by the pipeline itself`,
  ],
  [
    "options",
    (statement) =>
      `Options are not supported for ${statement} statements. Please remove any OPTIONS lists specified in the statement`,
  ],
  ["bucketBy", (statement) => `Bucketing is not supported for ${statement} statements`],
];

const notAllowed = (cursor: SqlCursor, at: ReturnType<SqlCursor["peek"]>, sentence: string): Error =>
  cursor.fault(at, `Operation not allowed: ${sentence}`, {
    condition: "_LEGACY_ERROR_TEMP_0035",
    hint: "See what the datasets of a pipeline can have.",
  });
