/** The session that a state runs: DataFrames know their state only. */
import type { SparkSession } from "./session.ts";
import type { SessionState } from "./session-state.ts";

const sessions = new WeakMap<SessionState, SparkSession>();

/** Notes which session a state runs. */
export function noteSession(state: SessionState, session: SparkSession): void {
  sessions.set(state, session);
}

/** The session that a state runs. */
export const sessionOf = (state: SessionState): SparkSession => sessions.get(state)!;
