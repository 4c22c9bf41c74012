/** Shapes as rows hold them. */
import type { SpatialKind } from "./data-type.ts";
import { inspection } from "./inspect.ts";

/** What both kinds of shapes have. */
abstract class Shape {
  /** The shape in well-known binary. */
  readonly wkb: Uint8Array;
  /** The number of its coordinate system. */
  readonly srid: number;

  protected constructor(wkb: Uint8Array, srid: number) {
    this.wkb = wkb;
    this.srid = srid;
  }

  /** What `JSON.stringify` writes: the bytes in hexadecimal digits, and the SRID. */
  toJSON(): { readonly wkb: string; readonly srid: number } {
    return { wkb: Buffer.from(this.wkb).toString("hex"), srid: this.srid };
  }

  /** Its class, its bytes in hexadecimal digits and its SRID. */
  toString(): string {
    const { wkb, srid } = this.toJSON();
    return `${this.constructor.name}(${wkb}, ${srid})`;
  }

  /** What `console.log` shows. */
  [inspection](): string {
    return this.toString();
  }
}

/** Whether two shapes of a class have one SRID and the same bytes. */
const same = (one: Shape, other: Shape): boolean => one.srid === other.srid && Buffer.compare(one.wkb, other.wkb) === 0;

/**
 * A shape on a plane: what rows hold for GEOMETRY columns, as PySpark's `Geometry`.
 *
 * It is looked at when it becomes part of a DataFrame, not before.
 *
 * @example
 * ```ts
 * const point = Geometry.fromWKB(Buffer.from("010100000000000000000031400000000000001c40", "hex"), 4326);
 * console.log(point.srid); // 4326
 * ```
 */
export class Geometry extends Shape {
  /**
   * A shape of its bytes.
   *
   * @param wkb - well-known binary, which must not change afterwards
   * @param srid - the number of its coordinate system; 0 for none
   * @example Geometry.fromWKB(Buffer.from("010100000000000000000031400000000000001c40", "hex"), 0).srid; // 0
   */
  static fromWKB(wkb: Uint8Array, srid: number): Geometry {
    return new Geometry(wkb, srid);
  }

  /**
   * Whether the other has the same SRID and the same bytes.
   *
   * @param other - a geometry
   * @example Geometry.fromWKB(new Uint8Array(21), 0).equals(Geometry.fromWKB(new Uint8Array(21), 4326)); // false
   */
  equals(other: Geometry): boolean {
    return same(this, other);
  }
}

/**
 * A shape on the globe, in degrees: what rows hold for GEOGRAPHY columns, as PySpark's `Geography`.
 *
 * @example
 * ```ts
 * const place = Geography.fromWKB(Buffer.from("010100000000000000000031400000000000001c40", "hex"), 4326);
 * console.log(String(place)); // Geography(010100000000000000000031400000000000001c40, 4326)
 * ```
 */
export class Geography extends Shape {
  /**
   * A shape of its bytes.
   *
   * @param wkb - well-known binary in degrees of longitude and latitude, which must not change afterwards
   * @param srid - the number of its coordinate system, such as 4326
   * @example Geography.fromWKB(Buffer.from("010100000000000000000031400000000000001c40", "hex"), 4326).srid; // 4326
   */
  static fromWKB(wkb: Uint8Array, srid: number): Geography {
    return new Geography(wkb, srid);
  }

  /**
   * Whether the other has the same SRID and the same bytes.
   *
   * @param other - a geography
   * @example Geography.fromWKB(new Uint8Array(21), 4326).equals(Geography.fromWKB(new Uint8Array(21), 4326)); // true
   */
  equals(other: Geography): boolean {
    return same(this, other);
  }
}

/** The class of the values of each kind of shapes. */
export const shapeClasses = { geometry: Geometry, geography: Geography } satisfies Record<SpatialKind, unknown>;
