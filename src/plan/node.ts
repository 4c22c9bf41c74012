import type { ErrorContext, QueryContext } from "../errors.ts";
import { dataFrameQueryContext, sqlQueryContext } from "../types/query-context.ts";
import { sourceContext } from "../types/source-error.ts";
import type { Expression } from "./expression.ts";
import type { Relation } from "./relation.ts";

/** Where a node was made; equality and rewriting ignore it. */
export interface Placed {
  /** The place in a program or a statement. */
  readonly origin?: Origin;
}

/** What every relation carries besides its meaning; equality and rewriting ignore it. */
export interface NodeOrigin extends Placed {
  /** Unique in the process; columns made by `df.col("x")` refer to it, as in Spark Connect. */
  readonly planId?: number;
  /** The SQL text that the node was read of, all of it: what travels to engines that read SQL themselves. */
  readonly written?: SqlStatement;
}

/** A statement as SQL text, with what its markers stand for and the relations that it calls by a name. */
export interface SqlStatement {
  readonly text: string;
  readonly named: Readonly<Record<string, Expression>>;
  readonly positional: readonly Expression[];
  readonly views: readonly { readonly name: string; readonly plan: Relation }[];
}

/** A place in a program (`file:line:column .method(…)`) or a span of SQL text. */
export type Origin =
  | {
      readonly from: "call";
      readonly method: string;
      readonly file: string;
      readonly line: number;
      readonly column: number;
    }
  | { readonly from: "sql"; readonly text: string; readonly start: number; readonly end: number };

/** An origin as errors tell it: a call, or the line of SQL text with a caret below the place. */
export function originContext(origin: Origin): ErrorContext {
  const query = queryContext(origin);
  if (origin.from === "call") return { origin: originText(origin), line: origin.line, column: origin.column, query };
  const { fragment: _, ...place } = sourceContext(origin.text, origin.start);
  return { ...place, fragment: originText(origin), query };
}

/** An origin as Spark tells it of what fails on data; `method` is what was called there, where it is not what the origin names. */
export function queryContext(origin: Origin, method?: string): QueryContext {
  if (origin.from === "sql") return sqlQueryContext(origin.text, origin.start, origin.end);
  return dataFrameQueryContext(method ?? origin.method, `${origin.file}:${origin.line}`);
}

/** The text of an origin: a call, or the span of SQL text. */
export function originText(origin: Origin): string {
  return origin.from === "call"
    ? `${origin.file}:${origin.line}:${origin.column} .${origin.method}(…)`
    : origin.text.slice(origin.start, origin.end);
}
