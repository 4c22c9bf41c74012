/** HyperLogLog sketches as bytes: the updatable forms of DataSketches, with registers of 8 bits. */
import type { Coupons, HllSketch, Registers } from "./hll.ts";
import { ByteReader } from "./sketch-bytes.ts";

const family = 7;
const emptyFlag = 4;
const compactFlag = 8;
const outOfOrderFlag = 16;
const eightBits = 8;
const registersMode = 2;
/** The mode and the number of 32-bit words before the data. */
const forms = { list: [0, 2], set: [1, 3], registers: [registersMode, 10] } as const;

const startOf = (mode: keyof typeof forms): number => forms[mode][1] * 4;

/** The bytes of a sketch. */
export function writeHll({ lgK, state }: HllSketch): Uint8Array {
  const size = state.mode === "registers" ? state.values.length : state.slots.length * 4;
  const bytes = new Uint8Array(startOf(state.mode) + size);
  const [mode, words] = forms[state.mode];
  bytes.set([words, 1, family, lgK, 0, 0, 0, eightBits | mode]);
  const view = new DataView(bytes.buffer);
  if (state.mode === "registers") writeRegisters(state, bytes, view);
  else writeCoupons(state, bytes, view);
  return bytes;
}

function writeCoupons({ mode, slots, count }: Coupons, bytes: Uint8Array, view: DataView): void {
  bytes[4] = Math.log2(slots.length);
  if (count === 0) bytes[5] = emptyFlag;
  if (mode === "list") bytes[6] = count;
  else view.setInt32(8, count, true);
  slots.forEach((coupon, index) => {
    view.setInt32(startOf(mode) + index * 4, coupon, true);
  });
}

function writeRegisters(registers: Registers, bytes: Uint8Array, view: DataView): void {
  const { values, isOutOfOrder, history, sums, least, atLeast } = registers;
  bytes[5] = isOutOfOrder ? outOfOrderFlag : 0;
  bytes[6] = least;
  view.setFloat64(8, history, true);
  view.setFloat64(16, sums[0], true);
  view.setFloat64(24, sums[1], true);
  view.setInt32(32, atLeast, true);
  bytes.set(values, startOf("registers"));
}

const leastLgK = 4;
const mostLgK = 21;

/** The sketch that bytes hold; undefined where they are none. */
export function readHll(bytes: Uint8Array): HllSketch | undefined {
  const reader = new ByteReader(bytes);
  const [words, version, kind, lgK, , flags, , type] = reader.head as [number, ...number[]] & number[];
  const isKnown = version === 1 && kind === family && lgK! >= leastLgK && lgK! <= mostLgK;
  const mode = (Object.keys(forms) as (keyof typeof forms)[]).find((name) => forms[name][0] === (type! & 3));
  if (!isKnown || mode === undefined || forms[mode][1] !== words) return undefined;
  if (mode !== "registers") return { lgK: lgK!, state: readCoupons(reader, mode, (flags! & compactFlag) !== 0) };
  if ((type! & 12) !== eightBits) return undefined;
  const start = startOf(mode);
  const values = Uint8Array.from({ length: 2 ** lgK! }, (_, index) => reader.byte(start + index));
  return { lgK: lgK!, state: readRegisters(reader, values, flags!) };
}

function readCoupons(reader: ByteReader, mode: "list" | "set", isCompact: boolean): Coupons {
  const count = mode === "list" ? reader.head[6]! : reader.int(8);
  const size = 2 ** reader.head[4]!;
  const held = isCompact ? count : size;
  const slots = new Int32Array(size);
  for (let index = 0; index < held; index++) slots[index] = reader.int(startOf(mode) + index * 4);
  return { mode, slots, count };
}

const readRegisters = ({ view, head }: ByteReader, values: Uint8Array, flags: number): Registers => ({
  mode: "registers",
  values,
  isOutOfOrder: (flags & outOfOrderFlag) !== 0,
  history: view.getFloat64(8, true),
  sums: [view.getFloat64(16, true), view.getFloat64(24, true)],
  least: head[6]!,
  atLeast: view.getInt32(32, true),
});
