/** Values of structs given to columns by the names of their fields, as Delta casts what `UPDATE` and `MERGE` assign. */
import { AnalysisError, isLakewrightError } from "../../../errors.ts";
import type { Expression } from "../../../plan/expression.ts";
import type { DataType, StructType } from "../../../types/data-type.ts";
import { sameShape } from "../../../types/same-type.ts";
import { simpleString } from "../../../types/type-name.ts";
import { columnOf } from "../schema-change.ts";
import { call, firstOf, isThere, nothing, text } from "./expressions.ts";

/** What becomes of fields that a value lacks. */
export interface StructFit {
  /** Whether there may be any; they are null then. */
  readonly evolves: boolean;
  /** What the column has, of its own type, whose fields stay in place of those that are lacking. */
  readonly before?: Expression | undefined;
}

/**
 * A value with the fields that a column's type has, in its order; what is no struct is left to a cast.
 *
 * @throws AnalysisError `DELTA_UPDATE_SCHEMA_MISMATCH_EXPRESSION` where a struct has fields that the column's has not or,
 *   unless the schema evolves, lacks some
 */
export function byName(value: Expression, from: DataType, to: DataType, fit: StructFit): Expression {
  if (sameShape(from, to)) return value;
  if (from.kind === "struct" && to.kind === "struct") return structByName(value, from, to, fit);
  const inner = (name: string, own: DataType, other: DataType): Expression =>
    byName({ kind: "lambda parameter", name }, own, other, { evolves: fit.evolves });
  if (from.kind === "array" && to.kind === "array" && from.element.kind === "struct") {
    const body = inner("element", from.element, to.element);
    return call("transform", value, { kind: "lambda", parameters: ["element"], body });
  }
  if (from.kind === "map" && to.kind === "map") {
    const parameters = ["key", "value"];
    const [key, item] = [inner("key", from.key, to.key), inner("value", from.value, to.value)];
    const keyed = sameShape(from.key, to.key)
      ? value
      : call("transform_keys", value, { kind: "lambda", parameters, body: key });
    return sameShape(from.value, to.value)
      ? keyed
      : call("transform_values", keyed, { kind: "lambda", parameters, body: item });
  }
  return value;
}

function structByName(value: Expression, from: StructType, to: StructType, fit: StructFit): Expression {
  const isUnlike =
    from.fields.some(({ name }) => columnOf(name, to) === undefined) ||
    (from.fields.length !== to.fields.length && !fit.evolves);
  if (isUnlike) throw unlike(from, to);
  const field = (of: Expression, name: string): Expression => ({
    kind: "extract value",
    input: of,
    extraction: text(name),
  });
  const fields = to.fields.flatMap(({ name, type }): Expression[] => {
    const own = columnOf(name, from);
    const before = fit.before === undefined ? undefined : field(fit.before, name);
    const given =
      own === undefined
        ? (before ?? nothing(type))
        : byName(field(value, own.name), own.type, type, { evolves: fit.evolves, before });
    return [text(name), given];
  });
  // A struct that is null stays null, unless fields of another are kept.
  const isKept = fit.before !== undefined && lacksFields(from, to);
  const isSome = isKept ? call("or", isThere(value), isThere(fit.before!)) : isThere(value);
  return firstOf([[isSome, call("named_struct", ...fields)]], nothing(to));
}

/** Whether a struct lacks fields of another, at any depth of structs. */
const lacksFields = (from: StructType, to: StructType): boolean =>
  to.fields.some(({ name, type }) => {
    const own = columnOf(name, from);
    return own === undefined || (own.type.kind === "struct" && type.kind === "struct" && lacksFields(own.type, type));
  });

const misfit = "DELTA_UPDATE_SCHEMA_MISMATCH_EXPRESSION";

/** Whether an error says that a struct has other fields than its column's. */
export const isMisfit = (error: unknown): boolean => isLakewrightError(error) && error.condition === misfit;

const unlike = (from: DataType, to: DataType): AnalysisError =>
  new AnalysisError(`Cannot cast ${simpleString(from)} to ${simpleString(to)}. All nested columns must match.`, {
    condition: misfit,
    sqlState: "42846",
    parameters: { fromCatalog: simpleString(from), toCatalog: simpleString(to) },
    hint: "Give structs the fields that the table's have, or merge WITH SCHEMA EVOLUTION, which adds fields and leaves those that are lacking null.",
  });
