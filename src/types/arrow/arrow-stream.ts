/** Batches as a stream of Arrow's interprocess format, version 5. */
import type { Batch } from "../batch.ts";
import type { StructType } from "../data-type.ts";
import { ArrowColumns } from "./arrow-columns.ts";
import { arrowSchema, refusedByPython } from "./arrow-field.ts";
import { byte, flatbuffer, long, short, type Table, table, wordPairs } from "./flatbuffer.ts";

const version = short(4);
const headers = { schema: 1, batch: 3 } as const;
const mark = 0xffff_ffff;

/**
 * A stream of Arrow's interprocess format for a program of Python: the schema, then a record batch for each batch.
 *
 * @param schema - the columns of the batches
 * @param batches - read once
 * @param timeZone - the zone in which timestamps are shown
 * @throws AnalysisError `UNSUPPORTED_DATA_TYPE_FOR_ARROW_CONVERSION` for a type that PySpark gives no Arrow type
 */
export async function arrowStream(
  schema: StructType,
  batches: AsyncIterable<Batch>,
  timeZone: string,
): Promise<Uint8Array> {
  const parts = message(headers.schema, arrowSchema(schema, { timeZone, refused: refusedByPython }), []);
  for await (const batch of batches) if (batch.rows > 0) parts.push(...batchMessage(batch));
  return streamOf(parts);
}

/**
 * The stream of rows that are held, for Spark: of every type.
 *
 * @param schema - the columns of the batches
 * @param batches - the rows
 * @param timeZone - the zone in which timestamps are shown
 */
export function arrowBytes(schema: StructType, batches: readonly Batch[], timeZone: string): Uint8Array {
  const header = message(headers.schema, arrowSchema(schema, { timeZone, refused: new Set() }), []);
  return streamOf([...header, ...batches.filter(({ rows }) => rows > 0).flatMap(batchMessage)]);
}

const streamOf = (parts: readonly Uint8Array[]): Uint8Array => joined([...parts, words(mark, 0)]);

function batchMessage({ rows, columns }: Batch): Uint8Array[] {
  const content = new ArrowColumns();
  for (const column of columns) content.add(column);
  const header = table(long(rows), wordPairs(BigInt64Array.from(content.nodes)), wordPairs(placesOf(content.buffers)));
  return message(headers.batch, header, content.buffers);
}

/** Where in the body each buffer begins, and how long it is. */
function placesOf(buffers: readonly Uint8Array[]): BigInt64Array {
  const places = new BigInt64Array(2 * buffers.length);
  let at = 0;
  buffers.forEach(({ length }, index) => {
    places.set([BigInt(at), BigInt(length)], 2 * index);
    at += padded(length);
  });
  return places;
}

function message(kind: number, header: Table, body: readonly Uint8Array[]): Uint8Array[] {
  const length = body.reduce((sum, buffer) => sum + padded(buffer.length), 0);
  const head = flatbuffer(table(version, byte(kind), header, long(length)));
  return [words(mark, head.length), head, ...body];
}

const padded = (length: number): number => Math.ceil(length / 8) * 8;

const words = (first: number, second: number): Uint8Array => {
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, first, true);
  view.setUint32(4, second, true);
  return new Uint8Array(view.buffer);
};

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + padded(part.length), 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += padded(part.length);
  }
  return bytes;
}
