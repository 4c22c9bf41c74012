/** Objects of the catalogue as the text of their files, and back. */
import { ExecutionError } from "../errors.ts";
import type { StructType } from "../types/data-type.ts";
import { typeFromJson, typeToJson } from "../types/schema-json.ts";

/** The layout of the files; another number is another layout. */
const version = 1;

/** The fields that hold types, at any depth. */
const typeFields: ReadonlySet<string> = new Set(["schema", "columns", "returns", "type"]);

/**
 * The text of an object's file.
 *
 * @param object - plain data; types are written as Spark's JSON
 */
export const objectText = (object: object): string =>
  `${JSON.stringify({ version, ...(written(object) as object) }, undefined, 2)}\n`;

/**
 * The object that a file holds.
 *
 * @param text - what `objectText` gave
 * @param path - of the file, for the error
 * @throws ExecutionError when the text is none of ours
 */
export function objectOf<T>(text: string, path: string): T {
  const parsed = parsedText(text, path);
  if (parsed.version !== version) throw unreadable(path, `its version is ${String(parsed.version)}, not ${version}`);
  const { version: _, ...object } = parsed;
  return restored(object) as T;
}

function parsedText(text: string, path: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below, with the path.
  }
  throw unreadable(path, "it holds no JSON object");
}

const unreadable = (path: string, reason: string): ExecutionError =>
  new ExecutionError(`the catalogue's file ${path} cannot be read: ${reason}`, {
    parameters: { path },
    hint: "Restore the file, or remove it: its object is then gone from the catalogue, its data stay.",
  });

// A type is the only plain object with a kind of its own that the catalogue's objects hold in these fields.
const isType = (value: unknown): value is StructType =>
  typeof value === "object" && value !== null && !Array.isArray(value) && "kind" in value;

function written(value: unknown, field = ""): unknown {
  if (typeFields.has(field) && isType(value)) return { dataType: typeToJson(value) };
  if (Array.isArray(value)) return value.map((item) => written(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, written(item, name)]));
}

function restored(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(restored);
  if (typeof value !== "object" || value === null) return value;
  if ("dataType" in value && Object.keys(value).length === 1) return typeFromJson(JSON.stringify(value.dataType));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, restored(item)]));
}
