/** Table functions: DataFrames made of the rows that a function gives. */
import { columnExpression, valueExpression } from "../functions/column.ts";
import { literalOf } from "../functions/literal.ts";
import type { ColumnLike } from "../functions/phantom.ts";
import type { Expression } from "../plan/expression.ts";
import type { DataFrame } from "./dataframe.ts";
import type { Unidentified } from "./derive.ts";

type Make = <T>(method: string, relation: Unidentified) => DataFrame<T>;

/**
 * The functions whose result is a DataFrame: `spark.tvf`. In `lateralJoin` their arguments may be columns of the left side.
 *
 * Spark: `pyspark.sql.tvf.TableValuedFunction`.
 *
 * @example
 * ```ts
 * sales.lateralJoin(spark.tvf.explode(col("tags").outer()));
 * ```
 */
export class TableFunctions {
  readonly #make: Make;

  /** Programs get them from `spark.tvf`. */
  constructor(make: Make) {
    this.#make = make;
  }

  /**
   * Numbers as `id: bigint`.
   *
   * @param start - the first; with nothing else, the end of a range from 0
   * @param end - the first that is not in it
   * @param step - from one number to the next
   * @throws AnalysisError `FAILED_FUNCTION_CALL` at the first action for a step of 0
   * @example await spark.tvf.range(0, 10, 2).show();
   */
  range(start: number | bigint, end?: number | bigint, step: number | bigint = 1): DataFrame<{ id: "bigint" }> {
    const [from, to] = end === undefined ? [0, start] : [start, end];
    return this.#call(
      "range",
      "range",
      [from, to, step].map((bound) => literalOf(BigInt(bound))),
    );
  }

  /**
   * A row for each element of an array, as `col`, or each entry of a map, as `key` and `value`.
   *
   * @param collection - an array or map; null and empty give no row
   * @throws AnalysisError `DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE` at the first action for another type
   * @example await spark.tvf.explode(array(lit(1), lit(2))).show();
   */
  explode(collection: ColumnLike): DataFrame {
    return this.#call("explode", "explode", [columnExpression(collection)]);
  }

  /**
   * `explode` that gives a row of nulls for nothing.
   *
   * @param collection - an array or map
   * @example await spark.tvf.explodeOuter(array(lit(1), lit(2))).show();
   */
  explodeOuter(collection: ColumnLike): DataFrame {
    return this.#call("explodeOuter", "explode_outer", [columnExpression(collection)]);
  }

  /**
   * `explode` with the position of each element, from 0, as `pos`.
   *
   * @param collection - an array or map; null and empty give no row
   * @example await spark.tvf.posexplode(array(lit("a"), lit("b"))).show();
   */
  posexplode(collection: ColumnLike): DataFrame {
    return this.#call("posexplode", "posexplode", [columnExpression(collection)]);
  }

  /**
   * `posexplode` that gives a row of nulls for nothing.
   *
   * @param collection - an array or map
   * @example await spark.tvf.posexplodeOuter(array(lit("a"), lit("b"))).show();
   */
  posexplodeOuter(collection: ColumnLike): DataFrame {
    return this.#call("posexplodeOuter", "posexplode_outer", [columnExpression(collection)]);
  }

  /**
   * A row for each struct of an array, a column for each of its fields.
   *
   * @param structs - an array of structs; null and empty give no row, a struct that is null a row of nulls
   * @throws AnalysisError `DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE` at the first action for another type
   * @example await spark.tvf.inline(array(struct(lit(1).as("n"), lit("a").as("letter")))).show();
   */
  inline(structs: ColumnLike): DataFrame {
    return this.#call("inline", "inline", [columnExpression(structs)]);
  }

  /**
   * `inline` that gives a row of nulls for nothing.
   *
   * @param structs - an array of structs
   * @example await spark.tvf.inlineOuter(array(struct(lit(1).as("n"), lit("a").as("letter")))).show();
   */
  inlineOuter(structs: ColumnLike): DataFrame {
    return this.#call("inlineOuter", "inline_outer", [columnExpression(structs)]);
  }

  /**
   * The fields of a JSON object as texts: `c0`, `c1`, ….
   *
   * @param text - the JSON text
   * @param fields - columns that name the fields, such as `lit("a")`
   * @example await spark.tvf.jsonTuple(lit('{"a": 1, "b": 2}'), lit("a"), lit("b")).show();
   */
  jsonTuple(text: ColumnLike, ...fields: readonly ColumnLike[]): DataFrame {
    return this.#call(
      "jsonTuple",
      "json_tuple",
      [text, ...fields].map((column) => columnExpression(column)),
    );
  }

  /**
   * Values dealt out to rows: `col0`, `col1`, ….
   *
   * @param rows - how many rows
   * @param values - row by row; what lacks at the end is null
   * @example await spark.tvf.stack(2, lit(1), lit("a"), lit(2), lit("b")).show();
   */
  stack(rows: number | ColumnLike, ...values: readonly ColumnLike[]): DataFrame {
    return this.#call("stack", "stack", [rows, ...values].map(valueExpression));
  }

  /**
   * The elements of a variant: `pos`, `key`, `value`.
   *
   * @param variant - an object or array; anything else gives no row
   * @example await spark.tvf.variantExplode(parseJson(lit('{"a": 1}'))).show();
   */
  variantExplode(variant: ColumnLike): DataFrame {
    return this.#call("variantExplode", "variant_explode", [columnExpression(variant)]);
  }

  /**
   * `variantExplode` that gives a row of nulls for nothing.
   *
   * @param variant - an object or array
   * @example await spark.tvf.variantExplodeOuter(parseJson(lit("[]"))).show();
   */
  variantExplodeOuter(variant: ColumnLike): DataFrame {
    return this.#call("variantExplodeOuter", "variant_explode_outer", [columnExpression(variant)]);
  }

  /**
   * The collations that Spark knows, with the version of the library that compares texts by them.
   *
   * @example await spark.tvf.collations().filter("LANGUAGE = 'German'").show();
   */
  collations(): DataFrame {
    return this.#call("collations", "collations", []);
  }

  /**
   * The words of Spark's SQL, and whether they are reserved.
   *
   * @example await spark.tvf.sqlKeywords().filter("reserved").show();
   */
  sqlKeywords(): DataFrame<{ keyword: "string"; reserved: "boolean" }> {
    return this.#call("sqlKeywords", "sql_keywords", []);
  }

  #call<T>(method: string, name: string, args: readonly Expression[]): DataFrame<T> {
    return this.#make(method, { kind: "table function", name: [name], arguments: args });
  }
}
