/** What the comparison with Spark is made of. */
import type { SparkField, SparkValue } from "../../services/protocol.ts";

/** A statement that both engines run. */
export interface Case {
  readonly family: string;
  readonly sql: string;
}

/** What an engine makes of a statement. */
export type Outcome =
  | { readonly schema: readonly SparkField[]; readonly rows: readonly (readonly SparkValue[])[] }
  | { readonly condition: string | null; readonly message: string };

/**
 * How the answers compare: `equal` in names, types, nullability and values, or in the condition of the error; `value` in
 * values only; `law` where Spark's answer changes from run to run and ours has its type and keeps its law.
 */
export type Standing = "equal" | "value" | "law" | "different" | "refused";

export interface Verdict extends Case {
  readonly standing: Standing;
  /** Both answers, or the reason of a refusal. */
  readonly detail: string;
}
