/** Reads a text by a pattern as far as it goes: slower than `ParsePattern`, for the error that says where it ends. */
import { zoneRules } from "../time-zone.ts";
import { type PatternPart, type Piece, sourceAt } from "./datetime-pieces.ts";

/** A piece of the text with the letters that it was read by. */
export interface Found {
  readonly piece: Piece;
  readonly letters: string;
  readonly text: string;
}

/** How far a text was read, and where that ended early. */
export interface Reading {
  readonly end: number;
  readonly fault?: number;
}

/** Reads a text as Java does: part after part, without a step back. */
export class PatternReader {
  readonly found: Found[] = [];
  readonly #text: string;
  readonly #parts: readonly PatternPart[];

  constructor(text: string, parts: readonly PatternPart[]) {
    this.#text = text;
    this.#parts = parts;
  }

  read(): Reading {
    return this.#sequence(0, this.#parts.length, 0);
  }

  #sequence(from: number, to: number, start: number): Reading {
    let at = start;
    for (let index = from; index < to; index++) {
      const part = this.#parts[index]!;
      if (part.kind === "close") continue;
      if (part.kind === "open") {
        const close = this.#closeOf(index);
        at = this.#optional(index + 1, close, at);
        index = close;
        continue;
      }
      const length = part.kind === "text" ? this.#literal(part.text, at) : this.#piece(part, index, at);
      if (length.fault !== undefined) return length;
      at = length.end;
    }
    return { end: at };
  }

  #optional(from: number, to: number, at: number): number {
    const before = this.found.length;
    const { end, fault } = this.#sequence(from, to, at);
    if (fault === undefined) return end;
    this.found.length = before;
    return at;
  }

  // What is not closed ends with the pattern.
  #closeOf(open: number): number {
    let depth = 0;
    for (let index = open; index < this.#parts.length; index++) {
      const { kind } = this.#parts[index]!;
      depth += kind === "open" ? 1 : kind === "close" ? -1 : 0;
      if (depth === 0) return index;
    }
    return this.#parts.length;
  }

  // Java ignores case here as it does in names.
  #literal(literal: string, at: number): Reading {
    const given = this.#text.slice(at, at + literal.length);
    if (given.toLowerCase() === literal.toLowerCase()) return { end: at + literal.length };
    const same = [...literal].findIndex((sign, index) => sign.toLowerCase() !== given[index]?.toLowerCase());
    // Letters are quoted, and then one literal; other signs are one each.
    return { end: at, fault: /[A-Za-z]/.test(literal) ? at : at + same };
  }

  #piece({ letters, piece }: Extract<PatternPart, { kind: "piece" }>, index: number, at: number): Reading {
    const expression = new RegExp(sourceAt(this.#parts, index), "iuy");
    expression.lastIndex = at;
    const match = expression.exec(this.#text);
    if (match === null || !isZone(letters, match[0]) || this.#differs(piece, match[0])) return { end: at, fault: at };
    this.found.push({ letters, piece, text: match[0] });
    return { end: at + match[0].length };
  }

  /** Whether a field was read before and was another. */
  #differs({ field, value }: Piece, text: string): boolean {
    const other = this.found.find(({ piece }) => piece.field === field && typeof piece.value?.(text) === "number");
    return other !== undefined && other.piece.value!(other.text) !== value!(text);
  }
}

/** Whether a piece is a region that there is, or an offset whose parts are no more than 59; others are no matter of zones. */
function isZone(letters: string, text: string): boolean {
  if (letters.startsWith("V")) return zoneRules(text) !== undefined;
  return !/^[XxZ]/.test(letters) || (text.match(/\d\d/g) ?? []).every((part) => Number(part) < 60);
}
