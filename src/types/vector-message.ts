/** Vectors as messages between threads, which carry neither functions nor views of larger buffers. */
import type { Vector, VectorLayout } from "./batch.ts";
import { type Text, textOfUtf8, type Utf8 } from "./text.ts";

/** A vector that a message can hold: its text is in bytes. */
export type VectorMessage = Vector & { readonly bytesOnly: true };

type Of<L extends VectorLayout> = Extract<Vector, { layout: L }>;
type Part = ArrayBufferView | Text | Utf8;
interface Change {
  readonly part: <P extends Part>(part: P) => P;
  readonly vector: (vector: Vector) => Vector;
}
type Changes = { [L in VectorLayout]: (vector: Of<L>, change: Change) => Partial<Of<L>> };

const changes: Changes = {
  fixed: ({ values }, { part }) => ({ values: part(values) }),
  wide: ({ words }, { part }) => ({ words: part(words) }),
  text: ({ text }, { part }) => ({ text: part(text) }),
  binary: ({ bytes, offsets }, { part }) => ({ bytes: part(bytes), offsets: part(offsets) }),
  list: ({ offsets, child }, { part, vector }) => ({ offsets: part(offsets), child: vector(child) }),
  map: ({ offsets, keys, values }, { part, vector }) => ({
    offsets: part(offsets),
    keys: vector(keys),
    values: vector(values),
  }),
  struct: ({ children }, { vector }) => ({ children: children.map(vector) }),
  void: () => ({}),
};

function changed(vector: Vector, part: Change["part"]): Vector {
  const change: Change = { part, vector: (child) => changed(child, part) };
  const parts = (changes[vector.layout] as (vector: Vector, change: Change) => Partial<Vector>)(vector, change);
  const validity = vector.validity === undefined ? {} : { validity: part(vector.validity) };
  return { ...vector, ...parts, ...validity } as Vector;
}

const isText = (part: unknown): part is Text => typeof (part as Partial<Text>).utf8 === "function";

/** A message copies the whole buffer behind a view. */
function own<P>(part: P): P {
  if (!ArrayBuffer.isView(part) || part.byteLength === part.buffer.byteLength) return part;
  return (part as unknown as Uint8Array).slice() as unknown as P;
}

const sent = <P>(part: P): P => {
  if (!isText(part)) return own(part);
  const { bytes, offsets } = part.utf8();
  return { bytes: own(bytes), offsets: own(offsets) } as unknown as P;
};

const received = <P>(part: P): P =>
  ArrayBuffer.isView(part) ? part : (textOfUtf8(part as unknown as Utf8) as unknown as P);

/** The vector as a message. */
export const vectorMessage = (vector: Vector): VectorMessage => changed(vector, sent) as VectorMessage;

/** The memory of messages, for it to be moved to the other thread: whoever made them must not look at their vectors again. */
export function buffersOf(messages: readonly VectorMessage[]): readonly ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const note = <P>(part: P): P => {
    const arrays = ArrayBuffer.isView(part) ? [part] : Object.values(part as unknown as Utf8);
    for (const { buffer } of arrays) if (buffer instanceof ArrayBuffer) buffers.add(buffer);
    return part;
  };
  for (const message of messages) changed(message, note);
  return [...buffers];
}

/** The vector that a message was made of. */
export const vectorOfMessage = (message: VectorMessage): Vector => changed(message, received);
