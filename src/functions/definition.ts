/**
 * What a function of the catalogue says of itself.
 *
 * A definition is one line of text, `name(parameter: rule, optional?: rule, ...rest: rule): result nulls`, which the
 * compiler reads (as a literal type) and the analyzer reads (at run time), so that the two cannot disagree. A rule that
 * starts with `value` says that a plain string is a value, not the name of a column: `format?: value string`.
 */
import type { NullRule } from "./null-rules.ts";
import type { ParameterRule } from "./parameter-rules.ts";
import type { ResultRule } from "./result-rules.ts";

/** What may surround a call: nothing in particular, a group, a window, a projection, a lambda. */
export type FunctionClass = "scalar" | "aggregate" | "window" | "generator" | "higher-order";

export interface Parameter {
  readonly name: string;
  readonly rule: ParameterRule;
  /** A plain string stands for itself here, not for a column: formats, patterns, separators. */
  readonly takesValue: boolean;
  readonly optional: boolean;
  readonly variadic: boolean;
}

export interface FunctionDefinition {
  /** Spark's SQL name. */
  readonly name: string;
  readonly class: FunctionClass;
  readonly parameters: readonly Parameter[];
  readonly result: ResultRule;
  /** When the result is null: with any null argument unless the line says otherwise. */
  readonly nulls: NullRule;
  /** Other SQL names of the same function. */
  readonly aliases: readonly string[];
  /** False for functions such as `rand` that give another value at each row. */
  readonly deterministic: boolean;
}

const form =
  /^(?<name>[^(]+)\((?<parameters>.*)\): (?<result>[a-zA-Z<>]+)(?: (?<nulls>not null|nullable(?: in name)?|null if [a-z ]+))?$/;

/** The name of the function that a signature, or that of its distinct values, is of. */
export const nameIn = (signature: string): string => /^(?:DISTINCT )?([^(]+)/.exec(signature)![1]!;

/**
 * Reads the line that defines a function.
 *
 * @param signature - `date_add(start: date, days: integral): date`
 * @param rest - what the line does not say
 * @throws TypeError when the line is not of that form
 */
export function parseDefinition(
  signature: string,
  rest: Pick<FunctionDefinition, "class"> & Partial<Pick<FunctionDefinition, "aliases" | "deterministic">>,
): FunctionDefinition {
  const groups = form.exec(signature)?.groups;
  if (groups === undefined) throw new TypeError(`not a function definition: ${signature}`);
  return Object.freeze({
    name: groups.name!,
    parameters: parseParameters(groups.parameters!),
    result: groups.result as ResultRule,
    nulls: (groups.nulls ?? "null if any") as NullRule,
    aliases: [],
    deterministic: true,
    ...rest,
  });
}

function parseParameters(text: string): readonly Parameter[] {
  if (text === "") return [];
  return text.split(", ").map((part) => {
    const [label, stated] = part.split(": ") as [string, string];
    const takesValue = stated.startsWith("value ");
    const rule = (takesValue ? stated.slice("value ".length) : stated) as ParameterRule;
    const name = label.replace(/^\.\.\.|\?$/g, "");
    return { name, rule, takesValue, optional: label.endsWith("?"), variadic: label.startsWith("...") };
  });
}
