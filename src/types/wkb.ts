/** Well-known binary, the form in which shapes are held: its check, and its byte order. Spark's source: `WkbReader`. */

/** Bytes that are no shape: what is wrong, and at which byte. */
export class WkbFault {
  readonly parseError: string;
  readonly position: number;

  constructor(parseError: string, position: number) {
    this.parseError = parseError;
    this.position = position;
  }
}

/** What is asked of a shape, and the form in which it is given. */
export interface WkbForm {
  /** Whether coordinates must be degrees of longitude and latitude. */
  readonly onGlobe?: boolean;
  /** Whether numbers are given with their highest byte first. */
  readonly bigEndian?: boolean;
}

/**
 * Checks a shape and gives it in one byte order, without bytes behind it.
 *
 * @param wkb - a point, a line, a polygon or a collection, with Z and M or without, in any byte order
 * @param form - what is asked of it; little-endian when left out
 * @throws WkbFault
 */
export function wkbIn(wkb: Uint8Array, form: WkbForm = {}): Uint8Array {
  if (wkb.length === 0) throw new WkbFault("WKB data is empty or null", 0);
  if (wkb.length < headerBytes) throw new WkbFault(endOfBuffer, 0);
  return new Walk(wkb, form).whole();
}

const headerBytes = 5;
const endOfBuffer = "Unexpected end of WKB buffer";
const invalidCoordinate = "Invalid coordinate value found";

/** The axes of points: their kind of shape counts the thousands. */
interface Axes {
  readonly thousands: number;
  readonly count: number;
}

/** What is made of other shapes. */
interface Collection {
  /** How its parts are called where there are too many, and what each has to be. */
  readonly parts: string;
  readonly kind?: number;
  readonly unexpected?: string;
}

/** The kinds of shapes that are made of numbers. */
const plainShapes: Readonly<Record<number, (walk: Walk, axes: Axes) => void>> = {
  1: (walk, axes) => walk.point(axes, true),
  2: (walk, axes) => walk.line(axes),
  3: (walk, axes) => walk.polygon(axes),
};

const collections: Readonly<Record<number, Collection>> = {
  4: { parts: "MultiPoint points", kind: 1, unexpected: "Expected Point in MultiPoint" },
  5: { parts: "MultiLineString line strings", kind: 2, unexpected: "Expected LineString in MultiLineString" },
  6: { parts: "MultiPolygon polygons", kind: 3, unexpected: "Expected Polygon in MultiPolygon" },
  7: { parts: "GeometryCollection geometries" },
};

/** A collection that is read at present. */
interface Open {
  readonly kind: number;
  readonly axes: Axes;
  readonly collection: Collection;
  left: number;
}

const axisCounts: readonly number[] = [2, 3, 3, 4];

/** Goes through a copy of the bytes once and turns its numbers where they lie. */
class Walk {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #form: WkbForm;
  #at = 0;
  /** The byte order in which the shape is written that is read at present. */
  #littleEndian = true;

  constructor(wkb: Uint8Array, form: WkbForm) {
    this.#bytes = Uint8Array.from(wkb);
    this.#view = new DataView(this.#bytes.buffer);
    this.#form = form;
  }

