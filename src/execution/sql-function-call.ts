/** What stands in the place of a call of a SQL function: its body, with the arguments. */

import { Resolutions } from "../analyzer/context.ts";
import { isOfRows } from "../analyzer/found-calls.ts";
import { positioned } from "../analyzer/named-arguments.ts";
import { prettyText } from "../analyzer/names.ts";
import type { FunctionObject } from "../catalogue/objects.ts";
import { UnsupportedError } from "../errors.ts";
import { lookupFunction } from "../functions/catalogue.ts";
import { keptOptions, sqlParser } from "../functions/parsers.ts";
import type { AnalysisSettings } from "../plan/analysis-settings.ts";
import type { Call, Expression } from "../plan/expression.ts";
import type { Relation, TableFunction } from "../plan/relation.ts";
import { isRelation, mapChildren, someNode, walk } from "../plan/rewrite.ts";
import { notScalar, notTable, wrongCount } from "./sql-function-errors.ts";

/** A function that a plan calls, with the plan of its body, where other functions are replaced already. */
export interface Callee {
  readonly object: FunctionObject;
  /** The name that columns made of it have. */
  readonly text: string;
  readonly body: Expression | Relation;
  /** Those that it was made with. */
  readonly settings: AnalysisSettings;
}

/** The values of a function's parameters, by the names in lower case. */
type Values = ReadonlyMap<string, Expression>;

/**
 * The body of a scalar function with the arguments in the place of its parameters.
 *
 * @param timeZone - in which columns made of the call show moments
 */
export function valueOf(call: Call, callee: Callee, timeZone: string): Expression {
  const { object, text, body, settings } = callee;
  if (isRelation(body)) throw notScalar(callee);
  const given = argumentsOf(call.arguments, callee);
  const values = valuesOf(given, object);
  refuseRepeated(body, values, object);
  const input = substituted(body, values, object);
  const known = new Resolutions(timeZone);
  const written = given.filter(({ isWritten }) => isWritten).map(({ value }) => prettyText(value, known));
  return {
    kind: "expanded call",
    text: `${text}(${written.join(", ")})`,
    input: object.returns === undefined ? input : { kind: "cast", input, type: object.returns, mode: "ansi" },
    settings,
  };
}

/** The query of a table function, which reads the arguments as columns of the query around it. */
export function tableOf({ arguments: args }: TableFunction, callee: Callee): Relation {
  const { object, body, settings } = callee;
  if (!isRelation(body)) throw notTable(callee);
  const called = (input: Relation): Relation => ({
    kind: "subquery alias",
    input: { kind: "function query", input, settings },
    name: object.name,
  });
  const input = reading(body, valuesOf(argumentsOf(args, callee), object), object);
  if (object.columns === undefined) return called(input);
  const places = object.columns.fields.map((_, index) => `column ${index}`);
  const expressions = object.columns.fields.map(({ name: column, type }, index): Expression => {
    const value: Expression = { kind: "attribute", name: [places[index]!] };
    return { kind: "alias", input: { kind: "cast", input: value, type, mode: "ansi" }, names: [column] };
  });
  return called({ kind: "project", input: { kind: "to columns", input, names: places }, expressions });
}

interface Given {
  readonly value: Expression;
  readonly isWritten: boolean;
}

function argumentsOf(written: readonly Expression[], callee: Callee): readonly Given[] {
  const { parameters } = callee.object;
  const names = parameters.map(({ name, default: text }) => ({ name, optional: text !== undefined }));
  const isNamed = written.some(({ kind }) => kind === "named argument");
  if (written.length > parameters.length && !isNamed) throw wrongCount(callee, written.length);
  const found = positioned(callee.text, names, written);
  return parameters.map(({ default: text }, index) => {
    const value = found[index];
    if (value !== undefined) return { value: { kind: "function argument", input: value }, isWritten: true };
    if (text === undefined) throw wrongCount(callee, written.length);
    return { value: sqlParser().expression(text, keptOptions(callee.object)), isWritten: false };
  });
}

const valuesOf = (given: readonly Given[], { parameters }: FunctionObject): Values =>
  new Map(
    parameters.map(({ name, type }, index) => [
      name.toLowerCase(),
      { kind: "cast", input: given[index]!.value, type, mode: "ansi" },
    ]),
  );

