/** VARIANT columns of Parquet files, read as the groups of bytes that they are, put together where files hold them taken apart. */
import { constants, copyFile } from "node:fs/promises";
import { UnsupportedError } from "../../../errors.ts";
import { changeFooter, readFooter } from "../parquet-footer/footer-bytes.ts";
import { marksVariant, withoutVariantMarks } from "../parquet-footer/schema-marks.ts";
import type { FileType } from "./file-type.ts";
import { Copies } from "./text/copies.ts";

/** Whether a column of a file is annotated as VARIANT, or holds one that is. */
export function holdsVariant(type: FileType | undefined): boolean {
  if (type === undefined) return false;
  if (type.is === "list") return holdsVariant(type.element);
  if (type.is === "map") return holdsVariant(type.key) || holdsVariant(type.value);
  if (type.is === "struct") return type.fields.some((field) => holdsVariant(field.type));
  return type.name === "VARIANT";
}

/** A file as its format can read it; one that is a copy tells of which. */
export type PlainFile<File> = File & { readonly original?: File };

/**
 * Files without the annotation: DuckDB's own VARIANT does not tell a null in a variant from a row without one. A file
 * that has it is copied, as far as the file system cannot share its blocks.
 *
 * @param onEnd - takes what removes the copies
 */
export async function withoutAnnotations<File extends { readonly path: string }>(
  files: readonly File[],
  onEnd: (cleanup: () => Promise<void>) => void,
): Promise<readonly PlainFile<File>[]> {
  const copies = new Copies(onEnd);
  const plain: PlainFile<File>[] = [];
  for (const file of files) {
    const isMarked = marksVariant(await readFooter(file.path));
    plain.push(isMarked ? { ...file, path: await copied(file.path, copies), original: file } : file);
  }
  return plain;
}

async function copied(path: string, copies: Copies): Promise<string> {
  const copy = await copies.next("parquet");
  await copyFile(path, copy, constants.COPYFILE_FICLONE);
  await changeFooter(copy, withoutVariantMarks);
  return copy;
}

type Struct = Extract<FileType, { is: "struct" }>;

/** The field of a group whose values are taken apart. */
export const typedField = "typed_value";

/** Whether a group holds a VARIANT whose values are taken apart. */
export const isShredded = (file: Struct): boolean => file.fields.some(({ name }) => name === typedField);

/** Types of parts that would be read as other ones. */
const lossy: ReadonlySet<string> = new Set(["UUID", "TIME", "TIMESTAMP_NS", "TIMESTAMP_MS"]);

/** @throws UnsupportedError for a part whose type would come out as another one */
export function checkShredded(file: FileType): void {
  if (file.is === "list") checkShredded(file.element);
  else if (file.is === "struct") for (const { type } of file.fields) checkShredded(type);
  else if (file.is === "map" || lossy.has(file.name)) throw lossyPart(file.is === "map" ? "MAP" : file.name);
}

const lossyPart = (type: string): UnsupportedError =>
  new UnsupportedError(`A VARIANT of a Parquet file is taken apart into values of type ${type}, which are not read`, {
    parameters: { type, feature: "Parquet VARIANT" },
    hint: "Give a schema without the column, or write the file without shredding.",
  });
