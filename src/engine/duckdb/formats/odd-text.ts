/** The signal by which a fast scan says that it met text that only the careful reading understands as Spark does. */
import { LakewrightError } from "../../../errors.ts";

/** The condition that a fast scan raises. */
export const oddText = "LAKEWRIGHT_ODD_TEXT";

export const isOddText = (error: unknown): boolean => error instanceof LakewrightError && error.condition === oddText;
