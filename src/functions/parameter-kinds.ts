/** The rules of parameters as the compiler knows them: which kinds each takes. `parameter-rules.ts` is the analyzer's side. */
import type { ArrayOf, Integral, Intervals, MapOf, Numeric, StructOf, Temporal } from "./kinds.ts";

interface Accepts<out K, out Wanted extends string> {
  readonly kinds: K;
  /** What the rule asks for, as a sentence writes it. */
  readonly wanted: Wanted;
}

export interface ParameterKinds {
  any: Accepts<unknown, "a value">;
  comparable: Accepts<unknown, "a value">;
  arithmetic: Accepts<Numeric | Temporal | Intervals, "a number">;
  numeric: Accepts<Numeric, "a number">;
  integral: Accepts<Integral, "an integer">;
  string: Accepts<"string", "a string">;
  boolean: Accepts<"boolean", "a boolean">;
  date: Accepts<Temporal, "a date or timestamp">;
  array: Accepts<ArrayOf<unknown>, "an array">;
  map: Accepts<MapOf<unknown, unknown>, "a map">;
  struct: Accepts<StructOf<unknown>, "a struct">;
  lambda: Accepts<unknown, "a function of columns">;
}
