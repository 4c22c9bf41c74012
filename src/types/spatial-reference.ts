/** Coordinate systems by their SRIDs and by their names. Spark's source: `SpatialReferenceSystemCache`. */
import type { SpatialKind } from "./data-type.ts";
import { registeredSystems } from "./registered-systems.ts";

/** The name of the system of a type whose values have each their own. */
export const mixedSystem = "SRID:ANY";

interface System {
  readonly srid: number;
  readonly name: string;
  readonly isGlobe: boolean;
}

/** The SRID of a plane that is none of the earth's. */
const noSystem: System = { srid: 0, name: "SRID:0", isGlobe: false };

/** The names by which files call some systems, longitude first. */
const fileNames: ReadonlyMap<number, string> = new Map([
  [4326, "OGC:CRS84"],
  [4267, "OGC:CRS27"],
  [4269, "OGC:CRS83"],
]);

/** Every SRID and every name, known once the first of them is asked for. */
let known: { readonly bySrid: ReadonlyMap<number, System>; readonly byName: ReadonlyMap<string, System> } | undefined;

function systems() {
  if (known !== undefined) return known;
  const bySrid = new Map([[0, noSystem]]);
  const byName = new Map([[noSystem.name, noSystem]]);
  for (const { authority, isGlobe, numbers } of registeredSystems) {
    for (const srid of spread(numbers)) {
      const registered = `${authority}:${srid}`;
      const system = { srid, name: fileNames.get(srid) ?? registered, isGlobe };
      bySrid.set(srid, system);
      byName.set(system.name, system).set(registered, system);
    }
  }
  known = { bySrid, byName };
  return known;
}

function* spread(numbers: string): Generator<number, void, void> {
  for (const range of numbers.trim().split(/\s+/)) {
    const [first, last = first] = range.split("-").map(Number) as [number, number?];
    for (let srid = first; srid <= last; srid++) yield srid;
  }
}

const serves = (kind: SpatialKind, system: System | undefined): system is System =>
  system !== undefined && (kind === "geometry" || system.isGlobe);

/** Whether values of a type can have an SRID: any that is known on a plane, those of degrees on the globe. */
export const isSrid = (kind: SpatialKind, srid: number): boolean => serves(kind, systems().bySrid.get(srid));

/** What files call the system of an SRID that is known: `OGC:CRS84`. */
export const systemName = (srid: number): string => systems().bySrid.get(srid)!.name;

/** The SRID of a system by its name; undefined where values of the type cannot have it. */
export function sridOf(kind: SpatialKind, name: string): number | undefined {
  const system = systems().byName.get(name);
  return serves(kind, system) ? system.srid : undefined;
}
