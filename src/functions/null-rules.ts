/** When the result of a function may be null, by the words at the end of its definition. */
import { type DataType, isAnsiInterval } from "../types/data-type.ts";
import { castMayGiveNull } from "./cast-rules.ts";

/** What null and result rules see of an argument, after its cast. */
export interface ArgumentInformation {
  readonly type: DataType;
  readonly nullable: boolean;
  /** The value of a constant. */
  readonly literal?: unknown;
  /** Whether the value is written as it is: neither computed nor converted. */
  readonly isWritten?: boolean;
  /** The name of a column or an alias. */
  readonly name?: string;
  /** Of an array that is written out, which of its elements may be null. */
  readonly elements?: readonly boolean[];
  /** Whether it is the same for every row. */
  isFoldable?(): boolean;
}

type Arguments = readonly ArgumentInformation[];

/** Whether a call may be null, from its arguments and its type. */
type NullFunction = (args: Arguments, result: DataType) => boolean;

const isNullable = (argument: ArgumentInformation | undefined): boolean => argument?.nullable === true;
const holdsNull = (argument: ArgumentInformation): boolean =>
  argument.type.kind === "array" && argument.type.containsNull;
const any = (args: Arguments): boolean => args.some(isNullable);

/** Every second argument and the last of an odd number: the values of `when` and `if`. */
const branches = (args: Arguments): Arguments =>
  args.filter((_, index) => index % 2 === 1 || (index === args.length - 1 && args.length % 2 === 1));

/** Where an element is looked for: from which index on arrays count, and whether one that is not there is null, no failure. */
interface Reading {
  readonly from: 0 | 1;
  readonly tried: boolean;
}

/**
 * A position that is the same for every row tells something only of an array that is written out; of any other position
 * it matters whether what fails is null, and whether the array holds nulls. A map may lack the key.
 */
const ofElement =
  ({ from, tried }: Reading): NullFunction =>
  ([array, position]) => {
    if (array?.type.kind !== "array") return true;
    const isKnown = position?.isFoldable?.() === true && !position.nullable;
    if (!isKnown) return tried || holdsNull(array);
    if (array.elements === undefined) return true;
    const at = Number(position.literal ?? Number.NaN);
    if (!Number.isInteger(at)) return array.elements.some((element) => element);
    return (
      array.elements.at(from === 1 && at > 0 ? at - 1 : from === 0 && at < 0 ? array.elements.length : at) ?? tried
    );
  };

export const nullRules = {
  "null if any": any,
  "not null": () => false,
  nullable: () => true,
  /** Spark calls the result nullable though it is null only where an argument is. */
  "nullable in name": () => true,
  /** The same, but for intervals whose length is known. */
  "null if quotient": (args, result) => !isAnsiInterval(result) || any(args),
  /** The same for calendar intervals only. */
  "null if product": (args, result) => result.kind === "interval" || any(args),
  "null if all": (args) => args.every(isNullable),
  "null if first": (args) => isNullable(args[0]),
  "null if second": (args) => isNullable(args[1]),
  "null if first two": (args) => any(args.slice(0, 2)),
  /** A value chosen by conditions: null when one of the values may be, or when there is no last resort. */
  "null if branches": (args) => args.length % 2 === 0 || any(branches(args)),
  /** A row outside the partition gives the third argument. */
  "null if outside": (args) => args.length < 3 || isNullable(args[0]) || isNullable(args[2]),
  "null if element": ofElement({ from: 1, tried: false }),
  "null if tried element": ofElement({ from: 1, tried: true }),
  "null if item": ofElement({ from: 0, tried: false }),
  "null if tried item": ofElement({ from: 0, tried: true }),
  /** An array that holds nulls gives no certain answer. */
  "null if held": (args) => any(args) || args.some(holdsNull),
  /** Without a format the value is cast, which Spark calls nullable for most types. */
  "null if unread": (args, result) => any(args) || (args.length === 1 && castMayGiveNull(args[0]!.type, result)),
  /** As `null if unread`, but a text that does not follow the format gives null too. */
  "null if tried": (args, result) => any(args) || args.length > 1 || castMayGiveNull(args[0]!.type, result),
  /** Text in base 64 gives null only where it is null, all else is called nullable. */
  "null if decoded": (args) => any(args) || !/^base64$/i.test(String(args[1]?.literal)),
  /** Spark calls the result nullable where bytes are searched, though it is null only where an argument is. */
  "null if bytes": (args) => any(args) || args.some(({ type }) => type.kind === "binary"),
  /** NaN and infinity give null. */
  "null if not finite": (args) => any(args) || args.some(({ type }) => type.kind === "float" || type.kind === "double"),
  /** The accumulator of a fold may be null to its last function, which gives the accumulator when there is none. */
  "null if accumulated": (args) => args.length < 4 || isNullable(args[0]) || isNullable(args[3]),
} as const satisfies Record<string, NullFunction>;

export type NullRule = keyof typeof nullRules;

/**
 * Whether a call may be null.
 *
 * @param rule - the end of the function's definition
 * @param args - its arguments after their casts
 * @param result - its type
 */
export function mayBeNull(rule: NullRule, args: readonly ArgumentInformation[], result: DataType): boolean {
  const decide: NullFunction = nullRules[rule];
  return decide(args, result);
}
