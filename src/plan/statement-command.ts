/** The commands that hold other statements: several insertions, and statements that are texts. */
import type { Insert } from "./catalogue-command.ts";
import type { Expression } from "./expression.ts";
import type { NodeOrigin } from "./node.ts";

/** Several insertions of what one relation gives, in order: `FROM … INSERT … INSERT …`. */
export interface InsertAll extends NodeOrigin {
  readonly kind: "insert all";
  readonly inserts: readonly Insert[];
}

/**
 * A statement that is computed as a text, and run. `values` are bound to its markers: by name where they are aliases. The
 * only row goes to the variables of `into`, if there are any.
 */
export interface ExecuteImmediate extends NodeOrigin {
  readonly kind: "execute immediate";
  readonly text: Expression;
  readonly into: readonly (readonly string[])[];
  readonly values: readonly Expression[];
}

export type StatementCommand = InsertAll | ExecuteImmediate;
