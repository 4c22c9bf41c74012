/** Byte strings one after the other: string `i` is `bytes` from `offsets[i]` up to `offsets[i + 1]`. */
export interface Utf8 {
  readonly bytes: Uint8Array;
  readonly offsets: Int32Array;
}

/** A column of text that is decoded, or encoded, when someone first asks for the other form. */
export interface Text {
  /** How many strings there are. */
  readonly length: number;
  /** A string a row, `""` where there is no value. */
  strings(): readonly string[];
  utf8(): Utf8;
  /** The bytes of some of the strings, for whoever copies them at once: they last until any text is asked for them again. */
  passing(start: number, rows: number): Utf8;
}

/** Text of `length` strings whose two forms are made when they are first asked for. */
export function lazyText(length: number, strings: () => readonly string[], utf8: () => Utf8): Text {
  let decoded: readonly string[] | undefined;
  let encoded: Utf8 | undefined;
  const bytes = (): Utf8 => (encoded ??= utf8());
  return {
    length,
    strings: () => (decoded ??= strings()),
    utf8: bytes,
    passing: (start, rows) => partOf(bytes(), start, rows),
  };
}

/** Text made of JavaScript strings. */
export function textOfStrings(strings: readonly string[]): Text {
  let encoded: Utf8 | undefined;
  return {
    length: strings.length,
    strings: () => strings,
    utf8: () => (encoded ??= encodeStrings(strings)),
    passing: (start, rows) =>
      encoded === undefined
        ? encodeBy(partOfStrings(strings, start, rows), passingBytes)
        : partOf(encoded, start, rows),
  };
}

const partOf = ({ bytes, offsets }: Utf8, start: number, rows: number): Utf8 => ({
  bytes,
  offsets: offsets.subarray(start, start + rows + 1),
});

const partOfStrings = (strings: readonly string[], start: number, rows: number): readonly string[] =>
  start === 0 && rows === strings.length ? strings : strings.slice(start, start + rows);

/** Text made of UTF-8 bytes. */
export const textOfUtf8 = (utf8: Utf8): Text =>
  lazyText(
    utf8.offsets.length - 1,
    () => decodeStrings(utf8),
    () => utf8,
  );

const encoder = new TextEncoder();

/**
 * Encodes strings in one go, which costs a fraction of a call a string.
 *
 * @param strings - what to encode; half a surrogate pair becomes U+FFFD, as everywhere in JavaScript
 * @throws RangeError when the bytes of all strings do not fit 32-bit offsets
 */
export const encodeStrings = (strings: readonly string[]): Utf8 =>
  encodeBy(strings, (joined) => encoder.encode(joined));

function encodeBy(strings: readonly string[], encode: (joined: string) => Uint8Array): Utf8 {
  const joined = strings.join("");
  const bytes = encode(joined);
  if (bytes.length > 0x7fff_ffff) throw new RangeError("a batch holds at most 2 GiB of text");
  const isAscii = bytes.length === joined.length;
  const offsets = isAscii ? offsetsOf(strings, (string) => string.length) : offsetsOf(strings, Buffer.byteLength);
  // Halves of a surrogate pair at the seam of two strings make one character of the joined text.
  return offsets[strings.length] === bytes.length
    ? { bytes, offsets }
    : concatBytes(strings.map((string) => encoder.encode(string)));
}

/** The most bytes that one UTF-16 unit becomes. */
const bytesOfUnit = 3;
const passingRoom = 1 << 20;
let room: Uint8Array | undefined;

/** Encodes into bytes that the next call uses again: to make new ones costs more than to encode. */
function passingBytes(joined: string): Uint8Array {
  if (joined.length * bytesOfUnit > passingRoom) return encoder.encode(joined);
  room ??= new Uint8Array(passingRoom);
  return room.subarray(0, encoder.encodeInto(joined, room).written);
}

/** Byte strings as one buffer with offsets. */
export function concatBytes(parts: readonly Uint8Array[]): Utf8 {
  const offsets = offsetsOf(parts, (part) => part.length);
  const bytes = new Uint8Array(offsets[parts.length]!);
  parts.forEach((part, index) => {
    bytes.set(part, offsets[index]);
  });
  return { bytes, offsets };
}

function offsetsOf<T>(items: readonly T[], length: (item: T) => number): Int32Array {
  const offsets = new Int32Array(items.length + 1);
  for (let index = 0; index < items.length; index++) offsets[index + 1] = offsets[index]! + length(items[index]!);
  return offsets;
}

function decodeStrings({ bytes, offsets }: Utf8): string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: offsets.length - 1 }, (_, row) =>
    buffer.toString("utf8", offsets[row], offsets[row + 1]),
  );
}
