/** What the formats of lines have in common: DuckDB's CSV writer copies a finished line as it is. */
import { rename } from "node:fs/promises";
import { type Charset, charsetOf } from "../formats/text/charsets.ts";
import { invalid, type Options, option } from "../formats/text/options.ts";
import { writeRecoded } from "../formats/text/recoded-file.ts";
import { identifier, text } from "../sql-text.ts";
import { type Codec, codecOf, textCodecs } from "./codec.ts";
import type { FileWriting } from "./output-format.ts";

/** A file of lines; `header` stands above them. */
export function lines(line: string, extension: string, options: Options, header?: string): FileWriting {
  const codec = codecOf(option(options, "compression", "codec") ?? "none", textCodecs);
  const finish = finishing(codec, options);
  const copy = [
    "FORMAT csv",
    "QUOTE ''",
    "ESCAPE ''",
    "DELIMITER ''",
    `HEADER ${header !== undefined}`,
    `NEW_LINE ${text(lineSeparator(options))}`,
    `COMPRESSION ${text(codec.extension === "" || finish !== undefined ? "none" : codec.name!)}`,
  ];
  const suffix = codec.extension === "" ? "" : `.${codec.extension}`;
  return {
    columns: [`${line} AS ${identifier(header ?? "line")}`],
    copy,
    extension: `${extension}${suffix}`,
    ...(finish === undefined ? {} : { finish }),
  };
}

/** What DuckDB leaves to be done: other character sets, and codecs that it does not have. */
export function finishing(codec: Codec, options: Options): FileWriting["finish"] {
  const charset = charsetToWrite(options);
  if (charset === undefined && (codec.extension === "" || codec.name !== undefined)) return undefined;
  return async (path) => {
    const recoded = `${path}.recoded`;
    await writeRecoded(path, recoded, { charset, codec: codec.extension });
    await rename(recoded, path);
  };
}

/** The character set of the files, unless it is the one that DuckDB writes. */
export function charsetToWrite(options: Options): Charset | undefined {
  const charset = charsetOf(option(options, "encoding", "charset") ?? "UTF-8");
  return charset?.name === "UTF-8" ? undefined : charset;
}

function lineSeparator(options: Options): string {
  const separator = option(options, "lineSep");
  if (separator === "") throw invalid("lineSep", separator, "a text that is not empty");
  return separator ?? "\n";
}
