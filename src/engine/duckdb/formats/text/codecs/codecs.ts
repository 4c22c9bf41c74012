/** The codecs of text files, by the ends of their names, as Hadoop chooses them. */
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import {
  createDeflate,
  createGunzip,
  createGzip,
  createInflate,
  createZstdCompress,
  createZstdDecompress,
} from "node:zlib";
import { optionalPackage } from "../../optional-package.ts";
import { expandedBlocks, shrunkBlocks } from "./hadoop-blocks.ts";

type Stream = AsyncIterable<Uint8Array>;
type Change = (source: Readable) => Promise<Stream>;

export interface FileCodec {
  /** Whether DuckDB reads such files by itself. */
  readonly isNative: boolean;
  readonly expand: Change;
  /** Absent where no maintained package writes it. */
  readonly shrink?: Change;
}

const through =
  (make: () => NodeJS.ReadWriteStream): Change =>
  async (source) => {
    const target = make();
    source.once("error", (error) => (target as unknown as Readable).destroy(error));
    return source.pipe(target) as unknown as Readable;
  };

const snappy = () => optionalPackage(() => import("snappy"), "snappy", "files compressed by Snappy");
const lz4 = () => optionalPackage(() => import("lz4-napi"), "lz4-napi", "files compressed by LZ4");
const bzip2 = () => optionalPackage(() => import("seek-bzip"), "seek-bzip", "files compressed by bzip2");

export const codecs: Readonly<Record<string, FileCodec>> = {
  gz: { isNative: true, expand: through(createGunzip), shrink: through(createGzip) },
  zst: { isNative: true, expand: through(createZstdDecompress), shrink: through(createZstdCompress) },
  deflate: { isNative: false, expand: through(createInflate), shrink: through(createDeflate) },
  snappy: {
    isNative: false,
    expand: async (source) => {
      const { uncompressSync } = await snappy();
      return expandedBlocks(source, (chunk) => uncompressSync(Buffer.from(chunk)) as Uint8Array);
    },
    shrink: async (source) => {
      const { compressSync } = await snappy();
      return shrunkBlocks(source, (bytes) => compressSync(Buffer.from(bytes)));
    },
  },
  lz4: {
    isNative: false,
    expand: async (source) => {
      const { uncompressSync } = await lz4();
      return expandedBlocks(source, (chunk, size) => uncompressSync(withSize(chunk, size)));
    },
    shrink: async (source) => {
      const { compressSync } = await lz4();
      return shrunkBlocks(source, (bytes) => compressSync(Buffer.from(bytes)).subarray(sizeBytes));
    },
  },
  bz2: {
    isNative: false,
    expand: async (source) => {
      const { default: Bunzip } = await bzip2();
      return Readable.from([Bunzip.decode(await buffer(source))]);
    },
  },
};

/** The package's own blocks begin with the number of bytes. */
const sizeBytes = 4;

function withSize(chunk: Uint8Array, size: number): Buffer {
  const bytes = Buffer.alloc(sizeBytes + chunk.length);
  bytes.writeUInt32LE(size);
  bytes.set(chunk, sizeBytes);
  return bytes;
}

/** The codec of a file; undefined for one that is not compressed. */
export function codecOf(path: string): FileCodec | undefined {
  const extension = /\.([a-z0-9]+)$/.exec(path)?.[1] ?? "";
  return Object.hasOwn(codecs, extension) ? codecs[extension] : undefined;
}
