import { chunkRows, type FixedValues, storageType, type Vector, type VectorLayout } from "./batch.ts";
import type { ArrayType, DataType, MapType, TypeKind } from "./data-type.ts";
import { childTypes, fixedArrayOf, layoutOf } from "./layout.ts";
import type { StoredInterval, StoredMap, StoredShape, StoredValue } from "./stored-value.ts";
import { concatBytes, textOfStrings } from "./text.ts";
import { allValid, noValues, setValue, type Validity } from "./validity.ts";
import type { VariantBinary } from "./variant-node.ts";

/** Makes a vector of stored values, one after the other. */
export interface VectorBuilder {
  append(value: StoredValue): void;
  /** The vector of all values so far; the builder is done with then. */
  finish(): Vector;
}

/** The values of a layout, without their validity. */
interface Contents<L extends VectorLayout> {
  /** Puts a value into the next row; a row without a value gets what takes least space. */
  put(value: StoredValue, row: number): unknown;
  finish(rows: number): Omit<Extract<Vector, { layout: L }>, "type" | "length" | "validity" | "layout">;
}

/**
 * Starts a vector.
 *
 * @param type - the type of its values
 * @param rows - how many rows to expect; more are welcome
 */
export function vectorBuilder(type: DataType, rows = chunkRows): VectorBuilder {
  const layout = layoutOf(type);
  const contents = (makers[layout] as (type: DataType, rows: number) => Contents<VectorLayout>)(
    storageType(type),
    rows,
  );
  const validity = new ValidityBuilder(rows);
  let length = 0;
  return {
    append(value) {
      contents.put(value, length);
      validity.append(value !== null);
      length++;
    },
    finish: () =>
      ({ type, length, layout, ...contents.finish(length), ...(layout === "void" ? {} : validity.finish()) }) as Vector,
  };
}

class ValidityBuilder {
  #bits: Validity;
  #rows = 0;

  constructor(rows: number) {
    this.#bits = noValues(rows);
  }

  append(hasValue: boolean): void {
    if (this.#rows >= this.#bits.length * 8) this.#bits = grown(this.#bits);
    if (hasValue) setValue(this.#bits, this.#rows);
    this.#rows++;
  }

  finish(): { validity?: Validity } {
    return allValid(this.#bits, this.#rows) ? {} : { validity: this.#bits };
  }
}

type Numbers = { [row: number]: number | bigint };

/** A copy with room for more than twice as much. */
function grown<A extends FixedValues>(values: A): A {
  const copy = new (values.constructor as new (length: number) => A)(values.length * 2 + 8);
  (copy as Uint8Array).set(values as Uint8Array);
  return copy;
}

function fixedContents(type: DataType, rows: number): Contents<"fixed"> {
  let values = new (fixedArrayOf(type))(rows);
  return {
    put(value, row) {
      if (row >= values.length) values = grown(values);
      if (value !== null) (values as Numbers)[row] = value as number | bigint;
    },
    finish: (length) => ({ values: values.subarray(0, length) }),
  };
}

function wideContents(type: DataType, rows: number): Contents<"wide"> {
  let words = new BigInt64Array(rows * 2);
  const split = type.kind === "decimal" ? decimalWords : intervalWords;
  return {
    put(value, row) {
      if (row * 2 >= words.length) words = grown(words);
      if (value !== null) words.set(split(value as never), row * 2);
    },
    finish: (length) => ({ words: words.subarray(0, length * 2) }),
  };
}

// An array of 64-bit words keeps the low bits of what is put into it.
const decimalWords = (unscaled: bigint): bigint[] => [unscaled, unscaled >> 64n];

const intervalWords = ({ months, days, microseconds }: StoredInterval): bigint[] => [
  BigInt.asUintN(32, BigInt(months)) | (BigInt(days) << 32n),
  microseconds,
];

function textContents(): Contents<"text"> {
  const strings: string[] = [];
  return {
    put: (value) => strings.push((value as string | null) ?? ""),
    finish: () => ({ text: textOfStrings(strings) }),
  };
}

const noBytes = new Uint8Array(0);

function binaryContents(): Contents<"binary"> {
  const parts: Uint8Array[] = [];
  return {
    put: (value) => parts.push((value as Uint8Array | null) ?? noBytes),
    finish: () => concatBytes(parts),
  };
}

/** Counts the children of each row. */
class OffsetsBuilder {
  readonly #offsets: number[] = [0];

  append(count: number): void {
    this.#offsets.push(this.#offsets.at(-1)! + count);
  }

  finish(): Int32Array {
    return Int32Array.from(this.#offsets);
  }
}

function listContents(type: DataType, rows: number): Contents<"list"> {
  const offsets = new OffsetsBuilder();
  const child = vectorBuilder((type as ArrayType).element, rows);
  return {
    put(value) {
      const elements = (value as readonly StoredValue[] | null) ?? [];
      for (const element of elements) child.append(element);
      offsets.append(elements.length);
    },
    finish: () => ({ offsets: offsets.finish(), child: child.finish() }),
  };
}

function mapContents(type: DataType, rows: number): Contents<"map"> {
  const offsets = new OffsetsBuilder();
  const keys = vectorBuilder((type as MapType).key, rows);
  const values = vectorBuilder((type as MapType).value, rows);
  return {
    put(value) {
      const map = value as StoredMap | null;
      for (const key of map?.keys ?? []) keys.append(key);
      for (const entry of map?.values ?? []) values.append(entry);
      offsets.append(map?.keys.length ?? 0);
    },
    finish: () => ({ offsets: offsets.finish(), keys: keys.finish(), values: values.finish() }),
  };
}

function structContents(type: DataType, rows: number): Contents<"struct"> {
  const children = childTypes(type).map((child) => vectorBuilder(child, rows));
  const fieldsOf = fieldReaders[type.kind] ?? structFields;
  return {
    put(value) {
      const fields = value === null ? undefined : fieldsOf(value as never);
      for (let index = 0; index < children.length; index++) children[index]!.append(fields?.[index] ?? null);
    },
    finish: () => ({ children: children.map((child) => child.finish()) }),
  };
}

const shapeFields = ({ srid, wkb }: StoredShape): readonly StoredValue[] => [srid, wkb];
const fieldReaders: { readonly [K in TypeKind]?: (value: never) => readonly StoredValue[] } = {
  variant: ({ metadata, value }: VariantBinary) => [metadata, value],
  geometry: shapeFields,
  geography: shapeFields,
};
const structFields = (fields: readonly StoredValue[]): readonly StoredValue[] => fields;

const makers = {
  fixed: fixedContents,
  wide: wideContents,
  text: textContents,
  binary: binaryContents,
  list: listContents,
  map: mapContents,
  struct: structContents,
  void: () => ({ put: () => undefined, finish: () => ({}) }),
} satisfies { [L in VectorLayout]: (type: DataType, rows: number) => Contents<L> };
