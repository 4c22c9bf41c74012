/** What the library asks of a place that keeps files: a local disk now, object stores behind the same interface later. */

/** A file as a listing knows it. */
export interface FileEntry {
  /** Absolute, with `/` between names, no `.`, `..` or trailing `/`. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
}

/** What stands at a path. */
export interface PathStatus extends FileEntry {
  readonly kind: "file" | "folder";
  /** Another text whenever the file, or the list of names in the folder, may have changed. */
  readonly version: string;
}

/** A name in a folder. */
export interface FolderChild {
  readonly name: string;
  readonly kind: "file" | "folder";
}

/** A file opened for reading. */
export interface StorageFile extends AsyncDisposable {
  readonly size: number;
  /** The bytes from `position` on: `length` of them, or fewer at the end of the file. */
  read(position: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/**
 * A place that keeps files.
 *
 * Paths are absolute, as `resolveUri` makes them. Every method throws an `ExecutionError` that names the path and what
 * to do when the place refuses (no permission, no space, read-only).
 *
 * @example
 * ```ts
 * const storage: Storage = localStorage;
 * const won = await storage.putIfAbsent("/data/log/00000001.json", new TextEncoder().encode("{}\n"));
 * ```
 */
export interface Storage {
  /** The scheme of its URIs: `file`. */
  readonly scheme: string;
  /** What stands at a path; `undefined` for nothing. */
  stat(path: string): Promise<PathStatus | undefined>;
  /** The names in a folder, sorted; `undefined` when there is no such folder. */
  children(folder: string): Promise<readonly FolderChild[] | undefined>;
  /**
   * Every file below a folder, at any depth, sorted by path; none for a folder that does not exist.
   *
   * @param accepts - tells whether to take a file, or to enter a folder, by its name and the folder that holds it
   */
  list(folder: string, accepts?: (name: string, folder: string) => boolean): Promise<readonly FileEntry[]>;
  open(path: string): Promise<StorageFile>;
  /**
   * Makes a file with this content unless the path is taken: of any number of processes that try, exactly one succeeds,
   * and nobody ever sees a part of the content.
   *
   * @returns whether this call made the file
   */
  putIfAbsent(path: string, content: Uint8Array): Promise<boolean>;
  /** Makes or replaces a file in one step: readers see the old content or the new. */
  replace(path: string, content: Uint8Array): Promise<void>;
  /** Moves a file or a folder in one step. A file takes the place of a file; a folder needs a free path. */
  rename(from: string, to: string): Promise<void>;
  /** Deletes a file, or a folder with all that it holds; nothing happens when the path is free. */
  delete(path: string): Promise<void>;
  /** Deletes a folder if it is empty, and says whether it is gone. */
  deleteEmptyFolder(path: string): Promise<boolean>;
  /** Makes a folder and those above it; nothing happens when it exists. */
  makeFolder(path: string): Promise<void>;
  /** Waits until a file's content, or the names in a folder, survive a loss of power. */
  sync(path: string): Promise<void>;
  /** Moves the modification time of a file or folder to now, and always forward. */
  touch(path: string): Promise<void>;
  /** The path without symbolic links; names that do not exist yet stay as they are. */
  canonical(path: string): Promise<string>;
  /**
   * Whether a folder can change places with another beside it: it is no mount point, and the folder above is writable.
   * A folder that does not exist can.
   */
  canSwap(folder: string): Promise<boolean>;
}
