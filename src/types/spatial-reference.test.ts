import { expect, test } from "vitest";
import { isSrid, sridOf, systemName } from "./spatial-reference.ts";

// Each is Spark 4.2's answer.
test.each([
  [0, true, false],
  [1, false, false],
  [-1, false, false],
  [1999, false, false],
  [2000, true, false],
  [3857, true, false],
  [4267, true, true],
  [4326, true, true],
  [4979, true, true],
  [32761, true, false],
  [37001, true, true],
  [102100, true, false],
  [104019, true, true],
  [999999, false, false],
])("%i is known on a plane: %s, on the globe: %s", (srid, onPlane, onGlobe) => {
  expect([isSrid("geometry", srid), isSrid("geography", srid)]).toEqual([onPlane, onGlobe]);
});

test.each([
  [0, "SRID:0"],
  [2000, "EPSG:2000"],
  [4267, "OGC:CRS27"],
  [4269, "OGC:CRS83"],
  [4326, "OGC:CRS84"],
  [102100, "ESRI:102100"],
])("%i is called %s", (srid, name) => {
  expect(systemName(srid)).toBe(name);
  expect(sridOf("geometry", name)).toBe(srid);
});

test("systems that files call otherwise have their registered names too", () => {
  expect(sridOf("geography", "EPSG:4326")).toBe(4326);
  expect(sridOf("geography", "EPSG:3857")).toBeUndefined();
  expect(sridOf("geometry", "EPSG:1")).toBeUndefined();
});
