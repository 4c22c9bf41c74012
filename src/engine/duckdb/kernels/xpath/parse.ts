/** XPath 1.0: an expression becomes a function of a node. */
import { UnsupportedError } from "../../../../errors.ts";
import { axes } from "./axes.ts";
import type { XmlNode } from "./document.ts";
import { localName, type XPathContext, xpathFunctions } from "./functions.ts";
import { type Token, tokensOf, XPathFault } from "./tokens.ts";
import { compare, inOrder, toBoolean, toNodes, toNumber, type Value } from "./values.ts";

export type Evaluate = (context: XPathContext) => Value;

/** A function of a set of nodes, each asked for others. */
type Step = (nodes: readonly XmlNode[]) => readonly XmlNode[];

type Test = (node: XmlNode) => boolean;

/**
 * Reads an expression.
 *
 * @throws XPathFault where it is none
 */
export function parseXPath(expression: string): Evaluate {
  const parser = new Parser(tokensOf(expression));
  const evaluate = parser.expression();
  parser.end();
  return evaluate;
}

type Operation = (left: Value, right: Value, operator: string) => Value;

const calculations: Readonly<Record<string, (left: number, right: number) => number>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  div: (left, right) => left / right,
  mod: (left, right) => left % right,
};

const calculated: Operation = (left, right, operator) => calculations[operator]!(toNumber(left), toNumber(right));
const compared: Operation = (left, right, operator) => compare(operator, left, right);

/** The operators between two values, the weakest first. */
const levels: readonly (readonly [readonly string[], Operation])[] = [
  [["or"], (left, right) => toBoolean(left) || toBoolean(right)],
  [["and"], (left, right) => toBoolean(left) && toBoolean(right)],
  [["=", "!="], compared],
  [["<", "<=", ">", ">="], compared],
  [["+", "-"], calculated],
  [["*", "div", "mod"], calculated],
];

const nodeTypes: Readonly<Record<string, Test>> = {
  node: () => true,
  text: ({ kind }) => kind === "text",
  comment: ({ kind }) => kind === "comment",
  "processing-instruction": ({ kind }) => kind === "instruction",
};

