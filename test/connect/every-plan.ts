/**
 * Sends every plan of the suites over the wire: what a test gives to a session is encoded and decoded first, and must come
 * back with the same meaning. Equal plans have equal answers, so that nothing runs twice.
 *
 * What the codec refuses by name stays as it is; `refusals.test.ts` lists the refusals.
 */

import type { Configuration } from "../../src/dataframe/configuration.ts";
import { EngineSessionState } from "../../src/execution/session-state.ts";
import { sqlOptions } from "../../src/functions/parsers.ts";
import type { Command } from "../../src/plan/command.ts";
import type { Relation } from "../../src/plan/relation.ts";

type Method = (this: EngineSessionState, plan: Relation | Command, ...rest: readonly unknown[]) => unknown;

const seen = new WeakSet<object>();

async function check(plan: Relation | Command, configuration: Configuration): Promise<void> {
  if (seen.has(plan)) return;
  seen.add(plan);
  const { codecOptions, refusalOf, sameMeaning, throughTheWire } = await import("./round-trip.ts");
  const options = codecOptions(sqlOptions((key, byDefault) => configuration.get(key, byDefault)));
  try {
    if (refusalOf(plan, options) !== undefined || sameMeaning(plan, throughTheWire(plan, options))) return;
  } catch (error) {
    // The comparison itself goes as deep as the plan.
    if (error instanceof RangeError && error.message.includes("call stack")) return;
    throw error;
  }
  throw new Error(`a plan comes back from the wire with another meaning: ${plan.kind}`);
}

/** Methods that check already: a worker sets up each of its files, and the class is the same for all. */
const checking = Symbol.for("lakewright.test.checking");
const { prototype } = EngineSessionState;

for (const name of checking in prototype ? [] : (["execute", "resolveSchema", "executeCommand"] as const)) {
  const method = prototype[name] as Method;
  Object.defineProperty(prototype, name, {
    value: async function (this: EngineSessionState, plan: Relation | Command, ...rest: readonly unknown[]) {
      await check(plan, this.configuration);
      return method.call(this, plan, ...rest);
    },
  });
}
Object.defineProperty(prototype, checking, { value: true });
