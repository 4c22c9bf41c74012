/** Calls of SQL functions, of the session and of the catalogue, replaced by the bodies of the functions. */
import { catalogName } from "../catalogue/errors.ts";
import type { FunctionObject } from "../catalogue/objects.ts";
import { lookupFunction } from "../functions/catalogue.ts";
import { keptOptions, sqlParser } from "../functions/parsers.ts";
import type { Call, Expression } from "../plan/expression.ts";
import type { Relation, TableFunction } from "../plan/relation.ts";
import { isRelation, mapChildren, someNode, walk } from "../plan/rewrite.ts";
import { stringType } from "../types/data-type.ts";
import { quotedIfNeeded } from "../types/identifier.ts";
import type { SessionCatalogue } from "./session-catalogue.ts";
import { settingsOfView } from "./settings.ts";
import { type Callee, tableOf, valueOf } from "./sql-function-call.ts";
import { circular } from "./sql-function-errors.ts";
import { checkPlaces } from "./sql-function-places.ts";

const keyOf = (name: readonly string[]): string => name.map((part) => part.toLowerCase()).join("\0");

/** What tells the current namespace, by how calls of it are named: its value. */
const namespaceFunctions: ReadonlyMap<
  string,
  { readonly text: string; readonly value: (namespace: string) => string }
> = new Map(
  Object.entries({
    current_schema: { text: "current_schema()", value: (namespace) => namespace },
    current_database: { text: "current_schema()", value: (namespace) => namespace },
    current_path: {
      text: "current_path()",
      value: (namespace) => `system.builtin,system.session,${catalogName}.${quotedIfNeeded(namespace)}`,
    },
  }),
);

/** The name of a function in the columns made of it and in messages. */
export const functionText = ({ namespace, name }: FunctionObject, isTemporary: boolean): string =>
  isTemporary ? name : [catalogName, namespace, name].join(".");

export class SqlFunctions {
  readonly #names: SessionCatalogue;
  readonly #isRegistered: (name: string) => boolean;
  readonly #timeZone: () => string;

  /**
   * @param isRegistered - whether a name is that of a function that the program has registered
   * @param timeZone - the session's
   */
  constructor(names: SessionCatalogue, isRegistered: (name: string) => boolean, timeZone: () => string) {
    this.#names = names;
    this.#isRegistered = isRegistered;
    this.#timeZone = timeZone;
  }

  /**
   * The plan with the bodies of SQL functions in the place of their calls; the plan itself when there are none.
   *
   * @param namespace - where names of one part are looked up
   * @param path - the functions whose bodies lead here, outermost first
   * @throws AnalysisError `WRONG_NUM_ARGS.WITHOUT_SUGGESTION` for calls with too many or too few arguments,
   *   `CYCLIC_FUNCTION_REFERENCE` for functions that call themselves
   */
  async expanded<Plan extends Relation | Expression>(
    plan: Plan,
    namespace: string,
    path: readonly string[] = [],
  ): Promise<Plan> {
    const callees = new Map<string, Callee>();
    for (const name of calledNames(plan, this.#isRegistered)) {
      const callee = await this.#callee(name, namespace, path);
      if (callee !== undefined) callees.set(keyOf(name), callee);
    }
    if (callees.size === 0 && !someNode(plan, isNamespaceCall)) return plan;
    checkPlaces(plan, ({ name }) => callees.get(keyOf(name))?.text);
    return replaced(plan, callees, { namespace: this.#names.current, timeZone: this.#timeZone() });
  }

  async #callee(name: readonly string[], namespace: string, path: readonly string[]): Promise<Callee | undefined> {
    const temporary = this.#names.functions.find(name);
    const object = temporary ?? (await this.#lasting(name, namespace));
    if (object === undefined) return undefined;
    const text = functionText(object, temporary !== undefined);
    if (path.includes(text)) throw circular([...path.slice(path.indexOf(text)), text]);
    const body = await this.expanded(bodyOf(object), object.currentNamespace, [...path, text]);
    return { object, text, body, settings: settingsOfView(object.settings) };
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

/** The body of a function, read under the settings that it was made with. */
export function bodyOf(object: FunctionObject): Relation | Expression {
  const { table, body } = object;
  const options = keptOptions(object);
  return table ? sqlParser().query(body, options) : valueAlone(sqlParser().expression(body, options));
}

/** The expression that a query of one value without FROM is. */
function valueAlone(body: Expression): Expression {
  if (body.kind !== "subquery" || body.form !== "scalar" || body.plan.kind !== "project") return body;
  const [only, ...others] = body.plan.expressions;
  if (body.plan.input.kind !== "one row" || only === undefined || others.length > 0) return body;
  const value = only.kind === "alias" ? only.input : only;
  return isOfOneRow(value) ? value : body;
}

const isOfOneRow = (value: Expression): boolean =>
  !someNode(
    value,
    (node) =>
      node.kind === "star" ||
      node.kind === "window" ||
      (node.kind === "call" && lookupFunction(node.name.at(-1)!)?.class !== "scalar"),
    ({ kind }) => kind !== "subquery",
  );

const namespaceCall = (node: Relation | Expression) =>
  node.kind === "call" && node.name.length === 1 ? namespaceFunctions.get(node.name[0]!.toLowerCase()) : undefined;
const isNamespaceCall = (node: Relation | Expression): boolean => namespaceCall(node) !== undefined;

function replaced<Plan extends Relation | Expression>(
  plan: Plan,
  callees: ReadonlyMap<string, Callee>,
  current: { readonly namespace: string; readonly timeZone: string },
): Plan {
  const relation = (node: Relation): Relation => {
    const inner = mapChildren(node, { relation, expression });
    const callee = inner.kind === "table function" ? callees.get(keyOf(inner.name)) : undefined;
    return callee === undefined ? inner : tableOf(inner as TableFunction, callee);
  };
  const expression = (node: Expression): Expression => {
    const inner = mapChildren(node, { relation, expression });
    const told = namespaceCall(inner);
    if (told !== undefined) {
      const value = told.value(current.namespace);
      return { kind: "expanded call", text: told.text, input: { kind: "literal", type: stringType, value } };
    }
    const callee = inner.kind === "call" ? callees.get(keyOf(inner.name)) : undefined;
    return callee === undefined ? inner : valueOf(inner as Call, callee, current.timeZone);
  };
  return (isRelation(plan) ? relation(plan) : expression(plan)) as Plan;
}
