/** Functions that Spark makes of others by the types of their arguments. */
import { AnalysisError } from "../errors.ts";
import { type DataType, isTemporal } from "../types/data-type.ts";
import { lookupFunction } from "./catalogue.ts";
import type { FunctionDefinition } from "./definition.ts";

/** What the choice depends on: the type of an argument and the value of a constant. */
interface Given {
  readonly type: DataType;
  readonly literal?: unknown;
}

/** A function and what it is given. */
export interface Chosen<Argument> {
  readonly definition: FunctionDefinition;
  readonly args: readonly Argument[];
}

const binaryFormats: Readonly<Record<string, string>> = { base64: "base64", hex: "hex", "utf-8": "decode" };

function parameterError(name: string, sentence: string, parameters: Readonly<Record<string, string>> = {}) {
  return new AnalysisError(`The value of parameter(s) \`format\` in \`to_char\` is invalid: ${sentence}`, {
    condition: `INVALID_PARAMETER_VALUE.${name}`,
    sqlState: "22023",
    parameters: { parameter: "`format`", functionName: "`to_char`", ...parameters },
  });
}

/** The function that writes bytes in a format. */
function binaryWriter(format: unknown): string {
  if (format === undefined)
    throw new AnalysisError(
      'The function `to_char` requires the parameter `format` to be a foldable expression of the type "STRING", but the actual argument is a non-foldable',
      {
        condition: "NON_FOLDABLE_ARGUMENT",
        sqlState: "42K08",
        parameters: { funcName: "`to_char`", paramName: "`format`", paramType: '"STRING"' },
        hint: "Write the format itself: base64, hex or utf-8.",
      },
    );
  if (format === null) throw parameterError("NULL", "expects a non-NULL value");
  const given = String(format);
  const name = binaryFormats[given.trim().toLowerCase()];
  if (name !== undefined) return name;
  throw parameterError("BINARY_FORMAT", `expects one of binary formats 'base64', 'hex', 'utf-8', but got '${given}'`, {
    invalidFormat: `'${given}'`,
  });
}

/** `to_char` is `date_format` of a time, and one of the writers of bytes. */
function textWriter<Argument extends Given>(
  definition: FunctionDefinition,
  args: readonly Argument[],
): Chosen<Argument> {
  const [value, format] = args;
  if (value !== undefined && isTemporal(value.type)) return { definition: lookupFunction("date_format")!, args };
  if (value?.type.kind !== "binary") return { definition, args };
  const name = binaryWriter(format?.literal);
  return { definition: lookupFunction(name)!, args: name === "decode" ? args : args.slice(0, 1) };
}

/**
 * The function that a call means.
 *
 * @param definition - the function of the call's name
 * @param args - its arguments
 */
export const chosenFunction = <Argument extends Given>(
  definition: FunctionDefinition,
  args: readonly Argument[],
): Chosen<Argument> =>
  definition.name === "to_char" && args.length === 2 ? textWriter(definition, args) : { definition, args };
