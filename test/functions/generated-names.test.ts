import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { columnName, type Resolutions } from "../../src/analyzer/names.ts";
import { lookupFunction } from "../../src/functions/catalogue.ts";
import { capitalNames, irregularNames } from "../../src/functions/generated-name.ts";
import type { Call, Expression } from "../../src/plan/expression.ts";
import type { ResolvedExpression } from "../../src/plan/resolved.ts";
import * as types from "../../src/types/data-type.ts";
import recorded from "../answers/coercion/functions.json" with { type: "json" };
import { namedType, split } from "./named-types.ts";

interface Answer {
  readonly function: string;
  readonly arguments: readonly string[];
  readonly columns: readonly string[];
}

const answers: readonly Answer[] = JSON.parse(readFileSync(join(import.meta.dirname, "../answers/names.json"), "utf8"));
const irregular: ReadonlySet<string> = new Set(irregularNames);
const capital: ReadonlySet<string> = new Set(capitalNames);
/** Functions whose names are written out by form. */
const forms: ReadonlySet<string> = new Set(["if", "isnull", "isnotnull"]);
const calls = answers.map((answer) => [`${answer.function}(${answer.arguments.join(", ")})`, answer] as const);

test.each(calls)("the compiler's name of %s is Spark's, or not claimed to be known", (call, answer) => {
  if (forms.has(answer.function) || irregular.has(`${answer.function}/${answer.arguments.length}`)) return;
  const name = capital.has(answer.function) ? call.replace(answer.function, answer.function.toUpperCase()) : call;
  expect(answer.columns).toEqual([name]);
});

/** The columns of the recorded table, of known types. */
const known: Resolutions = {
  get: (expression) => (expression.kind === "attribute" ? columnOf(expression.name[0]!) : undefined),
};

function columnOf(name: string): ResolvedExpression {
  const type = namedType(recorded.types[Number(name.slice(1))] ?? "int");
  return { kind: "column", id: 1, type, nullable: true };
}

// The columns of generators are named by the relation that they become.
const single = calls.filter(([, answer]) => lookupFunction(answer.function)?.class !== "generator");

test.each(single)("the analyzer's name of %s is Spark's", (_, answer) => {
  expect([columnName(callOf(answer.function, answer.arguments), known)]).toEqual(answer.columns);
});

const callOf = (name: string, args: readonly string[]): Call => ({
  kind: "call",
  name: [name],
  arguments: args.map(expressionOf),
});
const literal = (type: types.DataType, value: unknown): Expression => ({ kind: "literal", type, value });

const readers: readonly [RegExp, (parts: readonly string[]) => Expression][] = [
  [
    /^\(?([\w, ]+)\)? -> (.*)$/,
    ([, names, body]) => ({ kind: "lambda", parameters: names!.split(", "), body: expressionOf(body!) }),
  ],
  [/^(\w+)([-+*>])(\w+)$/, ([, left, operator, right]) => callOf(operator!, [left!, right!])],
  [
    /^(array|map|upper)\((.*)\)$/,
    ([, name, inside]) =>
      callOf(
        name!,
        split(inside!).map((part) => part.replaceAll("'", "")),
      ),
  ],
  [/^-?\d+$/, ([digits]) => literal(types.intType, Number(digits))],
  [/^0\.(\d+)$/, ([, digits]) => literal(types.decimalType(digits!.length, digits!.length), BigInt(digits!))],
  [/^true$/, () => literal(types.booleanType, true)],
  [/^(c\d+|[xykvw])$/, ([name]) => ({ kind: "attribute", name: [name!] })],
];

/** The expression of an argument as the recorded answers write it: what is nothing else is a text. */
function expressionOf(text: string): Expression {
  const reader = readers.find(([form]) => form.test(text));
  return reader === undefined ? literal(types.stringType, text) : reader[1](reader[0].exec(text)!);
}
