/** Which handler an error goes to. */
import { isLakewrightError, type LakewrightError, UnsupportedError } from "../../errors.ts";
import type { HandledCondition, Handler } from "../../plan/script.ts";
import type { Scope } from "./scope.ts";

/** A handler with the scope of the block that declares it. */
export interface FoundHandler {
  readonly handler: Handler;
  readonly scope: Scope;
}

/**
 * The handler of an error: of the innermost block that has one, that for its condition before that for its SQLSTATE before
 * that for any error.
 *
 * @param error - what was thrown
 * @param scope - where it was thrown
 * @returns undefined where there is none, and for what is no error of Spark's: refusals and faults of ours
 */
export function handlerOf(error: unknown, scope: Scope): FoundHandler | undefined {
  if (!isLakewrightError(error) || error instanceof UnsupportedError) return undefined;
  for (let at: Scope | undefined = scope; at !== undefined; at = at.handledBy) {
    const { handlers } = at;
    for (const answers of preferences) {
      const handler = handlers.find(({ conditions }) => conditions.some((condition) => answers(condition, error)));
      if (handler !== undefined) return { handler, scope: at };
    }
  }
  return undefined;
}

type Answers = (condition: HandledCondition, error: LakewrightError) => boolean;

/** How a condition answers an error, the best way first. */
const preferences: readonly Answers[] = [
  (handled, { condition }) => handled.of === "condition" && handled.name === condition,
  (handled, { condition }) => handled.of === "condition" && handled.name === condition?.split(".")[0],
  (handled, { sqlState }) => handled.of === "state" && handled.state === sqlState,
  (handled, { sqlState = "" }) => handled.of === "not found" && sqlState.startsWith("02"),
  (handled, { sqlState = "" }) => handled.of === "any error" && !/^(?:02|XX)/.test(sqlState),
];