  whole(): Uint8Array {
    const open: Open[] = [];
    let read = this.#shape(open);
    for (let group = open.at(-1); group !== undefined; group = open.at(-1)) {
      const { kind = read, unexpected } = group.collection;
      if (read !== undefined && read !== kind) throw new WkbFault(unexpected!, this.#at);
      if (group.left === 0) {
        read = open.pop()!.kind;
      } else {
        group.left -= 1;
        read = this.#shape(open, group.axes);
      }
    }
    return this.#bytes.subarray(0, this.#at);
  }

  /** Reads a shape, inside of another one of the same axes, and gives its kind; of a collection only the beginning. */
  #shape(open: Open[], outer?: Axes): number | undefined {
    this.#byteOrder();
    const start = this.#at;
    const written = this.#int();
    const [kind, thousands] = [written % 1000, Math.trunc(written / 1000)];
    const [plain, collection, count] = [plainShapes[kind], collections[kind], axisCounts[thousands]];
    const isKnown = (plain !== undefined || collection !== undefined) && count !== undefined;
    if (!isKnown || thousands !== (outer?.thousands ?? thousands))
      throw new WkbFault(`Invalid or unsupported type ${written}`, start);
    const axes = { thousands, count };
    plain?.(this, axes);
    if (collection === undefined) return kind;
    open.push({ kind, axes, collection, left: this.#count(collection.parts, headerBytes) });
    return undefined;
  }

  line(axes: Axes): void {
    const start = this.#at;
    const count = this.#count("LineString points", axes.count * 8);
    if (count === 1) throw new WkbFault("Too few points in linestring", start);
    for (let index = 0; index < count; index++) this.point(axes, false);
  }

  polygon(axes: Axes): void {
    const rings = this.#count("polygon rings", 4);
    for (let index = 0; index < rings; index++) this.#ring(axes);
  }

  #ring(axes: Axes): void {
    const start = this.#at;
    const count = this.#count("ring points", axes.count * 8);
    let first: readonly number[] = [];
    let last = first;
    for (let index = 0; index < count; index++) {
      last = this.point(axes, false);
      if (index === 0) first = last;
    }
    if (count < 4) throw new WkbFault("Too few points in ring", start);
    if (first[0] !== last[0] || first[1] !== last[1]) throw new WkbFault("Ring is not closed", start);
  }

  /** Reads the coordinates of a point; a point that stands by itself is empty where one of them is NaN. */
  point({ count }: Axes, mayBeEmpty: boolean): readonly number[] {
    const start = this.#at;
    const coordinates = Array.from({ length: count }, () => this.#coordinate(mayBeEmpty));
    const [x, y] = coordinates as [number, number];
    const isEmpty = coordinates.some(Number.isNaN);
    const isOutside = Math.abs(x) > 180 || Math.abs(y) > 90;
    if (this.#form.onGlobe === true && !isEmpty && isOutside) throw new WkbFault(invalidCoordinate, start);
    return coordinates;
  }

  #byteOrder(): void {
    if (this.#at >= this.#bytes.length) throw new WkbFault(endOfBuffer, this.#at);
    const order = this.#view.getInt8(this.#at);
    if (order !== 0 && order !== 1) throw new WkbFault(`Invalid byte order ${order}`, this.#at);
    this.#littleEndian = order === 1;
    this.#bytes[this.#at] = this.#form.bigEndian === true ? 0 : 1;
    this.#at += 1;
  }

  #coordinate(mayBeEmpty: boolean): number {
    const at = this.#need(8);
    const value = this.#view.getFloat64(at, this.#littleEndian);
    if (!Number.isFinite(value) && !(mayBeEmpty && Number.isNaN(value))) throw new WkbFault(invalidCoordinate, at);
    this.#turn(at, 8);
    return value;
  }

  #int(): number {
    const at = this.#need(4);
    const value = this.#view.getInt32(at, this.#littleEndian);
    this.#turn(at, 4);
    return value;
  }

  /** How many parts follow, each of which takes so many bytes at least. */
  #count(what: string, leastBytes: number): number {
    const start = this.#at;
    const count = this.#int();
    if (count < 0) throw new WkbFault(`Invalid count for ${what}: ${count}`, start);
    if (count > Math.floor((this.#bytes.length - this.#at) / leastBytes))
      throw new WkbFault(`Invalid count for ${what}: exceeds remaining bytes`, start);
    return count;
  }

  #need(size: number): number {
    const at = this.#at;
    if (this.#bytes.length - at < size) throw new WkbFault(endOfBuffer, at);
    this.#at += size;
    return at;
  }

  #turn(at: number, size: number): void {
    if (this.#littleEndian === (this.#form.bigEndian === true)) this.#bytes.subarray(at, at + size).reverse();
  }
}
