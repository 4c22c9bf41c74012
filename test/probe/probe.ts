/** Asking an engine about every call with an argument of each type in each place. */
import { type Ask, foldability } from "./answer.ts";
import { type Form, limitOf, statementOf } from "./forms.ts";
import type { ProbedCall } from "./recorded.ts";
import { letters } from "./types.ts";

async function placeOf(ask: Ask, form: Form, place: number): Promise<Readonly<Record<string, string>>> {
  const answers = letters.map(async (letter) => [letter, await ask(statementOf(form, place, letter))] as const);
  return Object.fromEntries(await Promise.all(answers));
}

/** What an engine says of a call. */
export async function probed(ask: Ask, form: Form): Promise<ProbedCall> {
  const foldable = foldability(await ask(limitOf(form)));
  const places: Readonly<Record<string, string>>[] = [];
  for (const place of form.usual.keys()) places.push(await placeOf(ask, form, place));
  return { text: form.text, ...(foldable === undefined ? {} : { foldable }), places };
}
