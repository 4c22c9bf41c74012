/** Calls of `window` and `session_window`, which become columns of the relation below. */
import { UnsupportedError } from "../errors.ts";
import type { Call, Expression } from "../plan/expression.ts";
import { prettyText } from "./names.ts";

const names: ReadonlySet<string> = new Set(["window", "session_window"]);

/** The function of a call, in lower case. */
export const nameOfCall = ({ name }: Call): string => name.at(-1)!.toLowerCase();

export const isTimeWindowCall = (expression: Expression): expression is Call =>
  expression.kind === "call" && names.has(nameOfCall(expression));

/** A window of time where no column can be made of it. */
export const strayTimeWindow = (call: Call): UnsupportedError =>
  new UnsupportedError(`${prettyText(call)} stands where no rows can be made of it`, {
    hint: "Make it a column first with select(…) or withColumn(…), or group by it.",
  });
