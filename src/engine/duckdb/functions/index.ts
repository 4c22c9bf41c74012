/** The lowering of every function of the catalogue that is not an aggregate. */
import { InternalError } from "../../../errors.ts";
import type { ResolvedCall } from "../../../plan/resolved.ts";
import { holdsCollation } from "../../../types/collation.ts";
import type { CompileContext } from "../compile/context.ts";
import { collatedLowerings } from "./collated.ts";
import { drawnBefore } from "./drawn.ts";
import type { Lowering, LoweringContext } from "./lowering.ts";
import { lowerings } from "./lowerings.ts";
import { writtenOnce } from "./written-once.ts";

/** The SQL of a call of a scalar function. */
export function lowerCall(call: ResolvedCall, args: readonly string[], context: CompileContext): string {
  const isCollated = call.arguments.some(({ type }) => holdsCollation(type));
  const lowering: Lowering | undefined =
    (isCollated ? collatedLowerings[call.name] : undefined) ?? lowerings[call.name];
  if (lowering === undefined)
    throw new InternalError(`the function ${call.name} has no lowering for the embedded engine`);
  return writtenOnce(args, (given) => lowering(given, loweringContext(call, context)));
}

/** What a lowering may know about a call. */
export function loweringContext(call: ResolvedCall, context: CompileContext): LoweringContext {
  return {
    call,
    types: call.arguments.map((argument) => argument.type),
    timeZone: call.timeZone ?? context.timeZone,
    now: context.now,
    constant: (index) => {
      const argument = call.arguments[index];
      return argument?.kind === "constant" ? argument.value : undefined;
    },
    compile: (expression) => context.compileExpression(expression),
    compileApart: (expression) => context.compileExpression(expression, "in another order"),
    drawnBefore: (each) => drawnBefore(context, call.name, each),
    readsFiles: context.readsFiles,
    isSearching: context.sites.isSearching,
    binaryStyle: context.binaryStyle,
    kernel: context.kernel,
    bind: context.bind,
    checkedTexts: context.checkedTexts,
  };
}
