/** How a DataFrame is made of another: a new relation with a plan id and the place of the call. */
import type { NodeOrigin } from "../plan/node.ts";
import type { Relation } from "../plan/relation.ts";
import type { DataFrame } from "./dataframe.ts";
import { callOrigin } from "./origin.ts";

/** A relation as a method writes it: without what every relation carries. */
export type Unidentified = Relation extends infer R ? (R extends Relation ? Omit<R, keyof NodeOrigin> : never) : never;

/** Makes a DataFrame by a method of another one. */
export type Derive = <T>(method: string, make: (input: Relation) => Unidentified) => DataFrame<T>;

let lastPlanId = 0;

/** A number that no other relation of the process has. */
export function nextPlanId(): number {
  lastPlanId += 1;
  return lastPlanId;
}

/**
 * A relation of the plan, identified.
 *
 * @param relation - what the method means
 * @param method - the method that the program called; absent when places are not to be recorded
 */
export function identified(relation: Unidentified, method?: string): Relation {
  const planId = nextPlanId();
  const node = method === undefined ? { ...relation, planId } : { ...relation, planId, origin: callOrigin(method) };
  return Object.freeze(node) as Relation;
}
