/** Spark's names of codecs, and what files made with them are called. */
import { AnalysisError, UnsupportedError } from "../../../errors.ts";

/** A codec that is written. */
export interface Codec {
  /** DuckDB's name; absent for one that it does not write. */
  readonly name?: string;
  /** What stands in the names of files; empty for none. */
  readonly extension: string;
}

/** Codecs by Spark's names; a text is the reason why one that Spark knows is not written. */
export type Codecs = Readonly<Record<string, Codec | string>>;

const none: Codec = { name: "uncompressed", extension: "" };

export const parquetCodecs: Codecs = {
  none,
  uncompressed: none,
  snappy: { name: "snappy", extension: "snappy" },
  gzip: { name: "gzip", extension: "gz" },
  zstd: { name: "zstd", extension: "zstd" },
  lz4_raw: { name: "lz4_raw", extension: "lz4raw" },
  lz4: "Hadoop's own framing of LZ4; use lz4_raw",
  brotli: "a codec that Spark ships without; use zstd",
  lzo: "a codec that Spark ships without; use zstd",
};

export const textCodecs: Codecs = {
  none,
  uncompressed: none,
  gzip: { name: "gzip", extension: "gz" },
  deflate: { extension: "deflate" },
  snappy: { extension: "snappy" },
  lz4: { extension: "lz4" },
  bzip2: "no maintained package writes it; use gzip",
};

/**
 * The codec of a name, in any case.
 *
 * @throws AnalysisError CODEC_NOT_AVAILABLE for a name that Spark does not know
 * @throws UnsupportedError for one that is not written
 */
export function codecOf(name: string, codecs: Codecs): Codec {
  const found = Object.hasOwn(codecs, name.toLowerCase()) ? codecs[name.toLowerCase()] : undefined;
  if (typeof found === "object") return found;
  if (found !== undefined) throw new UnsupportedError(`the codec ${name} is not written: ${found}`);
  const available = Object.keys(codecs).join(", ");
  throw new AnalysisError(`The codec ${name} is not available. Available codecs are ${available}`, {
    condition: "CODEC_NOT_AVAILABLE.WITH_AVAILABLE_CODECS_SUGGESTION",
    sqlState: "56038",
    parameters: { codecName: name, availableCodecs: available },
    hint: "Set the option compression to one of these.",
  });
}
