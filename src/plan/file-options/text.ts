import type { FileOptions } from "./option.ts";
import { compression, encoding, listing, placing } from "./shared.ts";

/** Spark's options of text. */
export const text = {
  wholetext: { kind: "flag", on: "read", default: "false", says: "whether a whole file is one row" },
  lineSep: { kind: "text", on: "both", default: "\\r, \\r\\n and \\n to read, \\n to write", says: "what ends a line" },
  encoding,
  compression,
  ...listing,
  ...placing,
} as const satisfies FileOptions;