const anywhere: Step = (nodes) => inOrder(nodes.flatMap((node) => axes["descendant-or-self"]!(node)));

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  expression(level = 0): Evaluate {
    const known = levels[level];
    if (known === undefined) return this.#negated();
    const [operators, operation] = known;
    let left = this.expression(level + 1);
    while (this.#token?.kind === "operator" && operators.includes(this.#token.text)) {
      const operator = this.#next().text;
      const [first, second] = [left, this.expression(level + 1)];
      left = (context) => operation(first(context), second(context), operator);
    }
    return left;
  }

  end(): void {
    if (this.#token !== undefined) throw new XPathFault(`nothing should follow before ${this.#token.text}`);
  }

  #negated(): Evaluate {
    if (!this.#skips("-")) return this.#union();
    const value = this.#union();
    return (context) => -toNumber(value(context));
  }

  #union(): Evaluate {
    const parts = [this.#path()];
    while (this.#skips("|")) parts.push(this.#path());
    if (parts.length === 1) return parts[0]!;
    return (context) => inOrder(parts.flatMap((part) => toNodes(part(context))));
  }

  /** A value, with the steps from its nodes; or steps from the node or the root. */
  #path(): Evaluate {
    if (this.#startsValue()) return this.#filtered();
    if (this.#skips("//")) return fromRoot(this.#steps([anywhere]));
    if (!this.#skips("/")) return fromNode(this.#steps([]));
    return fromRoot(this.#startsStep() ? this.#steps([]) : (nodes) => nodes);
  }

  #filtered(): Evaluate {
    const value = this.#value();
    const predicates = this.#predicates();
    const more = this.#moreSteps();
    if (predicates.length === 0 && more === undefined) return value;
    const steps = more ?? ((nodes) => nodes);
    return (context) => steps(predicates.reduce(kept, inOrder(toNodes(value(context)))));
  }

  #moreSteps(): Step | undefined {
    if (this.#skips("//")) return this.#steps([anywhere]);
    return this.#skips("/") ? this.#steps([]) : undefined;
  }

  #steps(begun: readonly Step[]): Step {
    const steps = [...begun, this.#step()];
    for (let next = this.#separator(); next !== undefined; next = this.#separator()) steps.push(...next, this.#step());
    return (nodes) => steps.reduce((found, step) => step(found), nodes);
  }

  #separator(): readonly Step[] | undefined {
    if (this.#skips("//")) return [anywhere];
    return this.#skips("/") ? [] : undefined;
  }

  #step(): Step {
    if (this.#skips(".")) return (nodes) => nodes;
    if (this.#skips("..")) return (nodes) => inOrder(nodes.flatMap((node) => axes.parent!(node)));
    const axisName = this.#axis();
    const axis = axes[axisName]!;
    const test = this.#test(axisName === "attribute" ? "attribute" : "element");
    const predicates = this.#predicates();
    return (nodes) => inOrder(nodes.flatMap((node) => predicates.reduce(kept, axis(node).filter(test))));
  }

  #axis(): string {
    if (this.#skips("@")) return "attribute";
    if (this.#tokens[this.#at + 1]?.text !== "::") return "child";
    const name = this.#next().text;
    this.#expect("::");
    if (name === "namespace")
      throw new UnsupportedError("the axis namespace of XPath is not supported", {
        hint: "Find elements and attributes by their names, with name() or local-name().",
      });
    if (axes[name] === undefined) throw new XPathFault(`there is no axis ${name}`);
    return name;
  }

  #test(kind: "attribute" | "element"): Test {
    const token = this.#next();
    if (token.text === "*") return (node) => node.kind === kind;
    if (token.kind !== "name") throw new XPathFault(`a step was expected, not ${token.text}`);
    const type = this.#token?.text === "(" ? nodeTypes[token.text] : undefined;
    if (type !== undefined) return this.#typeTest(token.text, type);
    // Without namespaces no prefix is known, and names are those after the prefix.
    if (token.text.includes(":")) return () => false;
    return (node) => node.kind === kind && localName(node.name) === token.text;
  }

  #typeTest(name: string, test: Test): Test {
    this.#expect("(");
    const target = name === "processing-instruction" && this.#token?.kind === "text" ? this.#next() : undefined;
    this.#expect(")");
    return target === undefined ? test : (node) => test(node) && node.name === target.text.slice(1, -1);
  }

  #predicates(): readonly Evaluate[] {
    const predicates: Evaluate[] = [];
    while (this.#skips("[")) {
      predicates.push(this.expression());
      this.#expect("]");
    }
    return predicates;
  }

  #startsValue(): boolean {
    const token = this.#token;
    if (token === undefined) throw new XPathFault("a location path was expected at the end");
    if (token.kind === "number" || token.kind === "text" || token.text === "(" || token.text === "$") return true;
    return token.kind === "name" && this.#tokens[this.#at + 1]?.text === "(" && nodeTypes[token.text] === undefined;
  }

  #startsStep(): boolean {
    const token = this.#token;
    return token !== undefined && (token.kind === "name" || ["*", "@", ".", ".."].includes(token.text));
  }

  #value(): Evaluate {
    const token = this.#next();
    if (token.kind === "number") return () => Number(token.text);
    if (token.kind === "text") return () => token.text.slice(1, -1);
    if (token.kind === "name") return this.#call(token.text);
    if (token.text === "$") throw new XPathFault("no variable has a value");
    const inner = this.expression();
    this.#expect(")");
    return inner;
  }

  #call(name: string): Evaluate {
    const known = xpathFunctions[name];
    if (known === undefined) throw new XPathFault(`there is no function ${name}`);
    const args = this.#arguments();
    if (args.length < known.least || args.length > known.most)
      throw new XPathFault(`the function ${name} is not called with ${args.length} arguments`);
    return (context) =>
      known.call(
        args.map((argument) => argument(context)),
        context,
      );
  }

  #arguments(): readonly Evaluate[] {
    this.#expect("(");
    if (this.#skips(")")) return [];
    const args = [this.expression()];
    while (this.#skips(",")) args.push(this.expression());
    this.#expect(")");
    return args;
  }

  get #token(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #next(): Token {
    const token = this.#token;
    if (token === undefined) throw new XPathFault("the expression ends too early");
    this.#at++;
    return token;
  }

  #skips(text: string): boolean {
    const found = this.#token?.text === text && this.#token.kind !== "text";
    if (found) this.#at++;
    return found;
  }

  #expect(text: string): void {
    if (!this.#skips(text)) throw new XPathFault(`${text} was expected, not ${this.#token?.text ?? "the end"}`);
  }
}

/** The nodes for which a predicate holds: a number is a position. */
function kept(nodes: readonly XmlNode[], predicate: Evaluate): readonly XmlNode[] {
  return nodes.filter((node, index) => {
    const value = predicate({ node, position: index + 1, size: nodes.length });
    return typeof value === "number" ? value === index + 1 : toBoolean(value);
  });
}

const fromNode =
  (steps: Step): Evaluate =>
  ({ node }) =>
    steps([node]);

const fromRoot =
  (steps: Step): Evaluate =>
  ({ node }) =>
    steps([axes["ancestor-or-self"]!(node).at(-1)!]);
