import type {
  ResolvedCall,
  ResolvedExpression,
  ResolvedRelation,
  ResolvedUserFunction,
} from "../../../plan/resolved.ts";
import type { DataType } from "../../../types/data-type.ts";
import type { BinaryOutputStyle } from "../../engine.ts";
import type { ErrorSites } from "../error-sites.ts";
import type { Below } from "../functions/aggregate/call.ts";
import type { Drawing } from "../functions/drawn.ts";
import type { ScalarFunction } from "../trampoline.ts";
import type { ScanBytes } from "./size.ts";

/** Texts that were all looked at before the query. */
export interface CheckedTexts {
  /** A query that gives those which DuckDB does not parse as Spark does; undefined where there are none. */
  readonly odd: string | undefined;
}

/** What compiling needs to know besides the plan. */
export interface CompileContext {
  readonly timeZone: string;
  readonly binaryStyle: BinaryOutputStyle;
  /** When the query began: microseconds since 1970-01-01 00:00:00 UTC. */
  readonly now: bigint;
  /** SQL that gives the rows of a leaf, local rows or a finished stage: a table expression with the relation's columns. */
  readonly source: (relation: ResolvedRelation) => string | undefined;
  /**
   * Has calls of aggregates computed below, and what is made of them; absent where calls are computed where they are
   * written.
   */
  readonly below?: Below;
  /** The most digits that the numbers of a column have, where its files tell. */
  readonly digits: (column: number) => number | undefined;
  /** The bytes of the files of a scan. */
  readonly scanBytes: ScanBytes;
  /** Whether the plan reads files. */
  readonly readsFiles: boolean;
  /** Where the errors of what is written come from. */
  readonly sites: ErrorSites;
  /** Where calls that draw numbers stand; absent where they draw once a row. */
  readonly drawing?: Drawing;
  /** SQL of an expression, which may draw somewhere else. */
  readonly compileExpression: (expression: ResolvedExpression, drawing?: Drawing) => string;
  readonly compileRelation: (relation: ResolvedRelation) => string;
  /** SQL that calls a function of the user's. */
  readonly userFunction: (call: ResolvedUserFunction, args: readonly string[]) => string;
  /** Makes a JavaScript function of this query's own callable: what writes the call. */
  readonly bind: (definition: ScalarFunction) => (...columns: readonly string[]) => string;
  /** What is known of the texts that a call parses, where all of them were looked at before the query. */
  readonly checkedTexts: (call: ResolvedCall) => CheckedTexts | undefined;
  /** SQL that calls a JavaScript kernel of ours; `types` are those of the arguments, for kernels that take any. */
  readonly kernel: (name: string, args: readonly string[], types?: readonly DataType[]) => string;
}
