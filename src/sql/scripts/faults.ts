/** Faults of scripts that are well-formed text. */
import { type ErrorDetails, ParseError } from "../../errors.ts";
import { type Origin, originContext } from "../../plan/node.ts";

/** An error at a place of a script. */
export const scriptFault = (
  origin: Origin,
  condition: string,
  sqlState: string,
  sentence: string,
  details: Pick<ErrorDetails, "hint" | "parameters">,
): ParseError => new ParseError(sentence, { ...details, condition, sqlState, context: originContext(origin) });
