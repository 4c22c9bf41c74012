/** Calls of SQL functions, of the session and of the catalogue, replaced by the bodies of the functions. */
import { prettyText } from "../analyzer/names.ts";
import { catalogName, shown } from "../catalogue/errors.ts";
import type { FunctionObject } from "../catalogue/objects.ts";
import { AnalysisError, UnsupportedError } from "../errors.ts";
import { lookupFunction } from "../functions/catalogue.ts";
import { sqlParser } from "../functions/parsers.ts";
import type { Call, Expression } from "../plan/expression.ts";
import type { Relation, TableFunction } from "../plan/relation.ts";
import { isRelation, mapChildren, walk } from "../plan/rewrite.ts";
import { stringType } from "../types/data-type.ts";
import type { SessionCatalogue } from "./session-catalogue.ts";

/** A function that a plan calls, with the plan of its body, where other functions are replaced already. */
interface Callee {
  readonly object: FunctionObject;
  /** The name that columns made of it have. */
  readonly text: string;
  readonly body: Expression | Relation;
}

/** More than this many functions inside one another call themselves in a circle. */
const mostNested = 64;

const keyOf = (name: readonly string[]): string => name.map((part) => part.toLowerCase()).join("\0");

const namespaceFunctions: ReadonlySet<string> = new Set(["current_schema", "current_database"]);

export class SqlFunctions {
  readonly #names: SessionCatalogue;
  readonly #isRegistered: (name: string) => boolean;

  /** @param isRegistered - whether a name is that of a function that the program has registered */
  constructor(names: SessionCatalogue, isRegistered: (name: string) => boolean) {
    this.#names = names;
    this.#isRegistered = isRegistered;
  }

  /**
   * The plan with the bodies of SQL functions in the place of their calls; the plan itself when there are none.
   *
   * @param namespace - where names of one part are looked up
   * @throws AnalysisError `WRONG_NUM_ARGS.WITHOUT_SUGGESTION` for calls with too many or too few arguments
   */
  async expanded<Plan extends Relation | Expression>(plan: Plan, namespace: string, depth = 0): Promise<Plan> {
    const callees = new Map<string, Callee>();
    for (const name of calledNames(plan, this.#isRegistered)) {
      const callee = await this.#callee(name, namespace, depth);
      if (callee !== undefined) callees.set(keyOf(name), callee);
    }
    if (callees.size === 0 && !asksNamespace(plan)) return plan;
    return replaced(plan, callees, this.#names.current);
  }

  async #callee(name: readonly string[], namespace: string, depth: number): Promise<Callee | undefined> {
    const temporary = this.#names.functions.find(name);
    const object = temporary ?? (await this.#lasting(name, namespace));
    if (object === undefined) return undefined;
    if (depth > mostNested) throw circular(object);
    const read = object.table ? sqlParser().query(object.body) : sqlParser().expression(object.body);
    const body = await this.expanded(read, object.currentNamespace, depth + 1);
    const whole = [catalogName, object.namespace, object.name].join(".");
    return { object, text: temporary === undefined ? whole : object.name, body };
  }

  async #lasting(name: readonly string[], namespace: string): Promise<FunctionObject | undefined> {
    if (name.length > 3 || (name.length === 3 && name[0]!.toLowerCase() !== catalogName)) return undefined;
    return this.#names.catalogue.function(this.#names.qualified(name, namespace));
  }
}

function calledNames(
  plan: Relation | Expression,
  isRegistered: (name: string) => boolean,
): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  walk(plan, (node) => {
    if (node.kind !== "call" && node.kind !== "table function") return undefined;
    const isOurs =
      node.name.length === 1 && (lookupFunction(node.name[0]!) !== undefined || isRegistered(node.name[0]!));
    if (!isOurs) found.set(keyOf(node.name), node.name);
    return undefined;
  });
  return [...found.values()];
}

function asksNamespace(plan: Relation | Expression): boolean {
  let asks = false;
  walk(plan, (node) => {
    asks ||= isNamespaceCall(node);
    return undefined;
  });
  return asks;
}

const isNamespaceCall = (node: Relation | Expression): boolean =>
  node.kind === "call" && node.name.length === 1 && namespaceFunctions.has(node.name[0]!.toLowerCase());

function replaced<Plan extends Relation | Expression>(
  plan: Plan,
  callees: ReadonlyMap<string, Callee>,
  current: string,
): Plan {
  const relation = (node: Relation): Relation => {
    const inner = mapChildren(node, { relation, expression });
    const callee = inner.kind === "table function" ? callees.get(keyOf(inner.name)) : undefined;
    return callee === undefined ? inner : tableOf(inner as TableFunction, callee);
  };
  const expression = (node: Expression): Expression => {
    const inner = mapChildren(node, { relation, expression });
    if (isNamespaceCall(inner))
      return {
        kind: "expanded call",
        text: "current_schema()",
        input: { kind: "literal", type: stringType, value: current },
      };
    const callee = inner.kind === "call" ? callees.get(keyOf(inner.name)) : undefined;
    return callee === undefined ? inner : valueOf(inner as Call, callee);
  };
  return (isRelation(plan) ? relation(plan) : expression(plan)) as Plan;
}

