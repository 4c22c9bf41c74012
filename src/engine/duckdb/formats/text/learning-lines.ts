/** Reads lines to learn from them, and passes over those that teach nothing. */
import { isUtf8 } from "node:buffer";
import { type LineChunk, lineChunks, plainRoom, type Room } from "./line-chunks.ts";
import { LineKernel, type LineProgram } from "./line-kernel.ts";
import { type RecordBytes, recordsOfLine } from "./records.ts";

/** What learns. */
export interface Learner {
  /** The program that recognises the lines that teach nothing, if more was learned since it was asked for last. */
  program(): LineProgram | undefined;
  add(record: RecordBytes): void;
}

const lineFeed = 10;
/** As much of the first lines is read before the kernel is told what was learned from them. */
const firstSlice = 16 * 1024;

export class LearningLines {
  readonly #learner: Learner;
  /** Without a program to begin with, there is no kernel, and every line is learned from. */
  readonly #kernel: LineKernel | undefined;

  constructor(learner: Learner) {
    this.#learner = learner;
    const program = learner.program();
    this.#kernel = program && new LineKernel(program);
  }

  /**
   * Learns from a file.
   *
   * @param path - the file
   * @param signal - ends the reading with its reason
   */
  async read(path: string, signal?: AbortSignal): Promise<void> {
    const room: Room = this.#kernel === undefined ? plainRoom() : (size) => this.#kernel!.room(size);
    let slice = firstSlice;
    for await (const chunk of lineChunks(path, room)) {
      signal?.throwIfAborted();
      for (let start = 0; start < chunk.length; slice *= 2) {
        const end = start + slice >= chunk.length ? chunk.length : chunk.bytes.indexOf(lineFeed, start + slice) + 1;
        this.#addSlice(chunk, start, end);
        start = end;
      }
    }
  }

  #addSlice({ bytes, position }: LineChunk, start: number, end: number): void {
    const lines = bytes.subarray(start, end);
    const addLine = (at: number, length: number): void => {
      for (const record of recordsOfLine(lines, at, at + length, position + start + at)) this.#learner.add(record);
    };
    if (this.#kernel !== undefined && isUtf8(lines)) {
      const program = this.#learner.program();
      if (program !== undefined) this.#kernel.load(program);
      this.#kernel.check(lines, lines.length, addLine);
      return;
    }
    for (let at = 0; at < lines.length; ) {
      const feed = lines.indexOf(lineFeed, at);
      addLine(at, feed - at);
      at = feed + 1;
    }
  }
}
