/**
 * The Hilbert curve through a cube of any number of dimensions, as Delta Lake has it (Lawder, "Calculation of Mappings Between
 * One and n-dimensional Values Using the Hilbert Space-filling Curve").
 */

/** Where a corner of a cube comes along the curve, and how the curve lies in that corner. */
export interface CurveStep {
  readonly place: number;
  readonly state: number;
}

/** How a curve lies in a cube: mirrored in the dimensions whose bits are set, then turned by so many dimensions. */
interface Placement {
  readonly mirrored: number;
  readonly turned: number;
}

/**
 * The curve as a machine: by its state, then by the corner, of whose bits the first dimension's is the highest, the step.
 * It begins in state 0.
 *
 * @param dimensions - at least 2
 */
export function hilbertSteps(dimensions: number): readonly (readonly CurveStep[])[] {
  const corners = Array.from({ length: 2 ** dimensions }, (_, place) => place);
  const within = corners.map((place) => placementOf(place, dimensions));
  const states: Placement[] = [{ mirrored: 0, turned: 0 }];
  const numberOf = ({ mirrored, turned }: Placement): number => {
    const known = states.findIndex((state) => state.mirrored === mirrored && state.turned === turned);
    return known < 0 ? states.push({ mirrored, turned }) - 1 : known;
  };
  const steps: CurveStep[][] = [];
  // The list grows while it is gone through.
  for (const state of states)
    steps.push(
      corners.map((corner) => {
        const place = placeOf(rotated(corner ^ state.mirrored, state.turned, dimensions));
        return { place, state: numberOf(composed(within[place]!, state, dimensions)) };
      }),
    );
  return steps;
}

/** Neighbours along the curve differ in one bit. */
const cornerAt = (place: number): number => place ^ (place >> 1);

function placeOf(corner: number): number {
  let place = corner;
  for (let rest = corner >> 1; rest > 0; rest >>= 1) place ^= rest;
  return place;
}

/** How the curve of half the size lies in the corner at a place: where it enters, and along which dimension it leaves. */
function placementOf(place: number, dimensions: number): Placement {
  const entry = place === 0 ? 0 : cornerAt(2 * Math.floor((place - 1) / 2));
  const along = place === 0 ? 0 : trailingOnes(place % 2 === 0 ? place - 1 : place) % dimensions;
  return { mirrored: entry, turned: dimensions - 1 - along };
}

const trailingOnes = (value: number): number => (value % 2 === 0 ? 0 : 1 + trailingOnes(value >> 1));

/** Bits moved to the left, those at the end to the beginning. */
const rotated = (bits: number, by: number, dimensions: number): number =>
  ((bits << by) | (bits >> (dimensions - by))) & (2 ** dimensions - 1);

const composed = (inner: Placement, outer: Placement, dimensions: number): Placement => ({
  mirrored: rotated(inner.mirrored, (dimensions - outer.turned) % dimensions, dimensions) ^ outer.mirrored,
  turned: (inner.turned + outer.turned) % dimensions,
});