/** The body of a scalar function with the arguments in the place of its parameters. */
function valueOf(call: Call, { object, text, body }: Callee): Expression {
  if (isRelation(body)) throw notScalar(object);
  const given = argumentsOf(call.arguments, object);
  const values = new Map(
    object.parameters.map(({ name, type }, index) => {
      const value: Expression = { kind: "cast", input: given[index]!.value, type, mode: "ansi" };
      return [name.toLowerCase(), value] as const;
    }),
  );
  const input = substituted(body, values, object);
  const written = given.filter(({ isWritten }) => isWritten).map(({ value }) => prettyText(value));
  return {
    kind: "expanded call",
    text: `${text}(${written.join(", ")})`,
    input: object.returns === undefined ? input : { kind: "cast", input, type: object.returns, mode: "ansi" },
  };
}

interface Given {
  readonly value: Expression;
  readonly isWritten: boolean;
}

function argumentsOf(written: readonly Expression[], object: FunctionObject): readonly Given[] {
  const positional = written.filter((argument) => argument.kind !== "named argument");
  const named = new Map(
    written.flatMap((argument) =>
      argument.kind === "named argument" ? [[argument.name.toLowerCase(), argument.value] as const] : [],
    ),
  );
  if (positional.length > object.parameters.length) throw wrongCount(object, written.length);
  return object.parameters.map(({ name, default: text }, index) => {
    const value = positional[index] ?? named.get(name.toLowerCase());
    if (value !== undefined) return { value, isWritten: true };
    if (text === undefined) throw wrongCount(object, written.length);
    return { value: sqlParser().expression(text), isWritten: false };
  });
}

function substituted(body: Expression, values: ReadonlyMap<string, Expression>, object: FunctionObject): Expression {
  const inside = (node: Expression): Expression => {
    if (node.kind === "attribute") return values.get(parameterName(node.name, object)) ?? node;
    if (node.kind !== "lambda") return mapChildren(node, { relation: refuseQuery, expression: inside });
    const hidden = new Set(node.parameters.map((name) => name.toLowerCase()));
    const visible = new Map([...values].filter(([name]) => !hidden.has(name)));
    return { ...node, body: substituted(node.body, visible, object) };
  };
  // Columns of a query inside would come before parameters of the same name, and which it has is not known here.
  const refuseQuery = (plan: Relation): Relation => {
    if (values.size === 0) return plan;
    throw new UnsupportedError(
      `the body of the function ${object.name} holds a query, which is not supported with parameters`,
      {
        hint: "Join with the query instead, or make the function of an expression.",
      },
    );
  };
  return inside(body);
}

/** `x`, or `function.x`. */
const parameterName = (name: readonly string[], object: FunctionObject): string => {
  const isQualified = name.length === 2 && name[0]!.toLowerCase() === object.name;
  return (isQualified ? name[1]! : name.length === 1 ? name[0]! : "").toLowerCase();
};

function tableOf({ name, arguments: args }: TableFunction, { object, body }: Callee): Relation {
  if (!isRelation(body)) throw notTable(name);
  if (object.parameters.length > 0)
    throw new UnsupportedError(`table functions with parameters, as ${object.name}, cannot be called yet`);
  if (args.length > 0) throw wrongCount(object, args.length);
  if (object.columns === undefined) return { kind: "subquery alias", input: body, name: object.name };
  const places = object.columns.fields.map((_, index) => `column ${index}`);
  const expressions = object.columns.fields.map(({ name: column, type }, index): Expression => {
    const value: Expression = { kind: "attribute", name: [places[index]!] };
    return { kind: "alias", input: { kind: "cast", input: value, type, mode: "ansi" }, names: [column] };
  });
  const input: Relation = { kind: "project", input: { kind: "to columns", input: body, names: places }, expressions };
  return { kind: "subquery alias", input, name: object.name };
}

const wholeName = ({ namespace, name }: FunctionObject): string => shown([catalogName, namespace, name]);

const wrongCount = (object: FunctionObject, given: number): AnalysisError =>
  new AnalysisError(
    `The ${wholeName(object)} requires ${object.parameters.length} parameters but the actual number is ${given}`,
    {
      condition: "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
      sqlState: "42605",
      parameters: {
        functionName: wholeName(object),
        expectedNum: String(object.parameters.length),
        actualNum: String(given),
      },
      hint: `Its parameters are: ${object.parameters.map(({ name }) => name).join(", ") || "none"}.`,
    },
  );

const notScalar = (object: FunctionObject): AnalysisError =>
  new AnalysisError(`Cannot resolve the function ${wholeName(object)}: it is a table function`, {
    condition: "NOT_A_SCALAR_FUNCTION",
    sqlState: "42887",
    parameters: { functionName: wholeName(object) },
    hint: "Call it in FROM.",
  });

const notTable = (name: readonly string[]): AnalysisError =>
  new AnalysisError(`Could not resolve ${shown(name)} to a table-valued function`, {
    condition: "UNRESOLVABLE_TABLE_VALUED_FUNCTION",
    sqlState: "42883",
    parameters: { name: shown(name) },
    hint: "Call it in an expression.",
  });

const circular = (object: FunctionObject): AnalysisError =>
  new AnalysisError(`The function ${wholeName(object)} calls itself, at first or at second hand`, {
    condition: "UNSUPPORTED_FEATURE",
    sqlState: "0A000",
    hint: "A SQL function cannot be recursive; use a recursive common table expression.",
  });
