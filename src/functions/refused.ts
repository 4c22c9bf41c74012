/** Functions of Spark that are refused by name, with the reason: where what Spark gives cannot be given faithfully. */

/** Why a function is refused, and Spark's own condition where Spark refuses it too. */
export interface Refused {
  readonly reason: string;
  readonly condition?: string;
}

const because = (reason: string, names: string, condition?: string): readonly (readonly [string, Refused])[] =>
  names.split(" ").map((name) => [name, condition === undefined ? { reason } : { reason, condition }]);

const kinds = (names: string, suffixes: string): string =>
  names
    .split(" ")
    .flatMap((name) => suffixes.split(" ").map((suffix) => `${name}_${suffix}`))
    .join(" ");

/** By name, in lower case. */
export const refusedFunctions: ReadonlyMap<string, Refused> = new Map([
  ...because("it calls a method of a Java class", "java_method reflect try_reflect"),
  ...because("it needs a compiled descriptor and Spark's Protobuf module", "from_protobuf to_protobuf"),
  ...because(
    "its sketches are bytes of the Apache DataSketches library, whose estimates depend on its random choices",
    "hll_sketch_agg hll_sketch_estimate hll_union hll_union_agg",
  ),
  ...because(
    "its sketches are bytes of the Apache DataSketches library, which drops values at random",
    kinds(
      "kll_sketch_agg kll_merge_agg kll_sketch_get_n kll_sketch_get_quantile kll_sketch_get_rank kll_sketch_merge kll_sketch_to_string",
      "bigint double float",
    ),
  ),
  ...because(
    "its sketches are bytes of the Apache DataSketches library",
    "theta_sketch_agg theta_sketch_estimate theta_union theta_union_agg theta_intersection theta_intersection_agg theta_difference",
  ),
  ...because(
    "its sketches are bytes of the Apache DataSketches library",
    kinds(
      "tuple_sketch_agg tuple_sketch_estimate tuple_sketch_summary tuple_sketch_theta tuple_union tuple_union_agg tuple_union_theta tuple_intersection tuple_intersection_agg tuple_intersection_theta tuple_difference tuple_difference_theta",
      "double integer",
    ),
  ),
  ...because(
    "its counts are those of a sketch of the Apache DataSketches library",
    "approx_top_k approx_top_k_accumulate approx_top_k_combine approx_top_k_estimate",
  ),
  ...because("its sketch hashes values with Spark's own random coefficients", "count_min_sketch"),
  ...because("shapes on the globe have no type here", "st_asbinary st_geogfromwkb st_geomfromwkb st_setsrid st_srid"),
  ...because(
    "the type TIME is off, as it is in Spark unless a setting says otherwise",
    "current_time",
    "UNSUPPORTED_TIME_TYPE",
  ),
  ...because("texts are compared byte by byte: other collations are not supported", "collate"),
  ...because("what it tells is known to Spark's readers only", "input_file_block_start input_file_block_length"),
  ...because("its bins depend on the order in which rows come", "histogram_numeric"),
  ...because("metric views are not supported", "measure"),
]);
