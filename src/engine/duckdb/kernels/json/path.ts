/** Paths into JSON texts, such as `$.a[0].b`, with the meaning that Hive gave them and Spark keeps. */
import { type JacksonTokens, more } from "../../formats/json/jackson-tokens.ts";
import { writeValue } from "../../formats/json/json-copy.ts";
import { readTokens } from "./tokens.ts";

type Step =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "every element" }
  | { readonly kind: "every field" };

/** How a value is written: text as it is, as JSON, or the elements of arrays in place of the arrays. */
type Style = "raw" | "quoted" | "flattened";

const parts = /\.\*|\['\*'\]|\.([^.[]+)|\['([^'?]+)'\]|\[\s*(\*|\d+)\s*\]/y;

/** The steps of a path, or undefined where it is none. */
function stepsOf(path: string): readonly Step[] | undefined {
  if (!path.startsWith("$")) return undefined;
  const steps: Step[] = [];
  for (parts.lastIndex = 1; parts.lastIndex < path.length; ) {
    const found = parts.exec(path);
    if (found === null) return undefined;
    steps.push(stepOf(found[1] ?? found[2], found[3]));
  }
  return steps;
}

function stepOf(name: string | undefined, index: string | undefined): Step {
  if (name !== undefined) return { kind: "name", name };
  if (index === undefined) return { kind: "every field" };
  return index === "*" ? { kind: "every element" } : { kind: "index", index: Number(index) };
}

const known = new Map<string, readonly Step[] | undefined>();
const most = 1000;

function knownSteps(path: string): readonly Step[] | undefined {
  if (known.size >= most) known.clear();
  if (!known.has(path)) known.set(path, stepsOf(path));
  return known.get(path);
}

/** The part of a text at a path; undefined where there is none. */
export function partAt(text: string, path: string): string | undefined {
  const steps = knownSteps(path);
  if (steps === undefined) return undefined;
  return readTokens(text, (tokens) => {
    const written: string[] = [];
    return find(tokens, steps, "raw", written) ? written.join("") : undefined;
  });
}

type Find = (tokens: JacksonTokens, steps: readonly Step[], style: Style, written: string[]) => boolean;

/** Writes what is at the path below the current token, which is read to its end; false where nothing is. */
const find: Find = (tokens, steps, style, written) => {
  const [step, ...rest] = steps;
  if (step === undefined) return value(tokens, style, written);
  if (tokens.token === "START_OBJECT" && step.kind === "name") return field(tokens, step.name, rest, style, written);
  if (tokens.token === "START_ARRAY" && step.kind === "index") {
    const below = rest[0]?.kind === "every element" ? "quoted" : style;
    return element(tokens, step.index, rest, below, written);
  }
  if (tokens.token === "START_ARRAY" && step.kind === "every element") return elements(tokens, rest, style, written);
  tokens.skipChildren();
  return false;
};

function value(tokens: JacksonTokens, style: Style, written: string[]): boolean {
  if (style === "raw" && tokens.token === "VALUE_STRING") {
    written.push(tokens.text());
    return true;
  }
  if (style !== "flattened" || tokens.token !== "START_ARRAY") {
    written.push(writeValue(tokens));
    return true;
  }
  let found = false;
  while (more(tokens, "END_ARRAY")) found = value(tokens, style, written) || found;
  return found;
}

// The first field of the name with a value decides; the others are read over.
function field(tokens: JacksonTokens, name: string, rest: readonly Step[], style: Style, written: string[]): boolean {
  let found = false;
  while (more(tokens, "END_OBJECT")) {
    const isMeant = !found && tokens.currentName === name;
    const isNull = tokens.nextToken() === "VALUE_NULL";
    if (isMeant && !isNull) found = find(tokens, rest, style, written);
    else tokens.skipChildren();
  }
  return found;
}

function element(
  tokens: JacksonTokens,
  index: number,
  rest: readonly Step[],
  style: Style,
  written: string[],
): boolean {
  let found = false;
  for (let at = 0; more(tokens, "END_ARRAY"); at++) {
    if (at === index) found = find(tokens, rest, style, written);
    else tokens.skipChildren();
  }
  return found;
}

function elements(tokens: JacksonTokens, rest: readonly Step[], style: Style, written: string[]): boolean {
  const isDouble = rest[0]?.kind === "every element";
  const parts: string[] = [];
  let count = 0;
  const below = isDouble || style === "flattened" ? "flattened" : "quoted";
  while (more(tokens, "END_ARRAY")) if (find(tokens, isDouble ? rest.slice(1) : rest, below, parts)) count += 1;
  const whole = `[${parts.join(",")}]`;
  // A single match stands without brackets, but not below another array.
  const isList = isDouble || style === "quoted" || count > 1;
  if (isList) written.push(whole);
  else if (count === 1) written.push(parts.join(","));
  return count > 0;
}
