/** The schema of a query that outlives the session: it reads none of the session's variables. */
import { readsTemporary } from "../../catalogue/errors.ts";
import { isLakewrightError } from "../../errors.ts";
import type { Relation } from "../../plan/relation.ts";
import type { StructType } from "../../types/data-type.ts";
import { Variables } from "../variables.ts";
import type { CommandContext } from "./context.ts";

/**
 * @param reader - the view or function whose query it is
 * @throws AnalysisError `INVALID_TEMP_OBJ_REFERENCE` where a name means a variable
 */
export async function lastingSchema(
  reader: Parameters<typeof readsTemporary>[0],
  plan: Relation,
  context: CommandContext,
): Promise<StructType> {
  try {
    return await context.within(new Variables()).schemaOf(plan);
  } catch (error) {
    const name = unresolvedName(error);
    const isVariable = name !== undefined && context.variables.find(name) !== undefined;
    throw isVariable ? readsTemporary(reader, "VARIABLE", name) : error;
  }
}

function unresolvedName(error: unknown): readonly string[] | undefined {
  if (!isLakewrightError(error) || error.condition?.startsWith("UNRESOLVED_COLUMN") !== true) return undefined;
  return error.parameters.objectName?.slice(1, -1).split("`.`");
}
