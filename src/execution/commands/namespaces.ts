/** Namespaces (databases). */
import { type Catalogue, defaultNamespace } from "../../catalogue/catalogue.ts";
import { checkName, defaultStays } from "../../catalogue/errors.ts";
import type { NamespaceObject } from "../../catalogue/objects.ts";
import type { AlterNamespace } from "../../plan/catalogue-command.ts";
import { joinPath, resolveUri } from "../../storage/path.ts";
import type { Handlers } from "./context.ts";

export const namespaceHandlers: Handlers<"create namespace" | "drop namespace" | "alter namespace" | "use"> = {
  "create namespace": async ({ name, ifNotExists, comment, location, properties }, { names, catalogue }) => {
    const own = names.namespaceName(name);
    checkName(own);
    if (ifNotExists && (await catalogue.findNamespace(own)) !== undefined) return;
    await catalogue.createNamespace({
      name: own,
      location: location === undefined ? joinPath(catalogue.warehouse, `${own}.db`) : resolveUri(location),
      comment: comment ?? "",
      owner: process.env.USER ?? "",
      properties,
    });
  },
  "drop namespace": async ({ name, ifExists, cascade }, { names, catalogue }) => {
    const own = names.namespaceName(name);
    if (own === defaultNamespace) throw defaultStays();
    if (ifExists && (await catalogue.findNamespace(own)) === undefined) return;
    await catalogue.namespace(own);
    if (cascade) await dropAll(own, catalogue);
    await catalogue.dropNamespace(own);
    if (names.current === own) await names.use([defaultNamespace]);
  },
  "alter namespace": async (command, { names, catalogue }) => {
    await catalogue.alterNamespace(names.namespaceName(command.name), (object) => altered(object, command));
  },
  use: ({ name }, { names }) => names.use(name),
};

/** Empties a namespace; what another process makes in it meanwhile lets the drop that follows fail. */
async function dropAll(namespace: string, catalogue: Catalogue): Promise<void> {
  for (const name of await catalogue.relations(namespace)) {
    await catalogue.changeRelation({ namespace, name }, async ({ current, drop }) => {
      if (current !== undefined) await drop(current);
    });
  }
  for (const name of await catalogue.functions(namespace)) await catalogue.dropFunction({ namespace, name });
}

function altered(
  object: NamespaceObject,
  { comment, location, properties = {}, unset = [] }: AlterNamespace,
): NamespaceObject {
  const kept = Object.entries(object.properties).filter(([key]) => !unset.includes(key));
  return {
    ...object,
    ...(comment === undefined ? {} : { comment }),
    ...(location === undefined ? {} : { location: resolveUri(location) }),
    properties: { ...Object.fromEntries(kept), ...properties },
  };
}
