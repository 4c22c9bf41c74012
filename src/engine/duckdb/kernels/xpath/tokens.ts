/** The tokens of XPath 1.0. */

export type TokenKind = "name" | "number" | "text" | "operator" | "symbol";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

/** An expression that is none of XPath. */
export class XPathFault extends Error {}

const name = "[\\p{L}_][\\p{L}\\p{N}_.\\-\u00b7]*";
const forms: readonly (readonly [TokenKind, RegExp])[] = [
  ["number", /(?:\d+(?:\.\d*)?|\.\d+)/uy],
  ["text", /"[^"]*"|'[^']*'/uy],
  ["symbol", /\/\/|::|\.\.|!=|<=|>=|[()[\].@,/|+\-=<>*$]/uy],
  ["name", new RegExp(`${name}(?::(?!:)(?:${name}|\\*))?`, "uy")],
];

const wordOperators: ReadonlySet<string> = new Set(["and", "or", "mod", "div"]);
const operators: ReadonlySet<string> = new Set(["/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">="]);
const opening: ReadonlySet<string> = new Set(["@", "::", "(", "[", ","]);

/** The tokens of an expression; `*`, `and`, `or`, `mod` and `div` are operators where a value stands before. */
export function tokensOf(expression: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < expression.length; ) {
    if (/\s/.test(expression[at]!)) at++;
    else {
      const token = tokenAt(expression, at);
      tokens.push(inContext(token, tokens.at(-1)));
      at += token.text.length;
    }
  }
  return tokens;
}

function tokenAt(expression: string, at: number): Token {
  for (const [kind, form] of forms) {
    form.lastIndex = at;
    const found = form.exec(expression)?.[0];
    if (found !== undefined) return { kind, text: found };
  }
  throw new XPathFault(`${expression.slice(at)} begins with nothing that XPath knows`);
}

function inContext(token: Token, before: Token | undefined): Token {
  if (operators.has(token.text) && token.kind === "symbol") return { ...token, kind: "operator" };
  const afterValue = before !== undefined && before.kind !== "operator" && !opening.has(before.text);
  const isOperator = token.text === "*" || (token.kind === "name" && wordOperators.has(token.text));
  return afterValue && isOperator ? { ...token, kind: "operator" } : token;
}
