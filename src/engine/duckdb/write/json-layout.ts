/** How finished JSON is laid out: its members sorted, on lines of their own, or in ASCII alone. */

import { UnsupportedError } from "../../../errors.ts";
import type { DataType } from "../../../types/data-type.ts";
import { holdsVariant } from "../../../types/some-type.ts";
import type { CompileContext } from "../compile/context.ts";
import { flag, type Options } from "../formats/text/options.ts";

/**
 * What the options make of the SQL of a text.
 *
 * @param type - of the value; a variant is written as it is, as in Spark
 * @throws UnsupportedError for variants inside of a value that is spread over lines
 */
export function jsonLayout(
  options: Options,
  type: DataType,
  { kernel }: Pick<CompileContext, "kernel">,
): (json: string) => string {
  const [sortKeys, pretty] = [flag(options, "sortKeys"), flag(options, "pretty")];
  const isAscii = flag(options, "writeNonAsciiCharacterAsCodePoint");
  const isLaidOut = (sortKeys || pretty) && type.kind !== "variant";
  if (isLaidOut && pretty && holdsVariant(type)) throw prettyVariant();
  return (json) => {
    const text = isLaidOut ? kernel("json_layout", [json, String(sortKeys), String(pretty)]) : json;
    return isAscii ? kernel("ascii_json", [text]) : text;
  };
}

const prettyVariant = (): UnsupportedError =>
  new UnsupportedError("the option pretty is not supported for values with variants inside", {
    hint: "Leave pretty out, or cast the variants to what they hold.",
  });
