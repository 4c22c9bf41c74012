/** Answers of a server of tests. */
import { create } from "@bufbuild/protobuf";
import { type Code, ConnectError } from "@connectrpc/connect";
import { encodeType } from "../../../src/connect/data-type.ts";
import { ErrorInfoSchema } from "../../../src/connect/generated/google/rpc/error_details_pb.ts";
import { ExecutePlanResponseSchema } from "../../../src/connect/generated/spark/connect/base_pb.ts";
import { arrowBytes } from "../../../src/types/arrow/arrow-stream.ts";
import { batchesOf } from "../../../src/types/batch-builder.ts";
import { parseDdl } from "../../../src/types/ddl.ts";

const schema = parseDdl("id BIGINT NOT NULL");

/** Rows with these ids, and their schema. */
export const rows = (responseId: string, ...ids: readonly number[]) =>
  create(ExecutePlanResponseSchema, {
    responseId,
    serverSideSessionId: "the session of the server",
    schema: encodeType(schema),
    responseType: {
      case: "arrowBatch",
      value: {
        rowCount: BigInt(ids.length),
        data: arrowBytes(
          schema,
          [
            ...batchesOf(
              schema,
              ids.map((id) => [id]),
            ),
          ],
          "UTC",
        ),
      },
    },
  });

/** The last answer. */
export const complete = create(ExecutePlanResponseSchema, {
  responseId: "the end",
  serverSideSessionId: "the session of the server",
  responseType: { case: "resultComplete", value: {} },
});

/** An error of Spark. */
export const refusal = (code: Code, metadata: Record<string, string>, message = "refused") =>
  new ConnectError(message, code, undefined, [
    {
      desc: ErrorInfoSchema,
      value: { reason: "org.apache.spark.SparkException", domain: "org.apache.spark", metadata },
    },
  ]);
