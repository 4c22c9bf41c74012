/** What the formats of lines have in common: DuckDB's CSV writer copies a finished line as it is. */
import { UnsupportedError } from "../../../errors.ts";
import { invalid, type Options, option } from "../formats/text/options.ts";
import { identifier, text } from "../sql-text.ts";
import { codecOf, textCodecs } from "./codec.ts";
import type { FileWriting } from "./output-format.ts";

export const lineOptions = ["compression", "codec", "lineSep", "encoding", "charset"] as const;

const utf8Names: ReadonlySet<string> = new Set(["utf-8", "utf8"]);

/** A file of lines; `header` stands above them. */
export function lines(line: string, extension: string, options: Options, header?: string): FileWriting {
  const codec = codecOf(option(options, "compression", "codec") ?? "none", textCodecs);
  const copy = [
    "FORMAT csv",
    "QUOTE ''",
    "ESCAPE ''",
    "DELIMITER ''",
    `HEADER ${header !== undefined}`,
    `NEW_LINE ${text(lineSeparator(options))}`,
    `COMPRESSION ${text(codec.extension === "" ? "none" : codec.name)}`,
  ];
  const suffix = codec.extension === "" ? "" : `.${codec.extension}`;
  return { columns: [`${line} AS ${identifier(header ?? "line")}`], copy, extension: `${extension}${suffix}` };
}

function lineSeparator(options: Options): string {
  const separator = option(options, "lineSep");
  if (separator === "") throw invalid("lineSep", separator, "a text that is not empty");
  return separator ?? "\n";
}

/**
 * Refuses other encodings.
 *
 * @throws UnsupportedError for any but UTF-8
 */
export function checkEncoding(options: Options, title: string): void {
  const encoding = option(options, "encoding", "charset");
  if (encoding === undefined || utf8Names.has(encoding.toLowerCase())) return;
  throw new UnsupportedError(`${title} is not written in the encoding ${encoding}`, {
    hint: "Leave the option encoding out: files are UTF-8.",
  });
}
