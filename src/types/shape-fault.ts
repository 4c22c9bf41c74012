/** What Spark says of bytes that are no shape, and of coordinate systems that it does not know or want. */
import type { SpatialType } from "./data-type.ts";
import { isSrid } from "./spatial-reference.ts";
import { WkbFault, type WkbForm, wkbIn } from "./wkb.ts";

/** A sentence, and the details of the error that says it. */
export interface ShapeFault {
  readonly sentence: string;
  readonly details: {
    readonly condition: string;
    readonly sqlState: string;
    readonly parameters: Readonly<Record<string, string>>;
    readonly hint: string;
  };
}

/** `ST_INVALID_SRID_VALUE`. */
export const unknownSrid = (srid: number | string): ShapeFault => ({
  sentence: `Invalid or unsupported SRID (spatial reference identifier) value: ${srid}`,
  details: {
    condition: "ST_INVALID_SRID_VALUE",
    sqlState: "22023",
    parameters: { srid: String(srid) },
    hint: "GEOMETRY takes 0 and the numbers of EPSG and ESRI, such as 3857; GEOGRAPHY those in degrees, such as 4326.",
  },
});

/** `ST_INVALID_CRS_VALUE`. */
export const unknownSystem = (crs: string): ShapeFault => ({
  sentence: `Invalid or unsupported CRS (coordinate reference system) value: '${crs}'`,
  details: {
    condition: "ST_INVALID_CRS_VALUE",
    sqlState: "22023",
    parameters: { crs },
    hint: "Systems are written as OGC:CRS84, EPSG:3857, ESRI:102100 or SRID:ANY.",
  },
});

/** `ST_INVALID_ALGORITHM_VALUE`. */
export const unknownAlgorithm = (alg: string): ShapeFault => ({
  sentence: `Invalid or unsupported edge interpolation algorithm value: '${alg}'`,
  details: {
    condition: "ST_INVALID_ALGORITHM_VALUE",
    sqlState: "22023",
    parameters: { alg },
    hint: "Edges on the globe are SPHERICAL.",
  },
});

/** `GEO_ENCODER_SRID_MISMATCH_ERROR`. */
export function otherSrid(srid: number, type: SpatialType): ShapeFault {
  const [family, wanted] = [type.kind.toUpperCase(), String(type.srid)];
  return {
    sentence: `Failed to encode ${family} value because provided SRID ${srid} of a value to encode does not match type SRID: ${wanted}`,
    details: {
      condition: "GEO_ENCODER_SRID_MISMATCH_ERROR",
      sqlState: "42K09",
      parameters: { type: family, valueSrid: String(srid), typeSrid: wanted },
      hint: `Give shapes of that SRID, or make the type ${family}(ANY).`,
    },
  };
}

/** `WKB_PARSE_ERROR`. */
export const brokenShape = (parseError: string, pos: number | string): ShapeFault => ({
  sentence: `Error parsing WKB: ${parseError} at position ${pos}`,
  details: {
    condition: "WKB_PARSE_ERROR",
    sqlState: "22023",
    parameters: { parseError, pos: String(pos) },
    hint: "Give well-known binary of points, lines, polygons and collections, without an SRID inside; the position is a byte.",
  },
});

/** What is wrong with the SRID of a value of a type. */
export function sridFault(srid: number, { kind, srid: wanted }: SpatialType): ShapeFault | undefined {
  if (wanted === "any") return isSrid(kind, srid) ? undefined : unknownSrid(srid);
  return srid === wanted ? undefined : otherSrid(srid, { kind, srid: wanted });
}

/**
 * Well-known binary in one form, as `wkbIn` gives it.
 *
 * @param failed - makes the error that is thrown
 */
export function soundWkb(wkb: Uint8Array, form: WkbForm, failed: (fault: ShapeFault) => unknown): Uint8Array {
  try {
    return wkbIn(wkb, form);
  } catch (thrown) {
    throw thrown instanceof WkbFault ? failed(brokenShape(thrown.parseError, thrown.position)) : thrown;
  }
}
