/** Files that a program gives to its session on a server: jars, modules of Python, archives and others. */
import { AnalysisError, listed } from "../errors.ts";

/** What files are given as; jars where nothing is said. */
export interface ArtifactOptions {
  /** Modules of Python: `.py`, `.zip`, `.egg` or `.jar`. */
  readonly pyfile?: boolean;
  /** Archives that are unpacked, under the name behind a `#` where one is given: `.zip`, `.jar`, `.tar.gz`, `.tgz` or `.tar`. */
  readonly archive?: boolean;
  /** Files of any kind. */
  readonly file?: boolean;
  readonly signal?: AbortSignal;
}

/** A file of this machine, and what the server calls it. */
export interface Artifact {
  readonly file: string;
  readonly name: string;
}

interface ArtifactKind {
  readonly folder: string;
  /** How names of such files end; absent where it does not matter. */
  readonly endings?: readonly string[];
}

const kinds = {
  jar: { folder: "jars", endings: [".jar"] },
  pyfile: { folder: "pyfiles", endings: [".py", ".zip", ".egg", ".jar"] },
  archive: { folder: "archives", endings: [".zip", ".jar", ".tar.gz", ".tgz", ".tar"] },
  file: { folder: "files" },
} as const satisfies Readonly<Record<string, ArtifactKind>>;

/**
 * A file for the server's own file system.
 *
 * @throws AnalysisError `NO_SCHEMA_AND_DRIVER_DEFAULT_SCHEME` for a destination that is no absolute path without a scheme
 */
export function forwarded(file: string, path: string): Artifact {
  if (path.startsWith("/")) return { file, name: `forward_to_fs${path}` };
  throw new AnalysisError(`The destination ${path} is no absolute path of the driver's file system`, {
    condition: "NO_SCHEMA_AND_DRIVER_DEFAULT_SCHEME",
    parameters: { arg_name: "dest_path" },
    hint: "Give a path that begins with / and has no scheme before it.",
  });
}

/**
 * How a file is called by the server.
 *
 * @throws AnalysisError `INVALID_MULTIPLE_ARGUMENT_CONDITIONS` for two kinds at once, `UNSUPPORTED_OPERATION` for files
 *   that do not belong to the kind
 */
export function artifactOf(path: string, { pyfile, archive, file }: ArtifactOptions): Artifact {
  const asked = Object.entries({ pyfile, archive, file }).filter(([, isAsked]) => isAsked === true);
  if (asked.length > 1) throw severalKinds();
  const kind = (asked[0]?.[0] ?? "jar") as keyof typeof kinds;
  const [location, alias] = kind === "archive" ? split(path) : [path, ""];
  const name = location.split(/[/\\]/).at(-1)!;
  const { folder, endings }: ArtifactKind = kinds[kind];
  if (endings?.some((ending) => name.endsWith(ending)) === false) throw otherFormat(path, kind, endings);
  return { file: location, name: `${folder}/${name}${alias}` };
}

const split = (path: string): readonly [string, string] => {
  const at = path.lastIndexOf("#");
  return at < 0 ? [path, ""] : [path.slice(0, at), path.slice(at)];
};

const severalKinds = (): AnalysisError =>
  new AnalysisError("'pyfile', 'archive' and/or 'file' cannot be true together", {
    condition: "INVALID_MULTIPLE_ARGUMENT_CONDITIONS",
    parameters: { arg_names: "'pyfile', 'archive' and/or 'file'", condition: "True together" },
    hint: "Call addArtifacts once for each kind of files.",
  });

const otherFormat = (path: string, kind: string, endings: readonly string[]): AnalysisError =>
  new AnalysisError(`${path} file format is not supported`, {
    condition: "UNSUPPORTED_OPERATION",
    parameters: { operation: `${path} file format` },
    hint: `A ${kind} ends with ${listed(endings)}; with { file: true } any file can be given.`,
  });
