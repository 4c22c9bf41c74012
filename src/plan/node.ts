/** Where a node was made; equality and rewriting ignore it. */
export interface Placed {
  /** The place in a program or a statement. */
  readonly origin?: Origin;
}

/** What every relation carries besides its meaning; equality and rewriting ignore it. */
export interface NodeOrigin extends Placed {
  /** Unique in the process; columns made by `df.col("x")` refer to it, as in Spark Connect. */
  readonly planId?: number;
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

/** The text of an origin as errors show it. */
export function originText(origin: Origin): string {
  return origin.from === "call"
    ? `${origin.file}:${origin.line}:${origin.column} .${origin.method}(…)`
    : origin.text.slice(origin.start, origin.end);
}
