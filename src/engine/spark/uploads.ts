/** Rows of a program that are many: they go to the server once and in chunks, and plans name them by their hashes. */
import { createHash } from "node:crypto";
import { create, toBinary } from "@bufbuild/protobuf";
import { encodeSchemaText } from "../../connect/data-type.ts";
import { LocalRelationSchema } from "../../connect/generated/spark/connect/relations_pb.ts";
import { UnsupportedError } from "../../errors.ts";
import type { CachedLocalRelation, LocalRelation } from "../../plan/relation.ts";
import { arrowBytes } from "../../types/arrow/arrow-stream.ts";
import type { Batch } from "../../types/batch.ts";
import { batchSize } from "../../types/batch-size.ts";
import { selectRows } from "../../types/select-rows.ts";
import { sendArtifact } from "./artifacts.ts";
import type { SparkConnection } from "./connection.ts";

type Hashes = CachedLocalRelation["hashes"];

/** Bytes from which rows are sent apart: Spark's `spark.sql.session.localRelationCacheThreshold`. */
const threshold = 1024 * 1024;
/** The most bytes of a chunk: Spark's `spark.sql.session.localRelationChunkSizeBytes`. */
const chunkSize = 16 * 1024 * 1024;

export class Uploads {
  readonly #connection: SparkConnection;
  readonly #takesChunks: () => Promise<boolean>;
  readonly #sent = new WeakMap<LocalRelation, Hashes>();
  readonly #waiting = new Set<LocalRelation>();
  /** Whether the server has said that it keeps nothing: plans hold their rows then, however many. */
  #keepsNothing = false;

  /** @param takesChunks - whether the server knows rows in chunks; others get them in one piece */
  constructor(connection: SparkConnection, takesChunks: () => Promise<boolean>) {
    this.#connection = connection;
    this.#takesChunks = takesChunks;
  }

  /** By which hashes a plan names rows; undefined for few rows, which it holds itself. Rows that are not sent yet are noted. */
  hashesOf = (rows: LocalRelation): Hashes | undefined => {
    const sent = this.#sent.get(rows);
    if (sent !== undefined || this.#keepsNothing || sizeOf(rows) < threshold) return sent;
    this.#waiting.add(rows);
    return { parts: [] };
  };

  /** Sends what is noted; gives whether there was anything. */
  async send(timeZone: string, signal?: AbortSignal): Promise<boolean> {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    try {
      for (const rows of waiting) this.#sent.set(rows, await this.#upload(rows, timeZone, signal));
    } catch (error) {
      if (!(error instanceof UnsupportedError)) throw error;
      this.#keepsNothing = true;
    }
    return waiting.length > 0;
  }

  async #upload({ schema, batches }: LocalRelation, timeZone: string, signal?: AbortSignal): Promise<Hashes> {
    if (!(await this.#takesChunks())) {
      const value = create(LocalRelationSchema, {
        data: arrowBytes(schema, batches, timeZone),
        schema: encodeSchemaText(schema),
      });
      return { whole: await this.#cached(toBinary(LocalRelationSchema, value), signal) };
    }
    const text = await this.#cached(new TextEncoder().encode(encodeSchemaText(schema)), signal);
    const parts: string[] = [];
    for (const chunk of chunksOf(batches)) parts.push(await this.#cached(arrowBytes(schema, chunk, timeZone), signal));
    return { parts, schema: text };
  }

  /** Sends bytes that the server does not have; gives their hash. */
  async #cached(bytes: Uint8Array, signal: AbortSignal | undefined): Promise<string> {
    const hash = createHash("sha256").update(bytes).digest("hex");
    const name = `cache/${hash}`;
    const { service } = this.#connection;
    const { statuses } = await this.#connection.ask(
      (options) => service.artifactStatus({ ...this.#connection.identity, names: [name] }, options),
      signal,
    );
    if (statuses[name]?.exists === true) return hash;
    await sendArtifact(this.#connection, name, bytes, signal);
    return hash;
  }
}

const sizeOf = ({ batches }: LocalRelation): number => batches.reduce((sum, batch) => sum + batchSize(batch), 0);

/** Batches by as many as make a chunk. */
function* chunksOf(batches: readonly Batch[]): Generator<readonly Batch[], void, void> {
  let chunk: Batch[] = [];
  let size = 0;
  for (const batch of batches.flatMap(piecesOf)) {
    const more = batchSize(batch);
    if (chunk.length > 0 && size + more > chunkSize) {
      yield chunk;
      [chunk, size] = [[], 0];
    }
    chunk.push(batch);
    size += more;
  }
  if (chunk.length > 0) yield chunk;
}

/** A batch in parts that a chunk can hold. */
function piecesOf(batch: Batch): readonly Batch[] {
  const count = Math.min(batch.rows, Math.ceil(batchSize(batch) / chunkSize));
  if (count <= 1) return [batch];
  const length = Math.ceil(batch.rows / count);
  return Array.from({ length: count }, (_, piece) => {
    const rows = Math.max(0, Math.min(length, batch.rows - piece * length));
    const places = Int32Array.from({ length: rows }, (_, row) => piece * length + row);
    return { rows, columns: batch.columns.map((column) => selectRows(column, places)) };
  });
}
