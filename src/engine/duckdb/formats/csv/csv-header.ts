/** The header of a CSV file beside the schema that was given. */
import { ExecutionError } from "../../../../errors.ts";
import type { StructType } from "../../../../types/data-type.ts";
import type { Tokens } from "./csv-tokenizer.ts";

/**
 * With `enforceSchema` off, a header has to agree with the schema.
 *
 * @param names - of the header
 * @param expected - the columns that are read
 * @throws ExecutionError `FAILED_READ_FILE.NO_HINT`
 */
export function checkHeader(path: string, names: Tokens, { fields }: StructType): void {
  const agrees =
    names.length === fields.length &&
    names.every((name, index) => name?.toLowerCase() === fields[index]!.name.toLowerCase());
  if (agrees) return;
  throw new ExecutionError(`Encountered error while reading file ${path}: its header does not conform to the schema`, {
    condition: "FAILED_READ_FILE.NO_HINT",
    sqlState: "KD001",
    parameters: { path },
    hint: `The header is ${names.join(", ")}; the schema is ${fields.map(({ name }) => name).join(", ")}.`,
  });
}
