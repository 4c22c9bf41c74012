/** Regular expressions over text. */
import { arrayType, booleanType, intType, stringType } from "../../../types/data-type.ts";
import { condition } from "../translate-failure.ts";
import type { KernelDefinition } from "./kernel.ts";
import { JavaPattern } from "./pattern/java-pattern.ts";
import { PatternError } from "./pattern/parse.ts";
import { parseReplacement, ReplacementError, type ReplacementPart } from "./pattern/replacement.ts";

/** The pattern of a text; fails under the name of the function where it is none. */
function patternFor(name: string, source: string): JavaPattern {
  try {
    return JavaPattern.of(source);
  } catch (error) {
    if (error instanceof PatternError)
      throw condition("INVALID_PARAMETER_VALUE.PATTERN", { functionName: name, value: source });
    throw error;
  }
}

function checkGroup(name: string, { groups }: JavaPattern, group: number): void {
  if (group >= 0 && group <= groups) return;
  throw condition("INVALID_PARAMETER_VALUE.REGEX_GROUP_INDEX", {
    functionName: name,
    groupCount: String(groups),
    groupIndex: String(group),
  });
}

function extract(text: string, source: string, group: number): string {
  const pattern = patternFor("regexp_extract", source);
  const match = pattern.first(text);
  if (match === undefined) return "";
  checkGroup("regexp_extract", pattern, group);
  return match.group(group) ?? "";
}

function extractAll(text: string, source: string, group: number): string[] {
  const pattern = patternFor("regexp_extract_all", source);
  return Array.from(pattern.all(text), (match) => {
    checkGroup("regexp_extract_all", pattern, group);
    return match.group(group) ?? "";
  });
}

/** The parts of a replacement; fails as `regexp_replace` does where they are wrong. */
function replacementFor(
  { pattern }: JavaPattern,
  source: string,
  replacement: string,
  position: number,
): readonly ReplacementPart[] {
  try {
    return parseReplacement(replacement, pattern);
  } catch (error) {
    if (!(error instanceof ReplacementError)) throw error;
    throw condition("INVALID_REGEXP_REPLACE", {
      source,
      pattern: pattern.source,
      replacement,
      position: String(position),
    });
  }
}

const written = (parts: readonly ReplacementPart[], group: (number: number) => string | undefined): string =>
  parts.map((part) => (typeof part === "string" ? part : (group(part) ?? ""))).join("");

/** All matches from a position on replaced; what lies before it is as if it were not there. */
function replaceAll(whole: string, source: string, replacement: string, position: number): string {
  const from = position - 1;
  if (from !== 0 && from >= whole.length) return whole;
  const pattern = patternFor("regexp_replace", source);
  const text = whole.slice(from);
  let result = whole.slice(0, from);
  let last = 0;
  let parts: readonly ReplacementPart[] | undefined;
  for (const match of pattern.all(text)) {
    parts ??= replacementFor(pattern, whole, replacement, position);
    result += text.slice(last, match.start) + written(parts, match.group);
    last = match.end;
  }
  return result + text.slice(last);
}

/** Text split as Java's `String.split` does, with empty ends kept. */
function split(text: string, source: string, limit: number): string[] {
  if (source === "" && text !== "") return splitCharacters(text, limit);
  const parts: string[] = [];
  let last = 0;
  for (const { start, end } of patternFor("split", source).all(text)) {
    if (limit > 0 && parts.length === limit - 1) break;
    if (end === 0) continue;
    parts.push(text.slice(last, start));
    last = end;
  }
  return [...parts, text.slice(last)];
}

function splitCharacters(text: string, limit: number): string[] {
  const characters = Array.from(text);
  if (limit <= 0 || limit >= characters.length) return characters;
  return [...characters.slice(0, limit - 1), characters.slice(limit - 1).join("")];
}

const texts = (count: number) => Array.from({ length: count }, () => stringType);

export const patternKernels = {
  rlike: {
    parameters: texts(2),
    result: booleanType,
    call: (text: string, source: string) => patternFor("rlike", source).test(text),
  },
  regexp_extract: { parameters: [...texts(2), intType], result: stringType, call: extract },
  regexp_extract_all: { parameters: [...texts(2), intType], result: arrayType(stringType), call: extractAll },
  regexp_count: {
    parameters: texts(2),
    result: intType,
    call: (text: string, source: string) => Array.from(patternFor("regexp_count", source).all(text)).length,
  },
  regexp_instr: {
    parameters: texts(2),
    result: intType,
    call: (text: string, source: string) => (patternFor("regexp_instr", source).first(text)?.start ?? -1) + 1,
  },
  regexp_substr: {
    parameters: texts(2),
    result: stringType,
    call: (text: string, source: string) => patternFor("regexp_substr", source).first(text)?.group(0) || null,
  },
  regexp_replace: { parameters: [...texts(3), intType], result: stringType, call: replaceAll },
  split: { parameters: [...texts(2), intType], result: arrayType(stringType), call: split },
} satisfies Readonly<Record<string, KernelDefinition>>;