function substituted(body: Expression, values: Values, object: FunctionObject): Expression {
  const inside = (node: Expression): Expression => {
    if (node.kind === "attribute") return parameterValue(node.name, values, object);
    if (node.kind !== "lambda") return mapChildren(node, { relation, expression: inside });
    const hidden = new Set(node.parameters.map((name) => name.toLowerCase()));
    const visible = new Map([...values].filter(([name]) => !hidden.has(name)));
    return { ...node, body: substituted(node.body, visible, object) };
  };
  const relation = (plan: Relation): Relation => reading(plan, values, object);
  return inside(body);
}

/** What a name means in the body: a parameter, alone or behind the function's name, and its fields that follow. */
function parameterValue(name: readonly string[], values: Values, object: FunctionObject): Expression {
  const isQualified = name.length > 1 && name[0]!.toLowerCase() === object.name;
  const at = isQualified && values.has(name[1]!.toLowerCase()) ? 1 : 0;
  const value = values.get(name[at]!.toLowerCase());
  if (value === undefined) return { kind: "attribute", name };
  return name.slice(at + 1).reduce<Expression>(
    (input, field) => ({
      kind: "extract value",
      input,
      extraction: { kind: "literal", type: { kind: "string" }, value: field },
    }),
    value,
  );
}

// No program can write this name.
const resultName = "(result of the function)";

/** A query inside a body. Columns of its own come before the parameters, which are columns of the query around it. */
function reading(plan: Relation, values: Values, object: FunctionObject): Relation {
  if (!mentions(plan, values, object)) return plan;
  for (const value of values.values()) refuseGrouped(value, object);
  // Under names of their own first: an argument must not read the parameter before it.
  const expressions = [...values.values()].map(
    (input, index): Expression => ({ kind: "alias", input, names: [`(argument ${index})`] }),
  );
  const row: Relation = { kind: "project", input: { kind: "one row" }, expressions };
  const names = object.parameters.filter(({ name }) => values.has(name.toLowerCase())).map(({ name }) => name);
  const left: Relation = {
    kind: "subquery alias",
    input: { kind: "to columns", input: row, names },
    name: object.name,
  };
  const right: Relation = { kind: "subquery alias", input: plan, name: resultName };
  const input: Relation = { kind: "lateral join", left, right, type: "inner" };
  return { kind: "project", input, expressions: [{ kind: "star", target: [resultName] }] };
}

/** Refuses what differs from time to time where the body would compute it at each place anew. */
function refuseRepeated(body: Expression, values: Values, object: FunctionObject): void {
  const times = new Map<string, number>();
  walk(body, (node) => {
    if (node.kind !== "attribute") return;
    const name = [...node.name].map((part) => part.toLowerCase()).find((part) => values.has(part));
    if (name !== undefined) times.set(name, (times.get(name) ?? 0) + 1);
  });
  for (const [name, value] of values) {
    if ((times.get(name) ?? 0) < 2 || !differs(value)) continue;
    throw new UnsupportedError(
      `the function ${object.name}, whose body reads its parameter ${name} more than once, is called with a value that differs from time to time`,
      { hint: "Compute the value in a query of its own, and call the function on its column." },
    );
  }
}

const differs = (value: Expression): boolean =>
  someNode(value, (node) => {
    const known = node.kind === "call" ? lookupFunction(node.name.at(-1)!) : undefined;
    return known?.class === "scalar" && !known.deterministic;
  });

const mentions = (plan: Relation, values: Values, object: FunctionObject): boolean =>
  someNode(plan, (node) => {
    if (node.kind !== "attribute") return false;
    const first = node.name[0]!.toLowerCase();
    return values.has(first) || (first === object.name && node.name.length > 1);
  });

// Inside the query the aggregate would be one of the query's own rows.
function refuseGrouped(value: Expression, object: FunctionObject): void {
  if (!someNode(value, isOfRows)) return;
  throw new UnsupportedError(
    `the function ${object.name}, whose body holds a query, is called with an aggregate or a window function`,
    { hint: "Compute the argument in a query of its own, and call the function on its column." },
  );
}
