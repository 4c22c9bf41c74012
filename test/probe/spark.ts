/** Asking a real Spark, by analysis only: the schema of SQL text, for which no job runs. */
import { ConnectError } from "@connectrpc/connect";
import { SparkConnection } from "../../src/engine/spark/connection.ts";
import { parseConnectionString } from "../../src/engine/spark/connection-string.ts";
import { conditionOf } from "../../src/engine/spark/failure.ts";
import { readSchema } from "../../src/engine/spark/schema.ts";
import { type Ask, conditionText, schemaText } from "./answer.ts";

export interface AskedSpark extends AsyncDisposable {
  readonly ask: Ask;
}

const schemaRequest = (query: string) =>
  ({
    case: "schema",
    value: { plan: { opType: { case: "root", value: { relType: { case: "sql", value: { query } } } } } },
  }) as const;

/**
 * A session of a Spark that answers questions.
 *
 * @param remote - its address: `sc://host:port`
 */
export function askedSpark(remote: string): AskedSpark {
  const connection = new SparkConnection(parseConnectionString(remote));
  const ask = async (sql: string): Promise<string> => {
    try {
      // The condition comes with the error itself: its details are not asked for.
      const { result } = await connection.service.analyzePlan({ ...connection.identity, analyze: schemaRequest(sql) });
      return result.case === "schema" ? schemaText(readSchema(result.value.schema)) : "!no schema";
    } catch (error) {
      return conditionText(conditionOf(ConnectError.from(error)));
    }
  };
  return { ask, [Symbol.asyncDispose]: () => connection.close() };
}
