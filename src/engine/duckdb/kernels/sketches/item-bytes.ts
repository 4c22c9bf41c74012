/** The bytes of a value that sketches of DataSketches hash. */
import type { DataType } from "../../../../types/data-type.ts";
import type { StoredValue } from "../../../../types/stored-value.ts";

type ItemBytes = (value: StoredValue) => Uint8Array;

const whole: ItemBytes = (value) => {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, BigInt(value as number | bigint), true);
  return bytes;
};

/** Of a fraction, the bits of its DOUBLE; both zeros and all NaN are one. */
const fraction: ItemBytes = (value) => {
  const bytes = new Uint8Array(8);
  const number = value as number;
  new DataView(bytes.buffer).setFloat64(0, Number.isNaN(number) ? Number.NaN : number === 0 ? 0 : number, true);
  return bytes;
};

const encoder = new TextEncoder();

function elements(size: 4 | 8): ItemBytes {
  return (value) => {
    const items = value as readonly (number | bigint)[];
    const bytes = new Uint8Array(items.length * size);
    const view = new DataView(bytes.buffer);
    items.forEach((item, index) => {
      if (size === 4) view.setInt32(index * 4, Number(item ?? 0), true);
      else view.setBigInt64(index * 8, BigInt(item ?? 0), true);
    });
    return bytes;
  };
}

/** How values of a type are hashed; what has no bytes is not counted. */
export function itemBytes(type: DataType): ItemBytes {
  if (type.kind === "array") return elements(type.element.kind === "int" ? 4 : 8);
  if (type.kind === "float" || type.kind === "double") return fraction;
  if (type.kind === "binary") return (value) => value as Uint8Array;
  return type.kind === "string" ? (value) => encoder.encode(value as string) : whole;
}
