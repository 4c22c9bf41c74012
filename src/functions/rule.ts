/** What a parameter rule is made of. */
import type { DataType, TypeKind } from "../types/data-type.ts";
import type { ExpectedType } from "./expected-type.ts";
import type { Coercion } from "./type-coercion.ts";

/** What a rule sees of a call. */
export interface ParameterContext {
  /** The types of all arguments; a lambda has the type of its body. */
  readonly types: readonly DataType[];
  /** The position of the argument in question. */
  readonly index: number;
  /** The positions of the arguments that follow the same rule, this one included. */
  readonly same: readonly number[];
  /** The values of arguments that are constants. */
  readonly literals?: readonly unknown[];
  /** The values of those that were written as such; a cast of a value is a constant, but takes room for all of its type. */
  readonly written?: readonly unknown[];
  /** Which arguments are the same for every row. */
  readonly foldable?: readonly boolean[];
  /** How arguments become what a rule asks for. */
  readonly coercion: Coercion;
}

/** What Spark says when an argument is refused: which type it wanted, or which types do not go together. */
export type Refusal =
  | "input type"
  | "operand types"
  | "argument types"
  | "input kind"
  | "cast"
  | "not foldable"
  | "not whole"
  | "no such field"
  | "not counted"
  | "no state"
  | "not one character";

export interface Rule {
  /**
   * The type to which the argument is cast, its own where it fits; undefined when Spark refuses it.
   *
   * @param context - the call and which of its arguments is meant
   */
  accept(context: ParameterContext): DataType | undefined;
  /**
   * What arguments that meet others become by themselves; undefined where no other could make them fit.
   *
   * @param type - the argument's type
   * @param coercion - how arguments become what a rule asks for
   */
  byItself?(type: DataType, coercion: Coercion): DataType | undefined;
  /** What the rule asks for, in the words of Spark's errors: `"INTEGRAL"`. */
  readonly required: string;
  readonly refusal: Refusal;
  /** Whether all arguments that follow the rule become one and the same type, which is then found once. */
  readonly isCommon?: boolean;
  /** Whether a column is refused. */
  readonly isConstant?: boolean;
}

/** What an argument becomes by itself. */
export type Convert = (type: DataType, coercion: Coercion) => DataType | undefined;

/** The rule of a parameter whose argument is judged by itself. */
export const alone = (required: string, accept: Convert): Rule => ({
  accept: ({ types, index, coercion }) => accept(types[index]!, coercion),
  required,
  refusal: "input type",
});

/** An argument that Spark casts where an implicit cast leads to the type. */
export const implicit = (target: ExpectedType): Rule => alone(target.words, implicitly(target));

/** The conversion of an argument to what a parameter asks for. */
export const implicitly =
  (target: ExpectedType): Convert =>
  (type, coercion) =>
    coercion.implicitCast(type, target);

/** An argument that must have the type already; only an untyped null becomes one. */
export const strict = (target: ExpectedType): Rule =>
  alone(target.words, (type) => {
    if (target.accepts(type)) return type;
    return type.kind === "void" ? target.concrete : undefined;
  });

/** An argument that must have the type already; an untyped null has not. */
export const present = (target: ExpectedType): Rule =>
  alone(target.words, (type) => (target.accepts(type) ? type : undefined));

/** Arguments that become one type together. */
export const together = (
  refusal: Refusal,
  required: string,
  accept: (types: readonly DataType[], context: ParameterContext) => DataType | undefined,
  byItself?: Convert,
): Rule => ({
  accept: (context) => accept(typesAt(context, context.same), context),
  ...(byItself === undefined ? {} : { byItself }),
  required,
  refusal,
});

/** Arguments, perhaps thousands of them, that all become one type. */
export const common = (
  refusal: Refusal,
  required: string,
  find: (types: readonly DataType[], coercion: Coercion) => DataType | undefined,
): Rule => ({ ...together(refusal, required, (types, { coercion }) => find(types, coercion)), isCommon: true });

/** The types at some positions. */
export const typesAt = ({ types }: ParameterContext, positions: readonly number[]): readonly DataType[] =>
  positions.map((position) => types[position]!);

const unorderable: ReadonlySet<TypeKind> = new Set<TypeKind>(["map", "variant", "interval", "geometry", "geography"]);

/** Whether values of a type can be sorted and compared: not maps, variants, calendar intervals and shapes, nor what holds them. */
export function isOrderable(type: DataType): boolean {
  if (type.kind === "array") return isOrderable(type.element);
  if (type.kind === "struct") return type.fields.every((field) => isOrderable(field.type));
  if (type.kind === "udt") return isOrderable(type.storage);
  return !unorderable.has(type.kind);
}

/** `type` where a condition on it holds. */
export const when = (condition: boolean, type: DataType | undefined): DataType | undefined =>
  condition ? type : undefined;

/** An expression that is the same for every row, whose value only running it tells. */
export const foldable = (target: ExpectedType, rule = implicit(target)): Rule => ({
  ...rule,
  isConstant: true,
  accept: (context) => (context.foldable?.[context.index] === false ? undefined : rule.accept(context)),
});

/** A constant that Spark casts; columns are refused where the call's constants are known. */
export const constant = (target: ExpectedType, rule = implicit(target)): Rule => ({
  ...rule,
  isConstant: true,
  accept: (context) => {
    const { index, literals } = context;
    const isColumn = literals !== undefined && literals[index] === undefined;
    return isColumn ? undefined : rule.accept(context);
  },
});

/** A constant that is not null. */
export const known = (target: ExpectedType, rule = implicit(target)): Rule => ({
  ...constant(target, rule),
  accept: (context) =>
    context.literals?.[context.index] === null ? undefined : constant(target, rule).accept(context),
});
