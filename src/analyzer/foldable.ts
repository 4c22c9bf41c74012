/** Which expressions have one value that no row decides, as Spark's analyzer sees it. */
import type { ResolvedExpression } from "../plan/resolved.ts";
import { isAggregateCall, resolvedChildren } from "../plan/resolved-rewrite.ts";

/**
 * Functions that Spark calls foldable of no arguments: those that it replaces by others only after its analysis, and a few
 * whose value only a run tells.
 */
const unfoldable: ReadonlySet<string> = new Set(
  (
    "aes_decrypt aes_encrypt array_append array_compact array_prepend array_size array_sort arrays_zip assert_true btrim current_catalog " +
    "current_database current_path current_schema current_timezone current_user date_part decode elt encode equal_null extract ifnull " +
    "ilike is_valid_utf8 left luhn_check make_valid_utf8 map_concat map_contains_key nullif nullifzero nvl nvl2 parse_url " +
    "raise_error regexp_count regexp_substr right session_user split_part st_asbinary st_geogfromwkb st_geomfromwkb " +
    "st_setsrid st_srid to_binary to_date to_timestamp to_timestamp_ltz " +
    "to_timestamp_ntz try_add try_aes_decrypt try_divide try_element_at try_mod try_multiply try_subtract try_to_binary " +
    "try_make_interval try_make_timestamp try_make_timestamp_ltz try_make_timestamp_ntz try_parse_url try_validate_utf8 " +
    "vector_cosine_similarity vector_inner_product vector_l2_distance vector_norm vector_normalize " +
    "try_to_date try_to_timestamp try_url_decode url_decode url_encode user validate_utf8 version zeroifnull"
  ).split(" "),
);

/** What is foldable where all that it is made of is. */
const made: ReadonlySet<ResolvedExpression["kind"]> = new Set<ResolvedExpression["kind"]>([
  ...(["cast", "conditional", "field", "struct"] as const),
]);

/** Whether an expression has one value that no row decides: Spark's `foldable`. */
export function isFoldable(expression: ResolvedExpression): boolean {
  if (expression.kind === "constant") return true;
  if (made.has(expression.kind)) return resolvedChildren(expression).every(isFoldable);
  if (expression.kind !== "call" || isAggregateCall(expression) || unfoldable.has(expression.name)) return false;
  return expression.deterministic && expression.arguments.every(isFoldable);
}
