/** What goes wrong with the objects of a catalogue, under Spark's conditions. */
import { AnalysisError, listed, nearest } from "../errors.ts";
import { quoted } from "../types/identifier.ts";
import type { QualifiedName } from "./objects.ts";

/** The name of the only catalogue. */
export const catalogName = "spark_catalog";

/** A name of several parts as errors show it: each in back-ticks. */
export const shown = (parts: readonly string[]): string => parts.map(quoted).join(".");

/** The whole name of an object as errors show it. */
export const shownWhole = ({ namespace, name }: QualifiedName): string => shown([catalogName, namespace, name]);

/** What lasts must not read what goes with the session. */
export function readsTemporary(
  reader: { readonly kind: "FUNCTION" | "VIEW"; readonly name: string },
  kind: "FUNCTION" | "VIEW" | "VARIABLE",
  name: readonly string[],
): AnalysisError {
  const temporary = shown(name);
  return new AnalysisError(
    `Cannot create the persistent object ${reader.name} of the type ${reader.kind} because it references to the temporary object ${temporary} of the type ${kind}`,
    {
      condition: "INVALID_TEMP_OBJ_REFERENCE",
      sqlState: "42K0F",
      parameters: { obj: reader.kind, objName: reader.name, tempObj: kind, tempObjName: temporary },
      hint: `Please make the temporary object ${temporary} persistent, or make the persistent object ${reader.name} temporary.`,
    },
  );
}

export const tableExists = (name: QualifiedName): AnalysisError =>
  new AnalysisError(`Cannot create table or view ${shownWhole(name)} because it already exists`, {
    condition: "TABLE_OR_VIEW_ALREADY_EXISTS",
    sqlState: "42P07",
    parameters: { relationName: shownWhole(name) },
    hint: "Choose a different name, drop or replace the existing object, or add the IF NOT EXISTS clause to tolerate pre-existing objects.",
  });

/** Where names without a namespace are looked for, as Spark tells it. */
const searchPath = (namespace = "default"): string =>
  `[${[
    ["system", "builtin"],
    ["system", "session"],
    [catalogName, namespace],
  ]
    .map(shown)
    .join(", ")}]`;

/**
 * @param name - as it was written
 * @param existing - the names of what there is
 * @param namespace - the current one
 * @param isRead - whether rows are asked for: commands look elsewhere, each in its own places
 */
export function noSuchRelation(
  name: readonly string[],
  existing: readonly string[],
  namespace?: string,
  isRead = false,
): AnalysisError {
  const near = nearest(name.at(-1)!, existing);
  const place = namespace === undefined ? "" : ` The current namespace is ${quoted(namespace)}.`;
  return new AnalysisError(
    `The table or view ${shown(name)} cannot be found. Verify the spelling and correctness of the schema and catalog`,
    {
      condition: "TABLE_OR_VIEW_NOT_FOUND",
      sqlState: "42P01",
      parameters: { relationName: shown(name), ...(isRead ? { searchPath: searchPath(namespace) } : {}) },
      hint:
        near.length > 0
          ? `Did you mean ${near.join(" or ")}?`
          : `The tables and views are: ${listed(existing)}.${place}`,
    },
  );
}

/** @param existing - the namespaces that there are */
export function noSuchNamespace(namespace: string, existing: readonly string[]): AnalysisError {
  const near = nearest(namespace, existing);
  return new AnalysisError(
    `The schema ${shown([catalogName, namespace])} cannot be found. Verify the spelling and correctness of the schema and catalog`,
    {
      condition: "SCHEMA_NOT_FOUND",
      sqlState: "42704",
      parameters: { schemaName: shown([catalogName, namespace]) },
      hint: near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `The schemas are: ${listed(existing)}.`,
    },
  );
}

