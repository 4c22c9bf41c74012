/** Actions as lines of JSON, in and out. */
import { ExecutionError } from "../errors.ts";
import type { Action, ActionKind, ActionTypes } from "./actions.ts";

type JsonKind = "string" | "number" | "boolean" | "object" | "array";

/** What readers need of each kind, with its form; the rest is taken as it is. */
const required: { readonly [Kind in ActionKind]: Partial<Record<keyof ActionTypes[Kind], JsonKind>> } = {
  metaData: { id: "string", format: "object", partitionColumns: "array" },
  protocol: { minReaderVersion: "number", minWriterVersion: "number" },
  add: { path: "string", partitionValues: "object", size: "number" },
  remove: { path: "string" },
  cdc: { path: "string", partitionValues: "object", size: "number" },
  txn: { appId: "string", version: "number" },
  commitInfo: {},
  domainMetadata: { domain: "string", configuration: "string", removed: "boolean" },
  sidecar: { path: "string" },
  checkpointMetadata: { version: "number" },
};

const kinds = Object.keys(required) as readonly ActionKind[];

/**
 * The actions of a commit, a log compaction or a checkpoint in JSON.
 *
 * @param content - the bytes of the file: an action a line
 * @param path - of the file, for errors
 * @throws ExecutionError `DELTA_LOG_FILE_MALFORMED` for a line that is no action, such as the last one of a torn file,
 *   and for a file without any, which is what a loss of power may leave of one
 */
export function parseActions(content: Uint8Array, path: string): readonly Action[] {
  const lines = new TextDecoder().decode(content).split("\n");
  const actions = lines.flatMap((line, index) => (line.trim() === "" ? [] : [parseAction(line, path, index + 1)]));
  if (actions.length === 0) throw malformed(path, 1, "the file is empty");
  return actions;
}

/** The actions as a file of the log: an action a line, each ended. */
export const formatActions = (actions: Iterable<Action>): Uint8Array =>
  new TextEncoder().encode(Array.from(actions, (action) => `${JSON.stringify(action)}\n`).join(""));

function parseAction(line: string, path: string, number: number): Action {
  const json = parsed(line, path, number);
  if (!isObject(json)) throw malformed(path, number, "it is no JSON object");
  const action = withoutNulls(json);
  const fault = kinds.map((kind) => faultOf(kind, action[kind])).find((found) => found !== undefined);
  if (fault !== undefined) throw malformed(path, number, fault);
  return action as Action;
}

function parsed(line: string, path: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw malformed(path, number, "it is not JSON", cause);
  }
}

// Some writers give every kind in every line, null where it is another one.
const withoutNulls = (json: JsonObject): JsonObject =>
  Object.values(json).includes(null)
    ? Object.fromEntries(Object.entries(json).filter(([, value]) => value !== null))
    : json;

function faultOf(kind: ActionKind, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value)) return `${kind} is no object`;
  const missing = Object.entries(required[kind]).find(([field, form]) => formOf(value[field]) !== form);
  return missing === undefined ? undefined : `${kind}.${missing[0]} is no ${missing[1]}`;
}

const formOf = (value: unknown): string => (Array.isArray(value) ? "array" : value === null ? "null" : typeof value);

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject => formOf(value) === "object";

const malformed = (path: string, line: number, reason: string, cause?: unknown): ExecutionError =>
  new ExecutionError(`The file ${path} of the Delta log cannot be read: line ${line} is no action, ${reason}`, {
    condition: "DELTA_LOG_FILE_MALFORMED",
    sqlState: "KD00M",
    parameters: { path, line: String(line) },
    ...(cause === undefined ? {} : { cause }),
    hint: "The file was cut short or changed by hand. Restore it from a copy; a version before it can be read with versionAsOf.",
  });
