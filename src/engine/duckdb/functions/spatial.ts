/** Shapes as DuckDB SQL: structs of an SRID and little-endian well-known binary. */
import type { Lowerings } from "./lowering.ts";
import { once, strict } from "./lowering.ts";

const srid = "f0";
const wkb = "f1";

export const spatialLowerings = {
  st_asbinary: ([shape, endianness], { kernel }) => {
    const bytes = bytesOf(shape!);
    return endianness === undefined ? bytes : kernel("shape_bytes", [bytes, endianness]);
  },
  st_geogfromwkb: ([bytes], { kernel }) => kernel("globe_shape", [bytes!, "4326"]),
  st_geomfromwkb: ([bytes, system = "0"], { kernel }) => kernel("plane_shape", [bytes!, system]),
  st_setsrid: ([shape, system], { kernel, types: [type] }) => {
    const known = kernel(type!.kind === "geometry" ? "plane_srid" : "globe_srid", [system!]);
    return once("moved", `{shape: ${shape}, system: ${known}}`, restated("moved.shape", "moved.system"));
  },
  st_srid: ([shape]) => `((${shape}).${srid})::INTEGER`,
} satisfies Lowerings<typeof import("../../../functions/spatial.ts")>;

// DuckDB forgets the types of what it reads from a constant null.
const bytesOf = (shape: string): string => `((${shape}).${wkb})::BLOB`;

const restated = (shape: string, system: string): string =>
  strict([shape, system], `{${srid}: ${system}, ${wkb}: ${shape}.${wkb}}`);
