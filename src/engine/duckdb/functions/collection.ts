/** Arrays, maps and structs as DuckDB SQL; generators are in `compile/generate.ts`. */
import { arrayLowerings } from "./collection/arrays.ts";
import { mapLowerings } from "./collection/maps.ts";
import { readingLowerings } from "./collection/reading.ts";
import { sequence } from "./collection/sequence.ts";
import type { Lowering, Lowerings } from "./lowering.ts";

type Family = typeof import("../../../functions/collection.ts");
/** What the analyzer makes nodes of their own of. */
type Nodes =
  | "struct"
  | "namedStruct"
  | "explode"
  | "explodeOuter"
  | "inline"
  | "inlineOuter"
  | "posexplode"
  | "posexplodeOuter"
  | "stack";

const all = { ...arrayLowerings, ...mapLowerings, ...readingLowerings, sequence };

/** By SQL name. */
export const collectionLowerings: Lowerings<Omit<Family, Nodes>> & Readonly<Record<string, Lowering>> = all;
