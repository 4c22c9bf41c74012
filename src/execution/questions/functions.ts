/** Functions: built-in ones, those of the session, and those of the catalogue. */
import { catalogName } from "../../catalogue/errors.ts";
import type { FunctionObject } from "../../catalogue/objects.ts";
import { matches } from "../../catalogue/pattern.ts";
import { AnalysisError, nearest } from "../../errors.ts";
import { catalogueEntries, functionNames, lookupFunction } from "../../functions/catalogue.ts";
import type { ObjectName } from "../../plan/catalogue-command.ts";
import { deferred } from "../../types/deferred.ts";
import { quoted } from "../../types/identifier.ts";
import type { CommandContext } from "../commands/context.ts";
import { type Answerers, answering } from "./answer.ts";

const named = answering({ function: "string" });
const functions = answering({
  name: "string",
  catalog: "string?",
  namespace: "strings?",
  description: "string?",
  className: "string",
  isTemporary: "boolean",
});

export const functionAnswerers: Answerers<"functions" | "list functions" | "get function"> = {
  functions: async ({ scope, namespace, like }, context) => {
    const place = context.names.namespaceName(namespace);
    await context.catalogue.namespace(place);
    const meets = matches(like);
    const builtIn = scope === "user" ? [] : functionNames.filter(meets);
    const temporary = scope === "system" ? [] : context.names.functions.names.filter(meets);
    const lasting = scope === "system" ? [] : (await context.catalogue.functions(place)).filter(meets);
    const all = [...builtIn, ...temporary, ...lasting.map((name) => `${catalogName}.${place}.${name}`)];
    return named(all.sort().map((name) => [name]));
  },
  "list functions": async ({ namespace, like }, context) => {
    const place = context.names.namespaceName(namespace);
    await context.catalogue.namespace(place);
    const meets = matches(like);
    const lasting = (await context.catalogue.functions(place)).filter(meets).map((name) => lastingRow(place, name));
    const own = [...functionNames, ...context.names.functions.names].filter(meets).map(temporaryRow);
    return functions([...own, ...lasting].sort(([left], [right]) => (String(left) < String(right) ? -1 : 1)));
  },
  "get function": async ({ name }, context) => {
    const found = await functionNamed(name, context);
    if ("signature" in found || found.isTemporary) return functions([temporaryRow(name.at(-1)!.toLowerCase())]);
    return functions([lastingRow(found.object.namespace, found.object.name)]);
  },
};

/** Spark calls its own functions temporary, and names the class of each; ours have none. */
const temporaryRow = (name: string) => [name, null, null, signatureOf(name) ?? null, "", true] as const;
const lastingRow = (namespace: string, name: string) => [name, catalogName, [namespace], null, "", false] as const;

const signatures = deferred(
  () => new Map(catalogueEntries.map(({ definition, signature }) => [definition.name.toLowerCase(), signature])),
);

function signatureOf(name: string): string | undefined {
  const definition = lookupFunction(name);
  return definition === undefined ? undefined : (signatures().get(definition.name.toLowerCase()) ?? definition.name);
}

/** What a name of a function means: ours, or one that was made by a statement. */
export type FunctionFound =
  | { readonly name: string; readonly signature: string }
  | { readonly object: FunctionObject; readonly whole: string; readonly isTemporary: boolean };

/** @throws AnalysisError `UNRESOLVED_ROUTINE` */
export async function functionNamed(name: ObjectName, context: CommandContext): Promise<FunctionFound> {
  const own = name.length === 1 ? signatureOf(name[0]!) : undefined;
  if (own !== undefined) return { name: name[0]!.toLowerCase(), signature: own };
  const temporary = context.names.functions.find(name);
  if (temporary !== undefined) return { object: temporary, whole: temporary.name, isTemporary: true };
  const place = context.names.qualified(name);
  const object = await context.catalogue.function(place);
  if (object !== undefined)
    return { object, whole: `${catalogName}.${place.namespace}.${place.name}`, isTemporary: false };
  throw unresolved(name, [...functionNames, ...(await context.catalogue.functions(place.namespace))]);
}

const unresolved = (name: ObjectName, existing: readonly string[]): AnalysisError => {
  const near = nearest(name.at(-1)!, existing);
  return new AnalysisError(`Cannot resolve routine ${name.map(quoted).join(".")}`, {
    condition: "UNRESOLVED_ROUTINE",
    sqlState: "42883",
    parameters: { routineName: name.map(quoted).join(".") },
    hint: near.length > 0 ? `Did you mean ${near.join(" or ")}?` : "SHOW FUNCTIONS lists what there is.",
  });
};
