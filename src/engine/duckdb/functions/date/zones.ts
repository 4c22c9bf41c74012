/** Clocks of zones that a call names, by a constant or by a value of the row. */
import { fromLocal, toLocal } from "../../compile/zone.ts";
import { zoneOf } from "../../formats/time-zone.ts";
import { sqlError, text } from "../../sql-text.ts";
import { type LoweringContext, strict } from "../lowering.ts";

/** A zone as an argument: its SQL, and its value where it is a constant. */
export interface GivenZone {
  readonly sql: string;
  readonly known: unknown;
}

/** SQL that fails of a constant that is the name of no zone; undefined for any other. */
export const noZone = (known: unknown): string | undefined =>
  typeof known === "string" && zoneOf(known) === undefined
    ? sqlError("INVALID_TIMEZONE", { timeZone: text(known) })
    : undefined;

const inZone =
  (convert: (time: string, zone: string) => string, name: string) =>
  (time: string, { sql, known }: GivenZone, { kernel }: LoweringContext): string => {
    if (typeof known !== "string") return kernel(name, [time, sql]);
    const wrong = noZone(known);
    return wrong !== undefined ? `(${strict([time], wrong)})::TIMESTAMP` : convert(time, known);
  };

/** SQL of what a clock of the zone shows at a moment. */
export const shownIn = inZone(toLocal, "shown_in");

/** SQL of the moment at which a clock of the zone shows a time. */
export const momentIn = inZone(fromLocal, "moment_in");
