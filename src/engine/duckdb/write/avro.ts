/** Avro as Spark writes it: DuckDB makes a file of Parquet, which is written anew. */
import { rename, rm } from "node:fs/promises";
import { AnalysisError, UnsupportedError } from "../../../errors.ts";
import type { OutputColumn } from "../../../plan/resolved.ts";
import { type StructType, structField, structType } from "../../../types/data-type.ts";
import { storedReader } from "../../../types/stored-reader.ts";
import { writeAvro } from "../formats/avro/avro-file.ts";
import { parseAvro } from "../formats/avro/avro-node.ts";
import { avroPackage } from "../formats/avro/avro-package.ts";
import { avroSchema, isAvro } from "../formats/avro/avro-schema.ts";
import { toRecord } from "../formats/avro/avro-values.ts";
import { type Options, option } from "../formats/text/options.ts";
import type { Preparation } from "../preparation.ts";
import { columnName, text } from "../sql-text.ts";
import type { OutputFormat } from "./output-format.ts";

/** Avro's names of codecs by Spark's; a text is the reason why one is not written. */
const codecs: Readonly<Record<string, { readonly avro: string } | string>> = {
  uncompressed: { avro: "null" },
  deflate: { avro: "deflate" },
  snappy: { avro: "snappy" },
  zstandard: { avro: "zstandard" },
  bzip2: "no maintained package writes it; use deflate or zstandard",
  xz: "no maintained package writes it; use deflate or zstandard",
};

export const avroOutput: OutputFormat = {
  title: "Avro",
  namesDiffer: true,
  holds: isAvro,
  writing: ({ columns, options }) => {
    const name = (option(options, "compression") ?? "snappy").toLowerCase();
    const codec = codecOf(name);
    const schema = option(options, "avroSchema") ?? schemaOf(columns, options);
    return {
      columns: columns.map(({ id }) => columnName(id)),
      copy: ["FORMAT parquet", "COMPRESSION snappy"],
      extension: name === "uncompressed" ? "avro" : `${name}.avro`,
      finish: (path, preparation) => writtenAnew(path, schema, codec, rowType(columns), preparation),
    };
  },
};

function codecOf(name: string): string {
  const codec = Object.hasOwn(codecs, name) ? codecs[name] : undefined;
  if (typeof codec === "object") return codec.avro;
  if (codec !== undefined) throw new UnsupportedError(`the codec ${name} of Avro is not written: ${codec}`);
  throw new AnalysisError(`Cannot find a short name for the codec ${name}`, {
    condition: "CODEC_SHORT_NAME_NOT_FOUND",
    sqlState: "42704",
    parameters: { codecName: name },
    hint: `Set the option compression to one of ${Object.keys(codecs).join(", ")}.`,
  });
}

const rowType = (columns: readonly OutputColumn[]): StructType =>
  structType(columns.map(({ name, type, nullable }) => structField(name, type, nullable)));

function schemaOf(columns: readonly OutputColumn[], options: Options): string {
  const wrong = columns.find(({ name }) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
  if (wrong !== undefined) throw invalidName(wrong.name);
  const name = option(options, "recordName") ?? "topLevelRecord";
  return JSON.stringify(avroSchema(rowType(columns), name, option(options, "recordNamespace") ?? ""));
}

const invalidName = (name: string): AnalysisError =>
  new AnalysisError(`The datasource Avro cannot save the column \`${name}\``, {
    condition: "INVALID_COLUMN_NAME_AS_PATH",
    sqlState: "46121",
    parameters: { datasource: "AvroFileFormat", columnName: `\`${name}\`` },
    hint: "Names in Avro are letters, digits and underscores, and begin with no digit: use an alias to rename the column.",
  });

async function writtenAnew(
  path: string,
  schema: string,
  codec: string,
  type: StructType,
  preparation: Preparation,
): Promise<void> {
  const avro = await avroPackage();
  const target = `${path}.recoded`;
  await writeAvro(avro, target, schema, codec, recordsOf(path, schema, type, preparation));
  await rm(path);
  await rename(target, path);
}

async function* recordsOf(
  path: string,
  schema: string,
  type: StructType,
  { database, signal }: Preparation,
): AsyncGenerator<unknown> {
  const node = parseAvro(schema);
  if (node.is !== "record") throw new AnalysisError("The given schema of Avro is no record");
  const write = toRecord(type, node);
  const query = `SELECT * FROM read_parquet(${text(path)}, hive_partitioning = false)`;
  for await (const { rows, columns } of database.stream(query, type, { signal })) {
    const readers = columns.map(storedReader);
    for (let row = 0; row < rows; row++) yield write(readers.map((read) => read(row)));
  }
}
