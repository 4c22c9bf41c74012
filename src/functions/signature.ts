/** The line of text that defines a function, as the compiler reads it; `definition.ts` reads it at run time. */
import type { Column } from "./column-methods.ts";
import type { Call, ColumnExp, ColumnLike, Exp, LiteralValue, ValueExp } from "./phantom.ts";

/** The SQL name of a definition. */
export type NameIn<Signature> = Signature extends `${infer Name}(${string}` ? Name : never;

type ParametersIn<Signature> = Signature extends `${string}(${infer Parameters}): ${string}` ? Parameters : never;
type OutcomeIn<Signature> = Signature extends `${string}): ${infer Outcome}` ? Outcome : never;

/** The name of the result rule of a definition. */
export type ResultIn<Signature> =
  OutcomeIn<Signature> extends `${infer Result} ${string}` ? Result : OutcomeIn<Signature>;

/** The rule for null of a definition. */
export type NullsIn<Signature> = OutcomeIn<Signature> extends `${string} ${infer Nulls}` ? Nulls : "null if any";

/** The rules of the parameters of a definition, in order, without the variadic one. */
export type RulesIn<Signature> = Rules<ParametersIn<Signature>>;
type Rules<Text, Found extends readonly string[] = []> = Text extends `${infer Head}, ${infer Rest}`
  ? Rules<Rest, RuleOf<Head, Found>>
  : RuleOf<Text, Found>;
type RuleOf<Parameter, Found extends readonly string[]> = Parameter extends `...${string}`
  ? Found
  : Parameter extends `${string}: ${infer Rule}`
    ? [...Found, Rule]
    : Found;

/** The rule of each further argument of a variadic definition, `never` when it takes no more. */
export type EachIn<Signature> =
  ParametersIn<Signature> extends `${string}...${string}: ${infer Rule}` ? LastRule<Rule> : never;
type LastRule<Rule extends string> = Rule extends `${infer First}, ${string}` ? First : Rule;

/** A function of columns, as higher-order functions take it: `(x) => x.plus(1)`. Its columns are dynamic. */
export type LambdaArgument = (...columns: Column[]) => ColumnLike;

type Argument<Rule> = Rule extends `lambda${string}` ? LambdaArgument : ColumnLike | LiteralValue;

/** What the function that `Signature` defines may be called with. */
export type Arguments<Signature> = ArgumentTuple<ParametersIn<Signature>>;
type ArgumentTuple<Text> = Text extends `${infer Head}, ${infer Rest}`
  ? [...ArgumentsOf<Head>, ...ArgumentTuple<Rest>]
  : ArgumentsOf<Text>;
type ArgumentsOf<Parameter> = Parameter extends `...${string}: ${infer Rule}`
  ? Argument<Rule>[]
  : Parameter extends `${string}?: ${infer Rule}`
    ? [Argument<Rule>?]
    : Parameter extends `${string}: ${infer Rule}`
      ? [Argument<Rule>]
      : [];

/** The phantom of a call: a string is a column unless the parameter's rule starts with `value`. */
export type FunctionCall<Signature extends string, A> = Call<
  Signature,
  ArgumentExps<A, RulesIn<Signature>, EachIn<Signature>>
>;
type ArgumentExps<A, Fixed, Each> = {
  [I in keyof A]: A[I] extends (...columns: never[]) => infer Body
    ? Exp<Body>
    : (I extends keyof Fixed ? Fixed[I] : Each) extends `value ${string}`
      ? ValueExp<A[I]>
      : ColumnExp<A[I]>;
};
