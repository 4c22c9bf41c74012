/** Where statements end, without reading them: at semicolons outside of `BEGIN … END`. */
import type { Token } from "../../types/ddl-token.ts";

/** Words behind which BEGIN is a name: `AS begin`, `t.begin`. */
const beforeName: ReadonlySet<string> = new Set(["AS", ".", ","]);

/** What is closed by an END of its own. */
const opening: ReadonlySet<string> = new Set(["BEGIN", "CASE", "IF", "WHILE", "REPEAT", "LOOP", "FOR"]);

/** Words that are also functions or parts of statements: they open something where a statement begins. */
const onlyFirst: ReadonlySet<string> = new Set(["IF", "WHILE", "REPEAT", "LOOP", "FOR"]);

/** Words and signs behind which a statement begins. */
const beforeStatement: ReadonlySet<string> = new Set([
  ";",
  ":",
  "BEGIN",
  "ATOMIC",
  "THEN",
  "ELSE",
  "DO",
  "LOOP",
  "REPEAT",
]);

/**
 * The offsets of the semicolons that end statements.
 *
 * @param tokens - those of a text
 */
export function endsOfStatements(tokens: readonly Token[]): readonly number[] {
  const ends: number[] = [];
  let depth = 0;
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    if (token.kind === "sign" && token.value === ";") {
      if (depth === 0) ends.push(token.start);
      return;
    }
    if (token.kind !== "word") return;
    if (token.value === "END") depth = Math.max(0, depth - 1);
    else if (opening.has(token.value) && opens(token.value, before, depth)) depth += 1;
  });
  return ends;
}

function opens(word: string, before: Token | undefined, depth: number): boolean {
  if (depth === 0) return word === "BEGIN" && (before === undefined || before.value === ";");
  if (before === undefined || before.value === "END" || beforeName.has(before.value)) return false;
  return !onlyFirst.has(word) || (before.kind !== "quoted" && beforeStatement.has(before.value));
}
