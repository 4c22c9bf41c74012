/** The outputs of a run with the partitions of their rows. */

import type { Output } from "../../engine.ts";
import { Placement } from "./place.ts";

/** The outputs, with a column for the partition where rows in several are written to files. */
export function placeOutputs(outputs: readonly Output[]): readonly Output[] {
  const placement = new Placement(outputs.map(({ plan }) => plan));
  return outputs.map((output) => placed(output, placement));
}

function placed(output: Output, placement: Placement): Output {
  const { plan, destination } = output;
  const isPlaced =
    destination.kind === "files" &&
    destination.request.bucketed !== true &&
    destination.request.gathers !== true &&
    [...relationsBelow(plan)].some(({ kind }) => kind === "distribution");
  if (!isPlaced) return { ...output, plan: placement.plain(plan) };
  const { relation, partition } = placement.placed(plan);
  if (partition === undefined) return { ...output, plan: relation };
  return {
    ...output,
    plan: relation,
    destination: { ...destination, request: { ...destination.request, partitionId: partition.id } },
  };
}

import { relationsBelow } from "../../../plan/resolved-walk.ts";
