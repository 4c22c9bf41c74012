/** Whole files as Spark's `binaryFile` reads them: a row a file. */
import { readFile, stat } from "node:fs/promises";
import { AnalysisError, ExecutionError, listed } from "../../../errors.ts";
import {
  bigintType,
  binaryType,
  type StructType,
  stringType,
  structField,
  structType,
  timestampType,
} from "../../../types/data-type.ts";
import type { StoredValue } from "../../../types/stored-value.ts";
import type { FileFormat, ScanContext, SourceFile } from "./format.ts";
import { unlessFaulty } from "./passed-over.ts";
import { type FileRow, scanRows } from "./scan-rows.ts";

type Value = (file: SourceFile) => StoredValue | Promise<StoredValue>;

const contentName = "content";

const values: Readonly<Record<string, Value>> = {
  path: ({ path }) => `file:${path}`,
  modificationtime: ({ modifiedAt }) => BigInt(Math.trunc(modifiedAt)) * 1000n,
  length: ({ size }) => BigInt(size),
  [contentName]: contentOf,
};

const schema: StructType = structType([
  structField("path", stringType),
  structField("modificationTime", timestampType),
  structField("length", bigintType),
  structField(contentName, binaryType),
]);

/** The longest value of type BINARY. */
const longest = 2 ** 31 - 1;

export const binaryFileFormat: FileFormat = {
  name: "binaryFile",
  inferSchema: async () => schema,
  scan: (context) => scanRows(context, (wanted) => rowsOf(context, wanted)),
};

async function* rowsOf({ files, options }: ScanContext, { fields }: StructType): AsyncGenerator<FileRow> {
  const readers = fields.map(({ name }) => valueOf(name));
  const hasContent = fields.some(({ name }) => name.toLowerCase() === contentName);
  for (const [index, file] of files.entries()) {
    const values = await unlessFaulty(options, async () => {
      await stat(file.path);
      return Promise.all(readers.map((read) => read(file)));
    });
    if (values !== undefined) yield { file: index, values, bytes: hasContent ? file.size : 0 };
  }
}

function valueOf(name: string): Value {
  const key = name.toLowerCase();
  if (Object.hasOwn(values, key)) return values[key]!;
  throw new AnalysisError(`The binaryFile data source has no column ${name}`, {
    hint: `Its columns are ${listed(schema.fields.map((field) => field.name))}; leave the schema out.`,
  });
}

async function contentOf({ path, size }: SourceFile): Promise<Uint8Array> {
  if (size <= longest) return new Uint8Array(await readFile(path));
  throw new ExecutionError(`The length of ${path} is ${size}, which exceeds the max length allowed: ${longest}`, {
    hint: "Read its other columns only, or leave it out with pathGlobFilter.",
  });
}
