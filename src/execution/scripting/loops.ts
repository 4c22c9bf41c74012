/** The loops of scripts. */
import type { Literal } from "../../plan/expression.ts";
import type { LoopStatement, RowLoop } from "../../plan/script.ts";
import type { StructType } from "../../types/data-type.ts";
import { vectorValues } from "../../types/vector-values.ts";
import { isTrue } from "./conditions.ts";
import { type Jump, type Place, placeIn } from "./machine.ts";
import { Scope } from "./scope.ts";

/** What the end of a round means for its loop: the jump that leaves it for good, or whether the next round comes. */
type Round = { readonly left: Jump | undefined } | "next";

async function round(loop: LoopStatement, place: Place): Promise<Round> {
  place.machine.options.signal?.throwIfAborted();
  // A loop of jumps alone would let nothing else run, a cancellation included.
  await new Promise((resolve) => setImmediate(resolve));
  const jump = await place.statements(loop.statements, place);
  if (jump === undefined) return "next";
  if (jump.to === "end of scope" || jump.label !== loop.label) return { left: jump };
  return jump.to === "next" ? "next" : { left: undefined };
}

type Loops = {
  readonly [Kind in LoopStatement["kind"]]: (
    loop: Extract<LoopStatement, { kind: Kind }>,
    place: Place,
  ) => Promise<Jump | undefined>;
};

export const loops: Loops = {
  while: async (loop, place) => {
    while (await isTrue(loop.condition, place)) {
      const ended = await round(loop, place);
      if (ended !== "next") return ended.left;
    }
    return undefined;
  },
  repeat: async (loop, place) => {
    do {
      const ended = await round(loop, place);
      if (ended !== "next") return ended.left;
    } while (!(await isTrue(loop.until, place)));
    return undefined;
  },
  loop: async (loop, place) => {
    for (;;) {
      const ended = await round(loop, place);
      if (ended !== "next") return ended.left;
    }
  },
  for: async (loop, place) => {
    for await (const scope of rowsOf(loop, place)) {
      const ended = await round(loop, placeIn(place, scope));
      if (ended !== "next") return ended.left;
    }
    return undefined;
  },
};

/** A scope for each row of the query: its columns are variables. */
async function* rowsOf({ query, row }: RowLoop, { context, machine, scope }: Place): AsyncGenerator<Scope> {
  const { schema, batches } = await context.run(query, machine.options);
  for await (const batch of batches) {
    const columns = batch.columns.map((column) => vectorValues(column, { longs: "bigint" }));
    for (let index = 0; index < batch.rows; index++) {
      const own = new Scope(scope, row === undefined ? {} : { label: row });
      declareRow(own, schema, (column) => context.literal(columns[column]![index], schema.fields[column]!.type));
      yield own;
    }
  }
}

function declareRow(scope: Scope, { fields }: StructType, valueOf: (column: number) => Literal): void {
  fields.forEach(({ name, type }, column) => {
    const value = valueOf(column);
    scope.checkFree(name);
    scope.set({ name, type, value, default: value });
  });
}
