/** What a script that runs is made of. */
import type { ActionOptions } from "../../dataframe/session-state.ts";
import type { Relation } from "../../plan/relation.ts";
import type { ScriptStatement } from "../../plan/script.ts";
import type { CommandContext } from "../commands/context.ts";
import type { Scope } from "./scope.ts";

/** Why statements are left before the last: for the end or the next round of a label, or the end of a scope. */
export type Jump =
  | { readonly to: "end" | "next"; readonly label: string }
  | { readonly to: "end of scope"; readonly scope: Scope };

/** A script that runs. */
export interface Machine {
  /** That of the session, without the variables of the script. */
  readonly session: CommandContext;
  readonly options: ActionOptions;
  /** The rows of the last query. */
  result?: Relation;
}

/** Where a statement runs. */
export interface Place {
  readonly machine: Machine;
  readonly scope: Scope;
  /** What commands may ask for here: the variables of the scope are in sight. */
  readonly context: CommandContext;
  /** Runs statements in order, until one jumps. */
  readonly statements: (statements: readonly ScriptStatement[], place: Place) => Promise<Jump | undefined>;
}

/** The place inside a scope. */
export const placeIn = (place: Pick<Place, "machine" | "statements">, scope: Scope): Place => ({
  ...place,
  scope,
  context: place.machine.session.within(scope),
});
