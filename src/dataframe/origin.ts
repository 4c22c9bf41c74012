/** Where a program called a method, so that an error at an action can show the line that caused it. */
import { dirname, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Origin } from "../plan/node.ts";

const library = dirname(dirname(fileURLToPath(import.meta.url))) + sep;
/** Enough to leave the library behind a method that calls another. */
const frames = 12;

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * The place of a call. Only the stack is kept when it is made; its text, which costs more, is read when someone asks.
 */
class CallOrigin {
  readonly from = "call";
  readonly method: string;
  #stack: { stack?: string } | undefined;
  #place: Place | undefined;

  constructor(method: string, stack: { stack?: string }) {
    this.method = method;
    this.#stack = stack;
  }

  get file(): string {
    return this.#resolved().file;
  }

  get line(): number {
    return this.#resolved().line;
  }

  get column(): number {
    return this.#resolved().column;
  }

  toJSON(): Origin {
    return { from: this.from, method: this.method, ...this.#resolved() };
  }

  #resolved(): Place {
    this.#place ??= placeOf(this.#stack?.stack ?? "");
    this.#stack = undefined;
    return this.#place;
  }
}

/**
 * The place in the program that called a method of the library.
 *
 * @param method - the name of the method
 */
export function callOrigin(method: string): Origin {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = frames;
  const stack = new Error();
  Error.stackTraceLimit = limit;
  return new CallOrigin(method, stack);
}

function placeOf(stack: string): Place {
  const lines = stack.split("\n").filter((line) => /^\s+at /.test(line));
  const outside = lines.find((line) => !isLibrary(line)) ?? lines.at(-1) ?? "";
  const [, file = "unknown", line = "0", column = "0"] = /\(?([^()]*?):(\d+):(\d+)\)?$/.exec(outside.trim()) ?? [];
  return { file: pathOf(file.replace(/^at (async )?/, "")), line: Number(line), column: Number(column) };
}

/** The library's own tests lie beside its sources and are programs. */
const isLibrary = (line: string): boolean =>
  (line.includes(library) || line.includes("node:internal")) && !/\.test\.ts:\d+:\d+\)?$/.test(line);

const pathOf = (file: string): string => (file.startsWith("file://") ? fileURLToPath(file) : file);
