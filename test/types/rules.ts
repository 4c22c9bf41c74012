/** The compiler's rules of functions and the analyzer's have the same names: this file compiles only while they do. */
import type { NullKinds } from "../../src/functions/null-kinds.ts";
import type { NullRule } from "../../src/functions/null-rules.ts";
import type { ParameterKinds } from "../../src/functions/parameter-kinds.ts";
import type { ParameterRule } from "../../src/functions/parameter-rules.ts";
import type { ResultKinds } from "../../src/functions/result-kinds.ts";
import type { ResultRule } from "../../src/functions/result-rules.ts";

type Names<Rule extends string> = Readonly<Record<Rule, true>>;

export const parameters = {} as Names<ParameterRule> satisfies Names<keyof ParameterKinds>;
export const parameterKinds = {} as Names<keyof ParameterKinds> satisfies Names<ParameterRule>;
export const results = {} as Names<ResultRule> satisfies Names<keyof ResultKinds<[]>>;
export const resultKinds = {} as Names<keyof ResultKinds<[]>> satisfies Names<ResultRule>;
export const nulls = {} as Names<NullRule> satisfies Names<keyof NullKinds<[]>>;
export const nullKinds = {} as Names<keyof NullKinds<[]>> satisfies Names<NullRule>;
