/** Shapes: of well-known binary and as such, in known coordinate systems only. */
import {
  binaryType,
  geographyType,
  geometryType,
  intType,
  type SpatialKind,
  stringType,
} from "../../../types/data-type.ts";
import { type ShapeFault, soundWkb, unknownSrid } from "../../../types/shape-fault.ts";
import { isSrid } from "../../../types/spatial-reference.ts";
import type { StoredShape } from "../../../types/stored-value.ts";
import { wkbIn } from "../../../types/wkb.ts";
import { condition } from "../translate-failure.ts";
import type { KernelDefinition } from "./kernel.ts";

const failed = ({ details }: ShapeFault): Error => condition(details.condition, details.parameters);

function known(kind: SpatialKind, srid: number): number {
  if (isSrid(kind, srid)) return srid;
  throw failed(unknownSrid(srid));
}

const onGlobe = (wkb: Uint8Array, srid: number): StoredShape => ({
  srid: known("geography", srid),
  wkb: soundWkb(wkb, { onGlobe: true }, failed),
});

function tried<Result>(call: () => Result): Result | null {
  try {
    return call();
  } catch {
    return null;
  }
}

const geometry = geometryType("any");
const geography = geographyType("any");

function isBigEndian(endianness: string): boolean {
  const name = endianness.toUpperCase();
  if (name === "NDR" || name === "XDR") return name === "XDR";
  throw condition("ST_INVALID_ENDIANNESS_VALUE", { endianness });
}

export const shapeKernels = {
  plane_shape: {
    parameters: [binaryType, intType],
    result: geometry,
    call: (wkb: Uint8Array, srid: number) => ({ srid: known("geometry", srid), wkb: soundWkb(wkb, {}, failed) }),
  },
  globe_shape: { parameters: [binaryType, intType], result: geography, call: onGlobe },
  /** A shape on a plane as one on the globe. */
  put_on_globe: {
    parameters: [geometry],
    result: geography,
    call: ({ wkb, srid }: StoredShape) => onGlobe(wkb, srid),
  },
  try_put_on_globe: {
    parameters: [geometry],
    result: geography,
    call: ({ wkb, srid }: StoredShape) => tried(() => onGlobe(wkb, srid)),
  },
  plane_srid: { parameters: [intType], result: intType, call: (srid: number) => known("geometry", srid) },
  globe_srid: { parameters: [intType], result: intType, call: (srid: number) => known("geography", srid) },
  shape_bytes: {
    parameters: [binaryType, stringType],
    result: binaryType,
    call: (wkb: Uint8Array, endianness: string) => wkbIn(wkb, { bigEndian: isBigEndian(endianness) }),
  },
} satisfies Record<string, KernelDefinition>;
