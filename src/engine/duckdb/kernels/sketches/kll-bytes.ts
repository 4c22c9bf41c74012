/** KLL sketches as bytes and as a text. */
import { capacity, type KllSketch, leastRoom, retained } from "./kll.ts";
import { ByteReader } from "./sketch-bytes.ts";

/** How values of a type lie in bytes. */
export interface KllItems<Value extends number | bigint> {
  /** In the title of the text. */
  readonly title: string;
  readonly size: number;
  readonly read: (view: DataView, at: number) => Value;
  readonly write: (view: DataView, at: number, value: Value) => void;
  readonly text: (value: Value | undefined) => string;
}

const family = 15;
const emptyFlag = 1;
const singleFlag = 4;
const shortHead = 8;
const longHead = 20;

/** The bytes of a sketch. */
export function writeKll<Value extends number | bigint>(sketch: KllSketch<Value>, items: KllItems<Value>): Uint8Array {
  const { k, count, levels } = sketch;
  const bytes = new Uint8Array(compactSize(sketch, items));
  const view = new DataView(bytes.buffer);
  const flags = count === 0 ? emptyFlag : count === 1 ? singleFlag : 0;
  bytes.set([count > 1 ? 5 : 2, count === 1 ? 2 : 1, family, flags]);
  view.setUint16(4, k, true);
  bytes[6] = leastRoom;
  if (count === 1) items.write(view, shortHead, sketch.least!);
  if (count < 2) return bytes;
  view.setBigInt64(8, BigInt(count), true);
  view.setUint16(16, k, true);
  bytes[18] = levels.length;
  let start = capacity(sketch) - retained(sketch);
  levels.forEach((values, level) => {
    view.setInt32(longHead + level * 4, start, true);
    start += values.length;
  });
  const values = [sketch.least!, sketch.greatest!, ...levels.flat()];
  const from = longHead + levels.length * 4;
  values.forEach((value, index) => {
    items.write(view, from + index * items.size, value);
  });
  return bytes;
}

function compactSize(sketch: KllSketch, { size }: { readonly size: number }): number {
  if (sketch.count < 2) return shortHead + sketch.count * size;
  return longHead + sketch.levels.length * 4 + (2 + retained(sketch)) * size;
}

/** The sketch that bytes hold; undefined where they are none of values of the type. */
export function readKll<Value extends number | bigint>(
  bytes: Uint8Array,
  items: KllItems<Value>,
): KllSketch<Value> | undefined {
  const reader = new ByteReader(bytes);
  const { view, head } = reader;
  if (head[2] !== family) return undefined;
  const k = view.getUint16(4, true);
  if ((head[3]! & emptyFlag) !== 0) return { k, count: 0, least: undefined, greatest: undefined, levels: [[]] };
  if ((head[3]! & singleFlag) !== 0) {
    if (bytes.length !== shortHead + items.size) return undefined;
    const value = items.read(view, shortHead);
    return { k, count: 1, least: value, greatest: value, levels: [[value]] };
  }
  return readLevels(reader, k, items);
}

function readLevels<Value extends number | bigint>(
  reader: ByteReader,
  k: number,
  items: KllItems<Value>,
): KllSketch<Value> | undefined {
  const { view } = reader;
  const starts = Array.from({ length: reader.byte(18) }, (_, level) => reader.int(longHead + level * 4));
  const from = longHead + starts.length * 4;
  const total = (view.byteLength - from) / items.size - 2;
  if (!Number.isInteger(total)) return undefined;
  const values = Array.from({ length: total + 2 }, (_, index) => items.read(view, from + index * items.size));
  const held = values.slice(2);
  const levels = starts.map((start, level) =>
    held.slice(start - starts[0]!, (starts[level + 1] ?? Infinity) - starts[0]!),
  );
  return { k, count: Number(reader.long(8)), least: values[0], greatest: values[1], levels };
}

const percent = (part: number): string => `${(part * 100).toFixed(3)}%`;

/** The text that describes a sketch. */
export function describeKll<Value extends number | bigint>(sketch: KllSketch<Value>, items: KllItems<Value>): string {
  const { k, count, levels } = sketch;
  const room = capacity(sketch);
  const lines: readonly (readonly [string, string | number | boolean])[] = [
    ["K", k],
    ["Dynamic min K", k],
    ["M", leastRoom],
    ["N", count],
    ["Epsilon", percent(2.296 / k ** 0.9723)],
    ["Epsilon PMF", percent(2.446 / k ** 0.9433)],
    ["Empty", count === 0],
    ["Estimation Mode", levels.length > 1],
    ["Levels", levels.length],
    ["Level 0 Sorted", false],
    ["Capacity Items", room],
    ["Retained Items", retained(sketch)],
    ["Free Space", room - retained(sketch)],
    ["ReadOnly", false],
    ["Updatable Storage Bytes", longHead + (levels.length + 1) * 4 + (2 + room) * items.size],
    ["Compact Storage Bytes", compactSize(sketch, items)],
    ["Min Item", items.text(sketch.least)],
    ["Max Item", items.text(sketch.greatest)],
  ];
  const body = lines.map(([name, value]) => `   ${name.padEnd(23)}: ${value}\n`).join("");
  return `\n### Kll${items.title}Sketch Summary:\n${body}### End sketch summary\n`;
}
