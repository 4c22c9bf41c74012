import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { capitalNames, irregularNames } from "../../src/functions/generated-name.ts";

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

test.each(answers.map((answer) => [`${answer.function}(${answer.arguments.join(", ")})`, answer]))(
  "the name of %s is Spark's, or not claimed to be known",
  (call, answer) => {
    if (forms.has(answer.function) || irregular.has(`${answer.function}/${answer.arguments.length}`)) return;
    const name = capital.has(answer.function) ? call.replace(answer.function, answer.function.toUpperCase()) : call;
    expect(answer.columns).toEqual([name]);
  },
);
