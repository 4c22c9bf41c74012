/** Streams of Arrow's interprocess format, read: the other way round than `arrow-stream.ts`. */
import { ExecutionError, UnsupportedError } from "../../errors.ts";
import type { Batch } from "../batch.ts";
import { type StructType, structType } from "../data-type.ts";
import { type ArrowField, readField, sparkField } from "./arrow-types.ts";
import { ColumnReader } from "./arrow-vectors.ts";
import { flatbufferRoot, type TableReader } from "./flatbuffer-reader.ts";

const headers = { schema: 1, dictionary: 2, batch: 3 } as const;
const mark = 0xffff_ffff;

/** What a stream holds. */
export interface ArrowRows {
  /** The columns, of the types that Spark has for those of Arrow. */
  readonly schema: StructType;
  readonly batches: readonly Batch[];
}

/**
 * Reads a stream of Arrow. The batches share its bytes wherever the layouts are the same.
 *
 * @param bytes - the stream: a schema and any number of record batches
 * @throws UnsupportedError `UNSUPPORTED_ARROWTYPE` for a type that Spark does not read, and for compressed buffers
 * @throws ExecutionError when the bytes are no stream of Arrow, or end too early
 */
export function readArrow(bytes: Uint8Array): ArrowRows {
  let fields: readonly ArrowField[] | undefined;
  const batches: Batch[] = [];
  for (const { kind, header, body } of messagesOf(bytes)) {
    if (kind === headers.schema) fields = header.tables(1).map(readField);
    else if (kind === headers.batch && fields !== undefined) batches.push(readBatch(header, body, fields));
    else throw broken(`a message of kind ${kind} where rows were expected`);
  }
  if (fields === undefined) throw broken("no schema");
  return { schema: structType(fields.map(sparkField)), batches };
}

function readBatch(header: TableReader, body: Uint8Array, fields: readonly ArrowField[]): Batch {
  if (header.table(3) !== undefined) throw compressed();
  const places = header.wordPairs(2);
  if (places.some((_, index) => index % 2 === 0 && places[index]! + places[index + 1]! > body.length)) throw cutOff();
  const reader = new ColumnReader({ nodes: header.wordPairs(1), places, body });
  return { rows: header.long(0), columns: fields.map((field) => reader.column(field)) };
}

interface Message {
  readonly kind: number;
  readonly header: TableReader;
  readonly body: Uint8Array;
}

function* messagesOf(bytes: Uint8Array): Generator<Message, void, void> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 8 <= bytes.length; ) {
    if (view.getUint32(at, true) !== mark) throw broken(`no message at byte ${at}`);
    const length = view.getUint32(at + 4, true);
    if (length === 0) return;
    if (at + 8 + length > bytes.length) throw cutOff();
    const message = flatbufferRoot(bytes.subarray(at + 8, at + 8 + length));
    const [start, size] = [at + 8 + length, message.long(3)];
    if (start + size > bytes.length) throw cutOff();
    yield { kind: message.byte(1), header: message.table(2)!, body: aligned(bytes.subarray(start, start + size)) };
    at = start + size;
  }
}

// Numbers of 64 bits can be looked at in place only at multiples of eight. A slice of a `Buffer` would be no copy.
const aligned = (bytes: Uint8Array): Uint8Array => (bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes));

const cutOff = (): ExecutionError => broken("it ends too early");
const broken = (what: string): ExecutionError =>
  new ExecutionError(`the bytes are no stream of Arrow: ${what}`, {
    hint: "Send what Arrow's writers of streams give, not a file of Arrow.",
  });

const compressed = (): UnsupportedError =>
  new UnsupportedError("the buffers of a stream of Arrow are compressed", {
    hint: "Leave spark.sql.execution.arrow.compression.codec at none.",
  });
