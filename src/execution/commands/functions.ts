/** SQL functions: made, kept as their text, and dropped. */
import { checkName, noSuchRoutine, shown } from "../../catalogue/errors.ts";
import type { FunctionObject, QualifiedName } from "../../catalogue/objects.ts";
import { AnalysisError } from "../../errors.ts";
import { lookupFunction } from "../../functions/catalogue.ts";
import type { CreateFunction } from "../../plan/catalogue-command.ts";
import type { Expression } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import { isRelation } from "../../plan/rewrite.ts";
import { type StructType, structField, structType } from "../../types/data-type.ts";
import { quoted } from "../../types/identifier.ts";
import { bodyOf, functionText } from "../sql-functions.ts";
import type { CommandContext, Handlers } from "./context.ts";
import {
  checkAccess,
  checkColumnCount,
  checkDefaults,
  checkLasting,
  checkScalar,
  checkSignature,
} from "./function-checks.ts";
import { lastingSchema } from "./lasting-schema.ts";
import { circumstances } from "./views.ts";

export const functionHandlers: Handlers<"create function" | "drop function"> = {
  "create function": async (command, context) => {
    const name = context.names.qualified(command.name);
    checkName(name.name);
    checkSignature(command);
    const object = await checked(functionOf(command, name, context), command, context);
    if (command.temporary) return context.names.functions.create(object, command);
    await context.catalogue.namespace(name.namespace);
    if (command.ifNotExists && (await context.catalogue.function(name)) !== undefined) return;
    await context.catalogue.createFunction(object, command.replace);
  },
  "drop function": async ({ name, temporary, ifExists }, context) => {
    if (temporary) return context.names.functions.drop(name.at(-1)!, ifExists);
    const place = context.names.qualified(name);
    if ((await context.catalogue.function(place)) !== undefined) return context.catalogue.dropFunction(place);
    if (context.names.functions.find(name) !== undefined) throw isTemporary(name);
    if (name.length === 1 && lookupFunction(name[0]!) !== undefined) throw isBuiltIn(name[0]!);
    if (!ifExists) throw noSuchRoutine(name, await context.catalogue.functions(place.namespace));
  },
};

/** The function with the types that its body gives. */
async function checked(object: FunctionObject, command: CreateFunction, context: CommandContext) {
  await checkDefaults(object, context);
  const written = bodyOf(object);
  if (!isRelation(written)) checkScalar(written, object);
  if (!command.temporary) await checkLasting(object, written, context);
  const body = await context.expanded(written, [functionText(object, command.temporary)]);
  if (command.access === "contains") checkAccess(body);
  const row: Relation = { kind: "local relation", schema: parameterSchema(object), batches: [] };
  const input: Relation = { kind: "subquery alias", input: row, name: object.name };
  const reader = { kind: "FUNCTION", name: shown([object.namespace, object.name]) } as const;
  const schemaOf = (plan: Relation): Promise<StructType> =>
    command.temporary ? context.schemaOf(plan) : lastingSchema(reader, plan, context);
  return isRelation(body) ? tableChecked(object, body, input, schemaOf) : scalarChecked(object, body, input, schemaOf);
}

const parameterSchema = ({ parameters }: FunctionObject): StructType =>
  structType(parameters.map(({ name, type }) => structField(name, type)));

async function scalarChecked(
  object: FunctionObject,
  body: Expression,
  input: Relation,
  schemaOf: CommandContext["schemaOf"],
): Promise<FunctionObject> {
  const value: Expression =
    object.returns === undefined ? body : { kind: "cast", input: body, type: object.returns, mode: "ansi" };
  const named: Expression = { kind: "alias", input: value, names: ["value"] };
  const schema = await schemaOf({ kind: "project", input, expressions: [named] });
  return { ...object, returns: schema.fields[0]!.type };
}

async function tableChecked(
  object: FunctionObject,
  body: Relation,
  left: Relation,
  schemaOf: CommandContext["schemaOf"],
): Promise<FunctionObject> {
  const whole: Relation = { kind: "lateral join", left, right: body, type: "inner" };
  const schema = await schemaOf(object.parameters.length === 0 ? body : whole);
  const fields = schema.fields.slice(object.parameters.length);
  checkColumnCount(object, fields.length);
  return { ...object, columns: object.columns ?? structType(fields) };
}

const isTemporary = (name: readonly string[]): AnalysisError =>
  new AnalysisError(`${name.join(".")} is a temporary function. 'DROP FUNCTION' expects a persistent function`, {
    condition: "_LEGACY_ERROR_TEMP_1017",
    hint: "Please use DROP TEMPORARY FUNCTION to drop a temporary function.",
  });

const isBuiltIn = (name: string): AnalysisError =>
  new AnalysisError(`The operation DROP is not allowed on the FUNCTION: ${quoted(name)}`, {
    condition: "FORBIDDEN_OPERATION",
    sqlState: "42809",
    parameters: { statement: "DROP", objectType: "FUNCTION", objectName: quoted(name) },
  });

function functionOf(command: CreateFunction, name: QualifiedName, context: CommandContext): FunctionObject {
  const { parameters = [], returns, table, columns, body, comment, collation, deterministic = true } = command;
  return {
    ...name,
    id: crypto.randomUUID(),
    parameters,
    table,
    ...(returns === undefined ? {} : { returns }),
    ...(columns === undefined ? {} : { columns }),
    body,
    ...(comment === undefined ? {} : { comment }),
    ...(collation === undefined ? {} : { collation }),
    deterministic,
    ...circumstances(context),
    createdAt: Date.now(),
  };
}
