/** What can be wrong with partition folders, under Spark's conditions. */
import { AnalysisError } from "../errors.ts";
import type { DataType } from "../types/data-type.ts";
import { sqlName } from "../types/type-name.ts";

export function conflictingFolders(bases: readonly string[]): AnalysisError {
  return new AnalysisError(
    `Conflicting directory structures detected.\nSuspicious paths:\n${indented(bases.map((base) => `file:${base}`))}`,
    {
      condition: "CONFLICTING_DIRECTORY_STRUCTURES",
      sqlState: "KD009",
      parameters: { discoveredBasePaths: bases.map((base) => `file:${base}`).join("\n") },
      hint: 'If the paths are partition folders, give the folder that holds them all as option "basePath". Read several tables one by one and unite them.',
    },
  );
}

const indented = (lines: readonly string[]): string => lines.map((line) => `\n\t${line}`).join("");

export function conflictingNames(
  lists: readonly (readonly string[])[],
  folders: readonly { readonly path: string; readonly names: readonly string[] }[],
): AnalysisError {
  const named = lists.map((names, index) => `Partition column name list #${index}: ${names.join(", ")}`);
  const paths = [...folders]
    .sort((left, right) => left.names.length - right.names.length)
    .map(({ path }) => `file:${path}`);
  return new AnalysisError(`Conflicting partition column names detected:\n${indented(named)}`, {
    condition: "CONFLICTING_PARTITION_COLUMN_NAMES",
    sqlState: "KD009",
    parameters: { distinctPartColLists: named.join("\n"), suspiciousPaths: paths.join("\n") },
    hint: `Files lie only in the innermost partition folders, and folders at one level name the same column. Look at:${indented(paths.slice(0, 20))}`,
  });
}

export function repeatedColumn(name: string): AnalysisError {
  return new AnalysisError(`The column \`${name}\` already exists. Choose another name or rename the existing column`, {
    condition: "COLUMN_ALREADY_EXISTS",
    sqlState: "42711",
    parameters: { columnName: `\`${name}\`` },
  });
}

export function emptyPart(part: string, which: "NAME" | "VALUE"): AnalysisError {
  const what = which.toLowerCase();
  const side = which === "NAME" ? "before" : "after";
  return new AnalysisError(
    `Found an empty partition column ${what} in the path segment '${part}'. Each partition directory must have a non-empty ${which === "NAME" ? "column name" : "value"} ${side} the '=' sign (e.g., 'col=value')`,
    { condition: `EMPTY_PARTITION_COLUMN_${which}`, sqlState: "KD009", parameters: { columnSpec: part } },
  );
}

export function invalidValue(raw: string, type: DataType, name: string): AnalysisError {
  return new AnalysisError(
    `Failed to cast value '${raw}' to data type "${sqlName(type)}" for partition column \`${name}\`. Ensure the value matches the expected data type for this partition column`,
    {
      condition: "INVALID_PARTITION_VALUE",
      sqlState: "42846",
      parameters: { value: `'${raw}'`, dataType: `"${sqlName(type)}"`, columnName: `\`${name}\`` },
      hint: "Declare the column as STRING in the schema, or rename the folder.",
    },
  );
}
