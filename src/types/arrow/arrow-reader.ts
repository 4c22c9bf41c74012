/** Streams of Arrow's interprocess format, read: the other way round than `arrow-stream.ts`. */
import { type ExecutionError, UnsupportedError } from "../../errors.ts";
import type { Batch, Vector } from "../batch.ts";
import { type StructType, structType } from "../data-type.ts";
import { storedValue } from "../stored-reader.ts";
import { vectorBuilder } from "../vector-builder.ts";
import { brokenStream } from "./arrow-fault.ts";
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
  const dictionaries = new Map<number, Vector>();
  const batches: Batch[] = [];
  for (const { kind, header, body } of messagesOf(bytes)) {
    if (kind === headers.schema) fields = header.tables(1).map(readField);
    else if (fields === undefined) throw brokenStream("rows before the schema");
    else if (kind === headers.dictionary) dictionaries.set(...readDictionary(header, { body, fields, dictionaries }));
    else if (kind === headers.batch) batches.push(readBatch(header, { body, fields, dictionaries }));
    else throw brokenStream(`a message of kind ${kind} where rows were expected`);
  }
  if (fields === undefined) throw brokenStream("no schema");
  return { schema: structType(fields.map(sparkField)), batches };
}

/** What a record batch is read with. */
interface Surroundings {
  readonly body: Uint8Array;
  readonly fields: readonly ArrowField[];
  readonly dictionaries: ReadonlyMap<number, Vector>;
}

function readBatch(header: TableReader, { body, fields, dictionaries }: Surroundings): Batch {
  if (header.table(3) !== undefined) throw compressed();
  const places = header.wordPairs(2);
  if (places.some((_, index) => index % 2 === 0 && places[index]! + places[index + 1]! > body.length)) throw cutOff();
  const reader = new ColumnReader({ nodes: header.wordPairs(1), places, body, dictionaries });
  return { rows: header.long(0), columns: fields.map((field) => reader.column(field)) };
}

/** The values of a dictionary, which a later one of the same number replaces or makes longer. */
function readDictionary(header: TableReader, around: Surroundings): [number, Vector] {
  const id = header.long(0);
  const field = fieldsWithin(around.fields).find(({ dictionary }) => dictionary === id);
  if (field === undefined) throw brokenStream(`the dictionary ${id} of no column`);
  const { dictionary: _, ...values } = field;
  const [read] = readBatch(header.table(1)!, { ...around, fields: [values] }).columns as [Vector];
  if (!header.bool(2)) return [id, read];
  const known = around.dictionaries.get(id);
  return [id, known === undefined ? read : joined([known, read])];
}

function joined(vectors: readonly Vector[]): Vector {
  const builder = vectorBuilder(
    vectors[0]!.type,
    vectors.reduce((sum, { length }) => sum + length, 0),
  );
  for (const vector of vectors) for (let row = 0; row < vector.length; row++) builder.append(storedValue(vector, row));
  return builder.finish();
}

const fieldsWithin = (fields: readonly ArrowField[]): readonly ArrowField[] =>
  fields.flatMap((field) => [field, ...fieldsWithin(field.children)]);

interface Message {
  readonly kind: number;
  readonly header: TableReader;
  readonly body: Uint8Array;
}

function* messagesOf(bytes: Uint8Array): Generator<Message, void, void> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 8 <= bytes.length; ) {
    if (view.getUint32(at, true) !== mark) throw brokenStream(`no message at byte ${at}`);
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

const cutOff = (): ExecutionError => brokenStream("it ends too early");

const compressed = (): UnsupportedError =>
  new UnsupportedError("the buffers of a stream of Arrow are compressed", {
    hint: "Leave spark.sql.execution.arrow.compression.codec at none.",
  });
