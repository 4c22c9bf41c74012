/** The Avro library, with integers of 64 bits and the codecs of Spark. */
import { promisify } from "node:util";
import { crc32, inflateRaw, zstdCompress, zstdDecompress } from "node:zlib";
import type { Type } from "avsc";
import { optionalPackage } from "../optional-package.ts";

export type Avro = typeof import("avsc");

export const avroPackage = async (): Promise<Avro> => {
  const module = await optionalPackage(() => import("avsc"), "avsc", "files of Avro");
  return (module as unknown as { readonly default: Avro }).default;
};

type Done = (error: Error | null, bytes?: Buffer) => void;
type Recode = (bytes: Buffer, done: Done) => void;

const snappy = () => optionalPackage(() => import("snappy"), "snappy", "files of Avro compressed by Snappy");
const bzip2 = () => optionalPackage(() => import("seek-bzip"), "seek-bzip", "files of Avro compressed by bzip2");

const later =
  (work: (bytes: Buffer) => Promise<Uint8Array>): Recode =>
  (bytes, done) =>
    void work(bytes).then(
      (made) => done(null, Buffer.from(made)),
      (error: Error) => done(error),
    );

/** Blocks of Snappy end with a checksum of what they hold. */
const checksumBytes = 4;

/** By Avro's names of codecs: what makes of the bytes of a block those of its records. */
export const expandCodecs: Readonly<Record<string, (bytes: Buffer) => Promise<Buffer>>> = {
  null: async (bytes) => bytes,
  deflate: promisify(inflateRaw),
  snappy: async (bytes) => {
    const { uncompress } = await snappy();
    const expanded = (await uncompress(bytes.subarray(0, -checksumBytes))) as Buffer;
    if (crc32(expanded) !== bytes.readUInt32BE(bytes.length - checksumBytes))
      throw new RangeError("the checksum of a block is not that of its records");
    return expanded;
  },
  zstandard: promisify(zstdDecompress),
  bzip2: async (bytes) => Buffer.from((await bzip2()).default.decode(bytes)),
};

export const shrinkCodecs: Readonly<Record<string, Recode>> = {
  snappy: later(async (bytes) => {
    const { compress } = await snappy();
    const checksum = Buffer.alloc(checksumBytes);
    checksum.writeUInt32BE(crc32(bytes));
    return Buffer.concat([await compress(bytes), checksum]);
  }),
  zstandard: (bytes, done) => zstdCompress(bytes, done),
};

/** The library's type of a schema, with bigints for longs and an object around each value of a union. */
export function typeOf(avro: Avro, schema: unknown): Type {
  const long = avro.types.LongType.__with({
    fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
    toBuffer: (value: bigint) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64LE(value);
      return bytes;
    },
    fromJSON: BigInt,
    toJSON: Number,
    isValid: (value: unknown) => typeof value === "bigint",
    compare: (left: bigint, right: bigint) => (left < right ? -1 : left > right ? 1 : 0),
  } as never);
  const isLong = (part: unknown): boolean =>
    part === "long" || (typeof part === "object" && part !== null && "type" in part && part.type === "long");
  return avro.Type.forSchema(schema as never, {
    typeHook: (part) => (isLong(part) ? (long as Type) : undefined),
    wrapUnions: "always",
  });
}
