/** What an engine's analyzer says of a statement, as one text: `int`, `int?` when it may be null, `!CONDITION`. */
import { isLakewrightError, type SparkSession } from "lakewright";
import type { StructType } from "../../src/types/data-type.ts";
import { nameOf } from "../functions/named-types.ts";

export const schemaText = ({ fields }: StructType): string =>
  fields.map(({ type, nullable }) => `${nameOf(type)}${nullable ? "?" : ""}`).join("; ");

export const conditionText = (condition: string | undefined): string =>
  `!${(condition ?? "no condition").replace("DATATYPE_MISMATCH.", "")}`;

/** What asks an engine. */
export type Ask = (sql: string) => Promise<string>;

/** Asks the embedded engine. */
export const askOurs =
  (spark: SparkSession): Ask =>
  async (sql) => {
    try {
      return schemaText((await spark.sql(sql).schema()) as StructType);
    } catch (error) {
      if (!isLakewrightError(error)) throw new Error(`${sql}: ${error}`, { cause: error });
      return conditionText(error.condition);
    }
  };

const unfoldable = "!INVALID_LIMIT_LIKE_EXPRESSION.IS_UNFOLDABLE";

/**
 * Whether an expression that stands as a limit is foldable, from what was said of the limit.
 *
 * @returns undefined when it cannot stand there for another reason
 */
export function foldability(answer: string): boolean | undefined {
  if (answer === unfoldable) return false;
  return !answer.startsWith("!") || answer.startsWith("!INVALID_LIMIT_LIKE_EXPRESSION.") ? true : undefined;
}
