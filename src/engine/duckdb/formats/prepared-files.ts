/** The files of a source as its format can read them: there, decompressed where DuckDB cannot, and in UTF-8. */
import { stat } from "node:fs/promises";
import type { SourceFile } from "./format.ts";
import { mapTogether } from "./map-together.ts";
import { isPassedOver } from "./passed-over.ts";
import { type Charset, charsetOf } from "./text/charsets.ts";
import { codecOf } from "./text/codecs/codecs.ts";
import { Copies } from "./text/copies.ts";
import { flag, type Options, option } from "./text/options.ts";
import { copyAsUtf8 } from "./text/utf8-copy.ts";

/** The formats whose files are text. */
const textFormats: ReadonlySet<string> = new Set(["csv", "json", "text", "xml"]);

export interface FilePreparation {
  readonly format: string;
  readonly files: readonly SourceFile[];
  readonly options: Options;
  readonly signal: AbortSignal | undefined;
  /** Takes what is to be done when the files are no longer read. */
  readonly onEnd: (cleanup: () => Promise<void>) => void;
}

/**
 * Makes files readable; one that is a copy tells of which.
 *
 * @throws ExecutionError for compressed data that is cut short or damaged, unless `ignoreCorruptFiles` is set
 */
export async function preparedFiles(preparation: FilePreparation): Promise<readonly SourceFile[]> {
  const { format, files, options } = preparation;
  const present = flag(options, "ignoreMissingFiles") ? await presentOf(files) : files;
  return textFormats.has(format) ? readableText(present, preparation) : present;
}

async function presentOf(files: readonly SourceFile[]): Promise<readonly SourceFile[]> {
  const isThere = await mapTogether(files, ({ path }) => stat(path).then(Boolean, () => false));
  return files.filter((_, index) => isThere[index]);
}

async function readableText(
  files: readonly SourceFile[],
  { format, options, signal, onEnd }: FilePreparation,
): Promise<readonly SourceFile[]> {
  const charset = otherCharset(options);
  const keepsPart = flag(options, "ignoreCorruptFiles");
  const passes = (fault: unknown): boolean => isPassedOver(fault, options);
  const recordEnds = recordEndsOf(format, options);
  const copies = new Copies(onEnd);
  const readable: SourceFile[] = [];
  for (const file of files) {
    const codec = codecOf(file.path);
    const isReadable =
      charset === undefined && (codec === undefined || (codec.isNative && !keepsPart && file.size > 0));
    if (isReadable) readable.push(file);
    else {
      const path = await copies.next("txt");
      const size = await copyAsUtf8(file.path, path, { charset, passes, recordEnds, signal });
      readable.push({ ...file, path, size, original: file });
    }
  }
  return readable;
}

/** What ends the records of a format; nothing where only they know. */
function recordEndsOf(format: string, options: Options): readonly string[] {
  if (format === "xml") return [`</${option(options, "rowTag")}>`, "/>"];
  if (flag(options, "multiLine") || flag(options, "wholeText")) return [];
  const given = option(options, "lineSep");
  return given === undefined ? ["\n", "\r"] : [given];
}

function otherCharset(options: Options): Charset | undefined {
  const charset = charsetOf(option(options, "encoding", "charset") ?? "UTF-8");
  return charset?.name === "UTF-8" ? undefined : charset;
}
