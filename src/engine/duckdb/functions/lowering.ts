/** How functions of the catalogue become DuckDB SQL. */
import { UnsupportedError } from "../../../errors.ts";
import type { FunctionNames } from "../../../functions/catalogue.ts";
import type { Synonym } from "../../../functions/define.ts";
import type { ResolvedCall, ResolvedExpression } from "../../../plan/resolved.ts";
import type { DataType } from "../../../types/data-type.ts";
import type { CompileContext } from "../compile/context.ts";
import { duckType } from "../duck-type.ts";
import type { ScalarFunction } from "../trampoline.ts";

/** What a lowering may know besides its arguments' SQL. */
export interface LoweringContext {
  readonly call: ResolvedCall;
  /** The types of the arguments. */
  readonly types: readonly DataType[];
  /** The zone of the clocks that the call reads. */
  readonly timeZone: string;
  /** When the query began: microseconds since 1970-01-01 00:00:00 UTC. */
  readonly now: bigint;
  /** The value of an argument that is a constant, else undefined. */
  readonly constant: (index: number) => unknown;
  readonly binaryStyle: CompileContext["binaryStyle"];
  readonly readsFiles: CompileContext["readsFiles"];
  /** Whether what is written is to find out what an error came of, at whatever cost. */
  readonly isSearching: boolean;
  /** SQL of an expression made of resolved parts, for lowerings that build other calls. */
  readonly compile: (expression: ResolvedExpression) => string;
  /** The same of what DuckDB evaluates in another order than Spark, which draws numbers in its own. */
  readonly compileApart: (expression: ResolvedExpression) => string;
  /** SQL of how many numbers this call has drawn before, each time one or as many as SQL says. */
  readonly drawnBefore: (each?: string) => string;
  /** Makes a JavaScript function of this query's own callable: what writes the call. */
  readonly bind: (definition: ScalarFunction) => (...columns: readonly string[]) => string;
  /** What is known of the texts that a call parses. */
  readonly checkedTexts: CompileContext["checkedTexts"];
  /** SQL that calls a JavaScript kernel by name; see `kernels/`. */
  readonly kernel: (name: string, args: readonly string[], types?: readonly DataType[]) => string;
}

/** The SQL of a call, given that of its arguments. Each argument may be used several times: wrap costly ones in `once`. */
export type Lowering = (args: readonly string[], context: LoweringContext) => string;

/** The functions of a family's module that are no other names of functions: the analyzer gives only those. */
type Canonical<Family> = { [Key in keyof Family as Family[Key] extends Synonym ? never : Key]: Family[Key] };

/** A lowering for every function that a family's module defines, by its SQL name; other names of them may be left out. */
export type Lowerings<Family> = { readonly [Name in FunctionNames<Canonical<Family>>]: Lowering } & {
  readonly [Name in FunctionNames<Family>]?: Lowering;
};

/** A DuckDB function of the same meaning. */
export const duck =
  (name: string): Lowering =>
  (args) =>
    `${name}(${args.join(", ")})`;

/** A DuckDB operator of the same meaning between two arguments. */
export const infix =
  (operator: string): Lowering =>
  ([left, right]) =>
    `(${left} ${operator} ${right})`;

/** SQL made of the arguments: `template(([text]) => `…`)`. */
export const template =
  (write: (args: readonly string[]) => string): Lowering =>
  (args) =>
    write(args);

/** The lowering's result converted to the Spark type of the call, where DuckDB's own is another. */
export const typed =
  (lowering: Lowering): Lowering =>
  (args, context) =>
    `(${lowering(args, context)})::${duckType(context.call.type)}`;

/** A function that the embedded engine refuses, with the reason. */
export const unsupported =
  (name: string, reason: string): Lowering =>
  () => {
    throw new UnsupportedError(`the function ${name} is not supported by the embedded engine: ${reason}`, {
      hint: "Run the program on Spark, or compute it with a function of your own (udf).",
      parameters: { function: name },
    });
  };

/** Evaluates an expression once and uses its value several times: `once("x", sql, "x + x")`. */
export const once = (name: string, value: string, body: string): string =>
  `list_transform([${value}], lambda ${name}: ${body})[1]`;

/** Null where any of the arguments is null, else the body. */
export const strict = (args: readonly string[], body: string): string =>
  `CASE WHEN ${args.map((argument) => `${argument} IS NULL`).join(" OR ")} THEN NULL ELSE ${body} END`;
