/** Checks the options of a source or a write against what is known of its format. */
import { AnalysisError, nearest, UnsupportedError } from "../../../errors.ts";
import { isOn, optionsOf } from "../../../plan/file-options/index.ts";
import type { Direction, FileOption, FileOptions, OptionKind } from "../../../plan/file-options/option.ts";
import { charsetNames, isCharset } from "./text/charsets.ts";
import { invalid, type Options } from "./text/options.ts";
import { zoneRules } from "./time-zone.ts";

/** An option as it was given. */
interface Given {
  readonly format: string;
  readonly name: string;
  readonly option: FileOption;
  readonly value: string;
}

/**
 * Refuses values that an option cannot have and options that are not obeyed; says once of one that there is not, or that
 * has no effect here, that nothing comes of it.
 *
 * @param format - the name of a format; of others nothing is known, and nothing checked
 * @param options - by lower-case name
 * @throws AnalysisError with Spark's condition where it has one
 * @throws UnsupportedError for an option that is not obeyed
 */
export function checkOptions(format: string, direction: Direction, options: Options): void {
  const known = optionsOf(format);
  if (known === undefined) return;
  const byName = named(known);
  for (const [given, value] of options) {
    const found = byName.get(given.toLowerCase());
    if (found === undefined) unknown(format, direction, given, known);
    // One set of options often serves a reader and a writer.
    else if (isOn(found.option, direction)) check({ format, value, ...found });
  }
}

function named(known: FileOptions): ReadonlyMap<string, { readonly name: string; readonly option: FileOption }> {
  const names = Object.entries(known).flatMap(([name, option]) =>
    [name, ...(option.alias === undefined ? [] : [option.alias])].map((each) => ({ name: each, option })),
  );
  return new Map(names.map((entry) => [entry.name.toLowerCase(), entry]));
}

function check(given: Given): void {
  const { format, name, option, value } = given;
  if (option.refused !== undefined && value.toLowerCase() !== option.default) {
    throw new UnsupportedError(`the option ${name} of ${format} is not supported`, {
      hint: `${sentence(option.refused)}.`,
    });
  }
  if (option.choices !== undefined && !option.choices.includes(value.toUpperCase()) && !option.choices.includes(value))
    throw invalid(name, value, `one of ${option.choices.join(", ")}`);
  checks[option.kind](given);
  if (option.most !== undefined && Number(value) > option.most) throw tooLarge(name, option.most);
  if (option.noEffect !== undefined) tell(`the option ${name} of ${format} has no effect: ${option.noEffect}`);
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const checks: { readonly [Kind in OptionKind]: (given: Given) => void } = {
  text: () => undefined,
  // Patterns are checked by those who read them.
  pattern: () => undefined,
  flag: (given) => {
    if (!/^(?:true|false)$/i.test(given.value)) throw wrong(given, "true or false", "_LEGACY_ERROR_TEMP_2147");
  },
  "whole number": (given) => {
    if (!/^[+-]?\d{1,10}$/.test(given.value)) throw wrong(given, "a whole number", "_LEGACY_ERROR_TEMP_2146");
  },
  number: (given) => {
    if (!(Number(given.value) > 0) || given.value.trim() === "")
      throw invalid(given.name, given.value, "a number above 0");
  },
  character: ({ name, value }) => {
    if (value.length > 1) throw tooLong(name, value);
  },
  charset: (given) => {
    if (!isCharset(given.value)) throw unknownCharset(given);
  },
  "time zone": ({ name, value }) => {
    if (zoneRules(value) === undefined) throw unknownZone(name, value);
  },
};

/** CSV and XML name what is wrong; the other formats leave it to Java. */
function wrong(given: Given, expected: string, condition: string): AnalysisError {
  const { format, name, value } = given;
  if (format !== "csv" && format !== "xml") return invalid(name, value, expected);
  return new AnalysisError(`The option ${name} of ${format} can be ${expected}, and it is ${JSON.stringify(value)}`, {
    condition,
    parameters: { paramName: name, value },
    hint: `Set ${name} to ${expected}, or leave it out.`,
  });
}

const tooLarge = (name: string, most: number): AnalysisError =>
  new AnalysisError(`Invalid value for source option '${name}': Should not be greater than ${most}`, {
    condition: "STDS_INVALID_OPTION_VALUE.WITH_MESSAGE",
    sqlState: "42616",
    parameters: { optionName: name, message: `Should not be greater than ${most}.` },
    hint: `Set ${name} to a whole number up to ${most}.`,
  });

const tooLong = (name: string, value: string): AnalysisError =>
  new AnalysisError(`The value of ${name} cannot be more than one character, but got ${value}`, {
    condition: "OPTION_VALUE_EXCEEDS_ONE_CHARACTER",
    sqlState: "22023",
    parameters: { paramName: name, actualValue: value },
    hint: `Set ${name} to one character, or to the empty text for none.`,
  });

function unknownCharset({ name, value, format }: Given): AnalysisError {
  const charsets = charsetNames.join(", ");
  return new AnalysisError(`The encoding ${value} of ${format} is not known: ${name} expects one of ${charsets}`, {
    condition: "INVALID_PARAMETER_VALUE.CHARSET",
    sqlState: "22023",
    parameters: { parameter: "`charset`", functionName: `\`${format}\``, charset: value, charsets },
    hint: `Set ${name} to one of these.`,
  });
}

const unknownZone = (name: string, value: string): AnalysisError =>
  new AnalysisError(`The timezone of the option ${name} is invalid: ${value}`, {
    condition: "INVALID_TIMEZONE",
    sqlState: "22009",
    parameters: { timeZone: value },
    hint: "Set a region such as Europe/Paris, or an offset such as +01:00.",
  });

function unknown(format: string, direction: Direction, name: string, known: FileOptions): void {
  const names = Object.keys(known).filter((each) => isOn(known[each]!, direction));
  const near = nearest(name, names, 1).map((found) => `. Did you mean ${found}?`);
  tell(`${format} has no option ${name} to ${direction}${near.join("")}`);
}

const told = new Set<string>();

function tell(text: string): void {
  if (told.has(text)) return;
  told.add(text);
  console.warn(`lakewright: ${text}`);
}
