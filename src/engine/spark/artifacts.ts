/** Bytes as the messages by which a client adds them to its session of the server. */
import { crc32 } from "node:zlib";
import { create } from "@bufbuild/protobuf";
import { type AddArtifactsRequest, AddArtifactsRequestSchema } from "../../connect/generated/spark/connect/base_pb.ts";
import type { SparkConnection } from "./connection.ts";

/** Small enough for servers and what lies before them: a part of the 4 MiB that messages may have as a rule. */
const partSize = 1024 * 1024;

/**
 * The messages of one artifact.
 *
 * @param name - such as `cache/` and a hash
 * @param bytes - what it holds
 * @param identity - what each request begins with
 */
export async function* artifactsOf(
  name: string,
  bytes: Uint8Array,
  identity: SparkConnection["identity"],
): AsyncGenerator<AddArtifactsRequest, void, void> {
  const parts = Array.from({ length: Math.max(1, Math.ceil(bytes.length / partSize)) }, (_, index) =>
    bytes.subarray(index * partSize, (index + 1) * partSize),
  );
  const [first, ...others] = parts.map((data) => ({ data, crc: BigInt(crc32(data)) }));
  const begin = { name, totalBytes: BigInt(bytes.length), numChunks: BigInt(parts.length), initialChunk: first! };
  yield create(AddArtifactsRequestSchema, {
    ...identity,
    payload:
      others.length === 0
        ? { case: "batch", value: { artifacts: [{ name, data: first! }] } }
        : { case: "beginChunk", value: begin },
  });
  for (const value of others)
    yield create(AddArtifactsRequestSchema, { ...identity, payload: { case: "chunk", value } });
}
