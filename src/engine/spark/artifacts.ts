/** Bytes as the messages by which a client adds them to its session of the server. */
import { readFile } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { create } from "@bufbuild/protobuf";
import { type AddArtifactsRequest, AddArtifactsRequestSchema } from "../../connect/generated/spark/connect/base_pb.ts";
import { ExecutionError } from "../../errors.ts";
import type { SparkConnection } from "./connection.ts";

/**
 * Sends bytes to the session of the server.
 *
 * @throws ExecutionError where they did not arrive as they were
 */
export async function sendArtifact(
  connection: SparkConnection,
  name: string,
  bytes: Uint8Array,
  signal?: AbortSignal,
): Promise<void> {
  const { service, identity, where } = connection;
  const { artifacts } = await connection.ask(
    (options) => service.addArtifacts(messagesOf(name, bytes, identity), options),
    signal,
  );
  if (artifacts.some(({ isCrcSuccessful }) => !isCrcSuccessful)) throw damaged(where);
}

const damaged = (where: string): ExecutionError =>
  new ExecutionError(`What was sent to ${where} did not arrive as it was: its checksum is another`, {
    hint: "Run the program again; if that does not help, look at what lies between it and the server.",
  });

/** @throws ExecutionError `PATH_NOT_FOUND` for a file that cannot be read */
export async function contentOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new ExecutionError(`Cannot read the file ${file}: ${(cause as Error).message}`, {
      condition: "PATH_NOT_FOUND",
      sqlState: "42K03",
      parameters: { path: file },
      hint: "Give the path of a file of this machine.",
      cause,
    });
  }
}

/** Small enough for servers and what lies before them: a part of the 4 MiB that messages may have as a rule. */
const partSize = 1024 * 1024;

/**
 * The messages of one artifact.
 *
 * @param name - such as `cache/` and a hash
 * @param bytes - what it holds
 * @param identity - what each request begins with
 */
async function* messagesOf(
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
