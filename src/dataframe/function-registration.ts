/** `spark.udf`, `spark.udtf` and `spark.dataSource`: what a session knows by name. */
import { AnalysisError, UnsupportedError } from "../errors.ts";
import type { TableFunctionOf } from "../functions/table-function-kinds.ts";
import type { UserFunctionOf } from "../functions/user-function-kinds.ts";
import type { SessionState } from "./session-state.ts";

/**
 * The user's functions by name. Spark: `pyspark.sql.UDFRegistration`.
 *
 * @example
 * ```ts
 * spark.udf.register("fee", udf({ amount: "double" }, "double", ({ amount }) => amount && amount * 0.01));
 * sales.select(callFunction("fee", "amount"));
 * ```
 */
export class FunctionRegistration {
  readonly #state: SessionState;

  /** Programs reach it by `spark.udf`. */
  constructor(state: SessionState) {
    this.#state = state;
  }

  /**
   * Makes a function known to SQL text and `callFunction`, in place of one of the same name. A function of Spark's own
   * comes first, as in Spark.
   *
   * @param name - what it is called, in any case
   * @param registered - made by `udf` or `udaf`
   * @returns the function itself
   * @throws AnalysisError when the name is no identifier, or the function was not made by `udf`
   * @example spark.udf.register("half", udf({ n: "int" }, "double", ({ n }) => n && n / 2));
   */
  register<F extends Pick<UserFunctionOf<never, never>, "definition">>(name: string, registered: F): F {
    this.#state.registerFunction(functionName(name), definitionOf(registered, "udf"));
    return registered;
  }
}

/** The user's table functions by name. Spark: `pyspark.sql.udtf.UDTFRegistration`. */
export class TableFunctionRegistration {
  readonly #state: SessionState;

  /** Programs reach it by `spark.udtf`. */
  constructor(state: SessionState) {
    this.#state = state;
  }

  /**
   * Makes a table function known to SQL text, in place of one of the same name.
   *
   * @param name - what it is called, in any case
   * @param registered - made by `udtf`
   * @returns the function itself
   * @throws AnalysisError when the name is no identifier, or the function was not made by `udtf`
   * @example spark.udtf.register("twice", udtf({ n: "int" }, "n INT", function* ({ n }) { yield { n }; yield { n }; }));
   */
  register<F extends Pick<TableFunctionOf<never, never>, "definition">>(name: string, registered: F): F {
    this.#state.registerFunction(functionName(name), definitionOf(registered, "udtf"));
    return registered;
  }
}

/** Data sources of the user's, which are refused. Spark: `pyspark.sql.datasource.DataSourceRegistration`. */
export const dataSourceRegistration = {
  /**
   * Refused: Lakewright has no data sources made of functions.
   *
   * @throws UnsupportedError always
   */
  register(): never {
    throw new UnsupportedError("data sources of one's own are not supported: dataSource.register", {
      hint: "Read with spark.read, or make a DataFrame of rows with spark.createDataFrame(…) or of a generator with udtf(…).",
    });
  },
};

function functionName(name: string): string {
  if (/^[A-Za-z_]\w*$/.test(name)) return name;
  throw new AnalysisError(`'${name}' is no name for a function`, {
    condition: "INVALID_IDENTIFIER",
    sqlState: "42602",
    parameters: { ident: name },
    hint: "Use letters, digits and underscores.",
  });
}

function definitionOf<D>(registered: { readonly definition: D }, maker: string): D {
  const { definition } = registered as { readonly definition?: D };
  if (definition !== undefined) return definition;
  throw new AnalysisError("a function is registered without its types", {
    condition: "CANNOT_REGISTER_UDF",
    hint: `Make it with ${maker}(parameters, type, function) first.`,
  });
}
