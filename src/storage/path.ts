/** Paths and URIs: from what a program writes to the absolute paths that a storage takes. */
import { posix } from "node:path";
import { AnalysisError, UnsupportedError } from "../errors.ts";

export const { dirname: folderOf, basename: nameOf, join: joinPath } = posix;

/** A scheme has two letters or more, so that a drive letter is none. */
const scheme = /^([A-Za-z][A-Za-z0-9+.-]+):/;

/** What people call the places behind other schemes. */
const places: Readonly<Record<string, string>> = {
  s3: "Amazon S3",
  s3a: "Amazon S3",
  s3n: "Amazon S3",
  abfs: "Azure Data Lake",
  abfss: "Azure Data Lake",
  adl: "Azure Data Lake",
  wasb: "Azure Blob Storage",
  wasbs: "Azure Blob Storage",
  gs: "Google Cloud Storage",
  oss: "Alibaba Cloud OSS",
  hdfs: "Hadoop HDFS",
  viewfs: "Hadoop HDFS",
  webhdfs: "Hadoop HDFS",
  dbfs: "Databricks",
  http: "a web server",
  https: "a web server",
  ftp: "an FTP server",
  sftp: "an SFTP server",
};

const globCharacter = /[{}[\]*?\\]/g;

/** Whether a text means more than one name, by Hadoop's rule: any of `{}[]*?\`. */
export const isGlob = (text: string): boolean => text.search(globCharacter) >= 0;

/**
 * A pattern that matches exactly one path.
 *
 * @param path - any path
 * @example
 * ```ts
 * console.log(escapeGlob("/out/run[1]")); // /out/run\[1\]
 * ```
 */
export const escapeGlob = (path: string): string => path.replace(globCharacter, "\\$&");

/**
 * The absolute path that a path or `file:` URI names, every character taken literally: what to write to.
 *
 * A `file:` URI is percent-decoded, `#` and `?` in it belong to the name; a plain path is not decoded. Spark decodes
 * neither, so that there the URIs of `input_file_name()` cannot be read back when names need encoding.
 *
 * @param uri - a path, absolute or relative to the working folder, or a `file:` URI
 * @throws UnsupportedError for any other scheme
 * @throws AnalysisError when it is empty or no absolute URI
 * @example
 * ```ts
 * console.log(resolveUri("file:///tmp/a%20b")); // /tmp/a b
 * ```
 */
export const resolveUri = (uri: string): string => absolute(filePart(uri, decode), process.cwd());

/**
 * The absolute pattern that a path or `file:` URI names: as `resolveUri`, but glob characters keep their meaning, unless
 * the URI encodes them.
 *
 * @param uri - what a reader was given
 * @throws UnsupportedError for any other scheme
 * @throws AnalysisError when it is empty or no absolute URI
 */
export const resolvePattern = (uri: string): string =>
  absolute(
    filePart(uri, (text) => decode(text, escapeGlob)),
    escapeGlob(process.cwd()),
  );

/** Every folder above a path and the path itself, outermost first, without the root. */
export function ancestors(path: string): string[] {
  const names = path.split("/").slice(1);
  return names.map((_, index) => `/${names.slice(0, index + 1).join("/")}`);
}

/** Whether a path is the folder itself or lies below it. */
export const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);

function absolute(path: string, workingFolder: string): string {
  const whole = posix.normalize(path.startsWith("/") ? path : `${workingFolder}/${path}`);
  return whole.length > 1 && whole.endsWith("/") ? whole.slice(0, -1) : whole;
}

function filePart(uri: string, decoded: (text: string) => string): string {
  if (uri === "") throw new AnalysisError("a path cannot be empty", { hint: "Name a file or a folder." });
  if (uri.includes("\0")) throw new AnalysisError(`the path ${JSON.stringify(uri)} holds a zero character`);
  const named = scheme.exec(uri);
  if (named === null) return uri;
  if (named[1]!.toLowerCase() !== "file") throw foreign(uri, named[1]!.toLowerCase());
  const match = /^(?:\/\/(?:localhost)?(?=\/)|(?!\/\/))(\/.*)$/is.exec(uri.slice(named[0].length));
  if (match === null) throw notAbsolute(uri);
  return decoded(match[1]!);
}

function foreign(uri: string, name: string): UnsupportedError {
  const place = places[name] === undefined ? "" : ` (${places[name]})`;
  return new UnsupportedError(`the scheme ${name}:${place} of ${uri} is not supported, only local files are`, {
    parameters: { scheme: name, path: uri },
    hint: `Copy or mount the files and give a local path, or run the program on Spark. A file whose name starts with "${name}:" is written ./${uri}.`,
  });
}

function notAbsolute(uri: string): AnalysisError {
  return new AnalysisError(`${uri} names no local file`, {
    parameters: { path: uri },
    hint: "A file: URI is absolute and has no host: file:/folder/name or file:///folder/name. Relative paths are written without file:.",
  });
}

/** Decodes runs of `%XX` that are UTF-8; what is not stays as it is written. */
function decode(text: string, keep: (decoded: string) => string = (decoded) => decoded): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    try {
      return keep(decodeURIComponent(run));
    } catch {
      return run;
    }
  });
}