export const namespaceExists = (name: string): AnalysisError =>
  new AnalysisError(`Cannot create schema ${quoted(name)} because it already exists`, {
    condition: "SCHEMA_ALREADY_EXISTS",
    sqlState: "42P06",
    parameters: { schemaName: quoted(name) },
    hint: "Choose a different name, drop the existing schema, or add the IF NOT EXISTS clause to tolerate pre-existing schema.",
  });

export const namespaceNotEmpty = (name: string): AnalysisError =>
  new AnalysisError(`Cannot drop a schema ${quoted(name)} because it contains objects`, {
    condition: "SCHEMA_NOT_EMPTY",
    sqlState: "2BP01",
    parameters: { schemaName: quoted(name) },
    hint: "Use DROP SCHEMA ... CASCADE to drop the schema and all its objects.",
  });

export const defaultStays = (): AnalysisError =>
  new AnalysisError(`The feature is not supported: Drop the default database ${shown([catalogName, "default"])}`, {
    condition: "UNSUPPORTED_FEATURE.DROP_DATABASE",
    sqlState: "0A000",
    parameters: { database: shown([catalogName, "default"]) },
  });

export const notSinglePart = (parts: readonly string[]): AnalysisError =>
  new AnalysisError(`${catalogName} requires a single-part namespace, but got identifier ${shown(parts)}`, {
    condition: "REQUIRES_SINGLE_PART_NAMESPACE",
    sqlState: "42K05",
    parameters: { sessionCatalog: catalogName, identifier: shown(parts) },
    hint: "Name an object as namespace.name.",
  });

export const noSuchCatalog = (name: string): AnalysisError =>
  new AnalysisError(`The catalog ${quoted(name)} not found`, {
    condition: "CATALOG_NOT_FOUND",
    sqlState: "42P08",
    parameters: { catalogName: quoted(name) },
    hint: `The only catalogue is ${catalogName}.`,
  });

const validName = /^\w+$/;

/**
 * Refuses names that Spark's session catalogue refuses.
 *
 * @throws AnalysisError `INVALID_SCHEMA_OR_RELATION_NAME`
 */
export function checkName(name: string): void {
  if (validName.test(name)) return;
  throw new AnalysisError(
    `${quoted(name)} is not a valid name for tables/schemas. Valid names only contain alphabet characters, numbers and _`,
    { condition: "INVALID_SCHEMA_OR_RELATION_NAME", sqlState: "42602", parameters: { name: quoted(name) } },
  );
}

export const routineExists = ({ namespace, name }: QualifiedName): AnalysisError =>
  new AnalysisError(
    `Cannot create the routine ${shown([namespace, name])} because a routine of that name already exists`,
    {
      condition: "ROUTINE_ALREADY_EXISTS",
      sqlState: "42723",
      parameters: { routineName: shown([namespace, name]) },
      hint: "Choose a different name, drop or replace the existing routine, or add the IF NOT EXISTS clause to tolerate a pre-existing routine.",
    },
  );

/** @param existing - the names of the functions that there are */
export function noSuchRoutine(name: readonly string[], existing: readonly string[]): AnalysisError {
  const near = nearest(name.at(-1)!, existing);
  return new AnalysisError(`The routine ${shown(name)} cannot be found`, {
    condition: "ROUTINE_NOT_FOUND",
    sqlState: "42883",
    parameters: { routineName: shown(name) },
    hint: near.length > 0 ? `Did you mean ${near.join(" or ")}?` : "SHOW USER FUNCTIONS lists those that there are.",
  });
}

/** A managed table cannot be made where files lie already. */
export const locationTaken = (name: QualifiedName, location: string): AnalysisError =>
  new AnalysisError(
    `Cannot name the managed table as ${shownWhole(name)}, as its associated location '${location}' already exists`,
    {
      condition: "LOCATION_ALREADY_EXISTS",
      sqlState: "42710",
      parameters: { identifier: shownWhole(name), location: `'${location}'` },
      hint: "Please pick a different table name, or remove the existing location first.",
    },
  );
