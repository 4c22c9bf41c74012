/** Plans that are large, which a server of 4.1 and later takes compressed: its limit of a message counts what is sent. */
import { promisify } from "node:util";
import { zstdCompress } from "node:zlib";
import { create, toBinary } from "@bufbuild/protobuf";
import {
  CompressionCodec,
  Plan_CompressedOperation_OpType as OpType,
  type Plan,
  PlanSchema,
} from "../../connect/generated/spark/connect/base_pb.ts";
import { CommandSchema } from "../../connect/generated/spark/connect/commands_pb.ts";
import { RelationSchema } from "../../connect/generated/spark/connect/relations_pb.ts";
import type { SparkConnection } from "./connection.ts";

/** Bytes below which no server is asked whether it wants a plan compressed. */
const small = 1024 * 1024;

const settings = {
  threshold: "spark.connect.session.planCompression.threshold",
  algorithm: "spark.connect.session.planCompression.defaultAlgorithm",
} as const;

/** A plan as the server wants it: compressed where it is larger than the server's threshold and gets smaller. */
export async function compressedPlan(plan: Plan, connection: SparkConnection): Promise<Plan> {
  const message = messageIn(plan);
  if (message === undefined || message.bytes.length <= small) return plan;
  const threshold = await thresholdOf(connection);
  if (threshold === undefined || message.bytes.length <= threshold) return plan;
  const data = await promisify(zstdCompress)(message.bytes);
  if (data.length >= message.bytes.length) return plan;
  const value = { data, opType: message.opType, compressionCodec: CompressionCodec.ZSTD };
  return create(PlanSchema, { opType: { case: "compressedOperation", value } });
}

function messageIn({ opType: { case: kind, value } }: Plan): { bytes: Uint8Array; opType: OpType } | undefined {
  if (kind === "root") return { bytes: toBinary(RelationSchema, value), opType: OpType.RELATION };
  return kind === "command" ? { bytes: toBinary(CommandSchema, value), opType: OpType.COMMAND } : undefined;
}

/** Bytes from which a server wants plans compressed, if it does. */
async function thresholdOf(connection: SparkConnection): Promise<number | undefined> {
  const { pairs } = await connection.configure({ case: "getOption", value: { keys: Object.values(settings) } });
  const valueOf = (name: string): string | undefined => pairs.find(({ key }) => key === name)?.value;
  const threshold = Number(valueOf(settings.threshold) ?? -1);
  return valueOf(settings.algorithm) === "ZSTD" && threshold >= 0 ? threshold : undefined;
}
