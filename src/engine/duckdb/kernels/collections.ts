/** Maps made of text. */
import { mapType, stringType } from "../../../types/data-type.ts";
import type { StoredMap } from "../../../types/stored-value.ts";
import { condition } from "../translate-failure.ts";
import type { KernelDefinition } from "./kernel.ts";
import { JavaPattern } from "./pattern/java-pattern.ts";

/** The text before the first match and what follows it, where there is a match. */
function halves(text: string, pattern: JavaPattern): readonly [string, string | null] {
  const match = [...firstOf(text, pattern)][0];
  return match === undefined ? [text, null] : [text.slice(0, match.start), text.slice(match.end)];
}

/** The matches that separate: an empty one at the beginning does not. */
function* firstOf(text: string, pattern: JavaPattern) {
  for (const match of pattern.all(text)) if (match.end > 0) yield match;
}

function parts(text: string, pattern: JavaPattern): string[] {
  const found: string[] = [];
  let from = 0;
  for (const { start, end } of firstOf(text, pattern)) {
    found.push(text.slice(from, start));
    from = end;
  }
  return [...found, text.slice(from)];
}

function mapOfText(text: string, pairDelimiter: string, keyValueDelimiter: string): StoredMap {
  const entries = new Map<string, string | null>();
  for (const part of parts(text, JavaPattern.of(pairDelimiter))) {
    const [key, value] = halves(part, JavaPattern.of(keyValueDelimiter));
    if (entries.has(key)) throw condition("DUPLICATED_MAP_KEY", { key });
    entries.set(key, value);
  }
  return { keys: [...entries.keys()], values: [...entries.values()] };
}

export const collectionKernels = {
  str_to_map: {
    parameters: [stringType, stringType, stringType],
    result: mapType(stringType, stringType),
    call: mapOfText,
  },
} satisfies Readonly<Record<string, KernelDefinition>>;
