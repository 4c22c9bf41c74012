/** Shapes on a plane and on the globe: from and to well-known binary, and their coordinate systems. */
import { scalar } from "./define.ts";

/**
 * The well-known binary of a shape.
 *
 * @param geo - a GEOMETRY or a GEOGRAPHY
 * @param endianness - `NDR`, also when left out, for the lowest byte of numbers first; `XDR` for the highest
 * @throws ExecutionError `ST_INVALID_ENDIANNESS_VALUE`
 * @example hex(stAsbinary(stGeogfromwkb(unhex(lit("010100000000000000000031400000000000001C40"))), "XDR")) // 00000000014031000000000000401C000000000000
 */
export const stAsbinary = scalar("st_asbinary(geo: shape, endianness?: value string): binary");

/**
 * The shape on the globe that well-known binary describes, in degrees of longitude and latitude of the system 4326.
 *
 * @param wkb - well-known binary
 * @throws ExecutionError `WKB_PARSE_ERROR`, also for degrees beyond 180 and 90
 * @example stSrid(stGeogfromwkb(unhex(lit("010100000000000000000031400000000000001C40")))) // 4326
 */
export const stGeogfromwkb = scalar("st_geogfromwkb(wkb: binary): globeShape");

/**
 * The shape on a plane that well-known binary describes.
 *
 * @param wkb - well-known binary
 * @param srid - the number of its coordinate system; 0 when left out. A number that is written out is part of the type.
 * @throws ExecutionError `WKB_PARSE_ERROR`, `ST_INVALID_SRID_VALUE`
 * @example stSrid(stGeomfromwkb(unhex(lit("010100000000000000000031400000000000001C40")), 3857)) // 3857
 */
export const stGeomfromwkb = scalar("st_geomfromwkb(wkb: binary, srid?: int): planeShape");

/**
 * The same coordinates in another coordinate system; nothing is converted.
 *
 * @param geo - a GEOMETRY or a GEOGRAPHY
 * @param srid - the number of the system. A number that is written out is part of the type.
 * @throws ExecutionError `ST_INVALID_SRID_VALUE`
 * @example stSrid(stSetsrid(stGeomfromwkb(unhex(lit("010100000000000000000031400000000000001C40"))), 4326)) // 4326
 */
export const stSetsrid = scalar("st_setsrid(geo: shape, srid: int): movedShape");

/**
 * The number of the coordinate system of a shape.
 *
 * @param geo - a GEOMETRY or a GEOGRAPHY
 * @example stSrid(stGeomfromwkb(unhex(lit("010100000000000000000031400000000000001C40")))) // 0
 */
export const stSrid = scalar("st_srid(geo: shape): int");
