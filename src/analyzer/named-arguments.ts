/** Arguments given by name, `f(1, width => 2)`, in the order of the parameters. */
import type { AnalysisError } from "../errors.ts";
import { lookupFunction } from "../functions/catalogue.ts";
import type { Call, Expression } from "../plan/expression.ts";
import { stringType } from "../types/data-type.ts";
import { quoted } from "../types/identifier.ts";
import { misplaced } from "./errors.ts";

interface NamedParameter {
  readonly name: string;
  readonly optional: boolean;
}

/** What stands for arguments that are left out before one that is given. */
const leftOut: Readonly<Record<string, readonly (string | null)[]>> = { mask: [null, "X", "x", "n", null] };

/** A call of a built-in function with its arguments by position; the call itself when it names none. */
export function byPosition(call: Call): Call {
  const definition = call.arguments.some(isNamed) ? lookupFunction(call.name.at(-1)!) : undefined;
  if (definition === undefined) return call;
  const parameters = definition.parameters.map(({ name, optional, variadic }) => ({
    name,
    optional: optional || variadic,
  }));
  const found = positioned(definition.name, parameters, call.arguments);
  const given = leftOut[definition.name] === undefined ? found.slice(0, found.findLastIndex(isGiven) + 1) : found;
  return { ...call, arguments: given.map((argument, index) => argument ?? filled(definition.name, index)) };
}

const isNamed = ({ kind }: Expression): boolean => kind === "named argument";
const isGiven = (argument: Expression | undefined): boolean => argument !== undefined;
const filled = (name: string, index: number): Expression => ({
  kind: "literal",
  type: stringType,
  value: leftOut[name]?.[index] ?? null,
});

/**
 * The argument of each parameter; undefined for one that may be left out and is.
 *
 * Spark: `NamedParametersSupport.defaultRearrange`.
 *
 * @param routine - the name of the function, for messages
 * @throws AnalysisError `UNEXPECTED_POSITIONAL_ARGUMENT`, `UNRECOGNIZED_PARAMETER_NAME`, `REQUIRED_PARAMETER_NOT_FOUND`,
 *   `DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT` with `DOUBLE_NAMED_ARGUMENT_REFERENCE` or `BOTH_POSITIONAL_AND_NAMED`
 */
export function positioned(
  routine: string,
  parameters: readonly NamedParameter[],
  args: readonly Expression[],
): readonly (Expression | undefined)[] {
  const first = args.findIndex(({ kind }) => kind === "named argument");
  if (first < 0) return args;
  const positional = args.slice(0, first);
  const named = namedArguments(routine, args.slice(first));
  const taken = positional.flatMap((_, index) => parameters[index]?.name.toLowerCase() ?? []);
  const rest = parameters.slice(first);
  for (const [key, { name }] of named) {
    if (taken.includes(key)) throw assignedTwice(routine, name, "BOTH_POSITIONAL_AND_NAMED");
    if (!rest.some((parameter) => parameter.name.toLowerCase() === key)) throw unrecognized(routine, name, parameters);
  }
  const missing = rest.findIndex(({ name, optional }) => !optional && !named.has(name.toLowerCase()));
  if (missing >= 0) throw notFound(routine, rest[missing]!.name, first + missing);
  return [...positional, ...rest.map(({ name }) => named.get(name.toLowerCase())?.value)];
}

function namedArguments(
  routine: string,
  args: readonly Expression[],
): ReadonlyMap<string, { readonly name: string; readonly value: Expression }> {
  const named = new Map<string, { readonly name: string; readonly value: Expression }>();
  for (const argument of args) {
    if (argument.kind !== "named argument") throw behindNamed(routine);
    const key = argument.name.toLowerCase();
    if (named.has(key)) throw assignedTwice(routine, argument.name, "DOUBLE_NAMED_ARGUMENT_REFERENCE");
    named.set(key, argument);
  }
  return named;
}

const shown = (routine: string): string => routine.split(".").map(quoted).join(".");

const behindNamed = (routine: string): AnalysisError =>
  misplaced(
    "UNEXPECTED_POSITIONAL_ARGUMENT",
    "4274K",
    `Cannot invoke routine ${shown(routine)} because it contains positional argument(s) following a named argument`,
    "Write the arguments without names first.",
    { routineName: shown(routine) },
  );

function assignedTwice(
  routine: string,
  name: string,
  subclass: "DOUBLE_NAMED_ARGUMENT_REFERENCE" | "BOTH_POSITIONAL_AND_NAMED",
): AnalysisError {
  return misplaced(
    `DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.${subclass}`,
    "4274K",
    `Call to routine ${shown(routine)} is invalid because it includes multiple argument assignments to the same parameter name ${quoted(name)}`,
    "Give the argument once.",
    { routineName: shown(routine), parameterName: quoted(name) },
  );
}

function unrecognized(routine: string, name: string, parameters: readonly NamedParameter[]): AnalysisError {
  const names = parameters.map((parameter) => parameter.name);
  return misplaced(
    "UNRECOGNIZED_PARAMETER_NAME",
    "4274K",
    `Cannot invoke routine ${shown(routine)} because the routine call included a named argument reference for the argument named ${quoted(name)}, but this routine does not include any signature containing an argument with this name`,
    `Its parameters are: ${names.join(", ") || "none"}.`,
    { routineName: shown(routine), argumentName: quoted(name), proposal: names.map(quoted).join(", ") },
  );
}

const notFound = (routine: string, name: string, index: number): AnalysisError =>
  misplaced(
    "REQUIRED_PARAMETER_NOT_FOUND",
    "4274K",
    `Cannot invoke routine ${shown(routine)} because the parameter named ${quoted(name)} is required, but the routine call did not supply a value`,
    `Give it as argument ${index + 1}, or by its name.`,
    { routineName: shown(routine), parameterName: quoted(name), index: String(index) },
  );
