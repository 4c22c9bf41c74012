import type { Explain } from "../../plan/relation.ts";
import type { LocalRows } from "../../plan/resolved.ts";
import { stringType } from "../../types/data-type.ts";
import type { Analysed } from "../context.ts";
import type { RelationContext } from "../relation-context.ts";
import { scopeOf } from "../scope.ts";

/** The schema of an explanation; its text is put in before a plan is run. */
export function analyseExplain(_: Explain, { analysis }: RelationContext): Analysed {
  const output = [analysis.newColumn("plan", stringType, true)];
  const relation: LocalRows = { kind: "local rows", batches: [], output };
  return { relation, scope: scopeOf(output) };
}
