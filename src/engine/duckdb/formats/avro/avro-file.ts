/** Files of Avro, written. */
import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Avro, shrinkCodecs, typeOf } from "./avro-package.ts";

const magic = Buffer.from("Obj\u0001", "latin1");
const syncBytes = 16;

/**
 * Writes records.
 *
 * @param target - the file, which must not exist
 * @param schema - of the records, in JSON
 * @param codec - Avro's name of it
 */
export async function writeAvro(
  avro: Avro,
  target: string,
  schema: string,
  codec: string,
  records: AsyncIterable<unknown>,
): Promise<void> {
  const syncMarker = randomBytes(syncBytes);
  const codecs = { ...avro.streams.BlockEncoder.defaultCodecs(), ...shrinkCodecs } as never;
  const encoder = new avro.streams.BlockEncoder(typeOf(avro, JSON.parse(schema)), {
    codec,
    codecs,
    syncMarker,
    writeHeader: false,
  });
  const output = createWriteStream(target, { flags: "wx" });
  // The library writes a header of its own only with the first record, and without what it does not know of the schema.
  output.write(header(avro, schema, codec, syncMarker));
  await pipeline(Readable.from(records, { objectMode: true }), encoder, output);
}

function header(avro: Avro, schema: string, codec: string, syncMarker: Buffer): Buffer {
  const entries = avro.Type.forSchema({ type: "map", values: "bytes" });
  const meta = entries.toBuffer({ "avro.schema": Buffer.from(schema), "avro.codec": Buffer.from(codec) });
  return Buffer.concat([magic, meta, syncMarker]);
}
