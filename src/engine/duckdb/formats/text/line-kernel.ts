/** A WebAssembly kernel that checks lines of text, and the memory in which it does. */
import { InternalError } from "../../../../errors.ts";
import { type WasmGlobal, type WasmMemory, type WasmModule, webAssembly } from "./web-assembly.ts";

/** What a kernel is told to check, as it reads it from its memory. Plain data, so that it can be sent to a worker. */
export interface LineProgram {
  /** The kernel's module in base 64. */
  readonly module: string;
  /** What stands in memory from `programStart` on. */
  readonly bytes: Uint8Array;
  /** Where in memory the root of the program is. */
  readonly root: number;
}

interface Exports {
  readonly memory: WasmMemory;
  readonly scan: (start: number, end: number, program: number, output: number, capacity: number) => number;
  readonly rows: WasmGlobal;
  readonly longest: WasmGlobal;
  readonly seenOffsets: () => number;
  readonly lines?: WasmGlobal;
  readonly returns?: WasmGlobal;
  readonly oddLines: WasmGlobal;
}

/** Where programs begin; what is below belongs to the kernel. */
export const programStart = 4096;
/** How long a program may be. */
export const programRoom = 256 * 1024;
const pageSize = 65_536;
const oddCapacity = 4096;
/** The kernel reads sixteen bytes at once, so a little beyond the end. */
const padding = 64;
const compiled = new Map<string, WasmModule>();

const output = programStart + programRoom;
const data = output + oddCapacity * 8;

export class LineKernel {
  readonly #exports: Exports;
  #root = 0;
  #room = 0;

  constructor(program: LineProgram) {
    this.#exports = new webAssembly.Instance(moduleOf(program.module), {}).exports as Exports;
    this.room(pageSize);
    this.load(program);
  }

  /** Checks for another program of the same module from here on. */
  load({ bytes, root }: LineProgram): void {
    if (bytes.length > programRoom) throw new InternalError("the program of a kernel is too long");
    this.#bytes(programStart, bytes.length).set(bytes);
    this.#root = root;
  }

  /** Counts from here on. Making another kernel for each of thousands of files would take longer than checking them. */
  begin(): void {
    const { rows, longest, lines, returns } = this.#exports;
    for (const count of [rows, longest, lines, returns]) if (count !== undefined) count.value = 0;
  }

  /** The lines that were plain. */
  get rows(): number {
    return this.#exports.rows.value;
  }

  /** The longest line so far, in bytes. */
  get longest(): number {
    return this.#exports.longest.value;
  }

  /** The columns, as bits, whose times have offsets from UTC, in any of the lines of this kernel. */
  get offsets(): number {
    return this.#exports.seenOffsets();
  }

  /** All lines, and those that end with a carriage return too, where the kernel counts them. */
  get lineEnds(): { readonly lines: number; readonly returns: number } {
    return { lines: this.#exports.lines?.value ?? 0, returns: this.#exports.returns?.value ?? 0 };
  }

  /** The memory for at least `size` bytes of lines; what stood there stays, but earlier views are void. */
  room(size: number): Uint8Array {
    const missing = data + size + padding - this.#exports.memory.buffer.byteLength;
    if (missing > 0) this.#exports.memory.grow(Math.ceil(missing / pageSize));
    this.#room = Math.max(this.#room, size);
    return this.#bytes(data, this.#room);
  }

  /**
   * Checks lines.
   *
   * @param lines - a view of the room
   * @param length - how many bytes the lines take; the last one is a line feed
   * @param odd - called with position and length of each odd line
   */
  check(lines: Uint8Array, length: number, odd: (position: number, length: number) => void): void {
    const start = lines.byteOffset;
    for (let at = start; at < start + length; ) {
      at = this.#exports.scan(at, start + length, this.#root, output, oddCapacity);
      const found = this.#exports.oddLines.value;
      const pairs = new Uint32Array(this.#exports.memory.buffer, output, found * 2);
      for (let index = 0; index < found; index++) odd(pairs[index * 2]! - start, pairs[index * 2 + 1]!);
    }
  }

  #bytes(start: number, length: number): Uint8Array {
    return new Uint8Array(this.#exports.memory.buffer, start, length);
  }
}

function moduleOf(text: string): WasmModule {
  const known = compiled.get(text) ?? new webAssembly.Module(Buffer.from(text, "base64"));
  compiled.set(text, known);
  return known;
}
