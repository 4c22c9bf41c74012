/**
 * The tables of options in `docs/files.md`, made of the table that the library obeys:
 * `node --conditions=lakewright:source test/formats/options-page.ts` writes them.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type FileFormatName, fileOptions, isOn } from "../../src/plan/file-options/index.ts";
import type { FileOption, FileOptions } from "../../src/plan/file-options/option.ts";

const page = join(import.meta.dirname, "../../docs/files.md");
const [begin, end] = ["<!-- The tables are made of src/plan/file-options. -->", "<!-- Here the tables end. -->"];

const titles: Readonly<Record<FileFormatName, string>> = {
  csv: "CSV",
  json: "JSON",
  parquet: "Parquet",
  text: "Text",
  xml: "XML",
  binaryFile: "Binary files",
  avro: "Avro",
  delta: "Delta",
};

/** The page as it is, and as it must be. */
export function optionsPage(): { readonly text: string; readonly expected: string } {
  const text = readFileSync(page, "utf8");
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  const tables = Object.entries(fileOptions).map(
    ([name, options]) => `### ${titles[name as FileFormatName]} (\`${name}\`)\n\n${table(options)}\n`,
  );
  return { text, expected: `${before}${begin}\n\n${tables.join("\n")}\n${end}${after}` };
}

function table(options: FileOptions): string {
  const rows = Object.entries(options).map(([name, option]) => [
    [name, ...(option.alias === undefined ? [] : [option.alias])].map((each) => `\`${each}\``).join(", "),
    isOn(option, "read") ? "yes" : "",
    isOn(option, "write") ? "yes" : "",
    escaped(option.default ?? ""),
    escaped(meaning(option)),
  ]);
  return aligned([["Option", "Read", "Write", "Default", "Meaning"], ...rows]);
}

function meaning({ says, choices, noEffect, refused }: FileOption): string {
  const among = choices === undefined ? "" : ` (${choices.join(", ")})`;
  const fate =
    refused === undefined
      ? noEffect === undefined
        ? ""
        : `; **no effect**: ${noEffect}`
      : `; **refused**: ${refused}`;
  return `${says}${among}${fate}`;
}

const escaped = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll("|", "\\|").replaceAll("_", "\\_");

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  return [line(rows[0]!), line(widths.map((width) => "-".repeat(width))), ...rows.slice(1).map(line)].join("\n");
}

if (process.argv[1] === import.meta.filename) writeFileSync(page, optionsPage().expected);
