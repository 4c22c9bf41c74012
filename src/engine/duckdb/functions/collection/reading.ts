/** One value of an array or a map, as DuckDB SQL. */
import { structFieldName } from "../../duck-type.ts";
import { sqlError } from "../../sql-text.ts";
import { type Lowering, strict } from "../lowering.ts";
import { reused } from "../reuse.ts";

const bounds = (condition: string, list: string, index: string): string =>
  sqlError(condition, { index, size: `len(${list})` });

/** `array[index]` from 0 on, and `map[key]`. */
const bracket: Lowering = (args, { types }) => {
  if (types[0]?.kind === "map") return `(${args[0]})[${args[1]}]`;
  return reused(args, ([list, index]) => {
    const outside = `${index} < 0 OR ${index} >= len(${list})`;
    return strict(
      [list!, index!],
      `CASE WHEN ${outside} THEN ${bounds("INVALID_ARRAY_INDEX", list!, index!)} ELSE (${list})[${index}::BIGINT + 1] END`,
    );
  });
};

/** `element_at`, which fails outside an array unless it only tries. */
const elementAt =
  (tries: boolean): Lowering =>
  (args, { types }) => {
    if (types[0]?.kind === "map") return `(${args[0]})[${args[1]}]`;
    return reused(args, ([list, position]) => {
      const zero = sqlError("INVALID_INDEX_OF_ZERO");
      const outside = tries
        ? ""
        : `WHEN abs(${position}) > len(${list}) THEN ${bounds("INVALID_ARRAY_INDEX_IN_ELEMENT_AT", list!, position!)} `;
      return strict(
        [list!, position!],
        `CASE WHEN ${position} = 0 THEN ${zero} ${outside}ELSE (${list})[${position}] END`,
      );
    });
  };

/** One field of each struct of an array. */
const fieldOfEach: Lowering = ([list], { constant }) =>
  `list_transform(${list}, lambda e: e.${structFieldName(Number(constant(1)))})`;

export const readingLowerings = {
  "[]": bracket,
  element_at: elementAt(false),
  try_element_at: elementAt(true),
  get_array_struct_fields: fieldOfEach,
} satisfies Readonly<Record<string, Lowering>>;
