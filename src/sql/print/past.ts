/** Tables as they were, and their changes. */
import type { Moments, Options, RelationChanges } from "../../plan/relation.ts";
import { stringLiteral } from "../../types/identifier.ts";
import { optionSql } from "./expressions.ts";
import { list, type Printer } from "./printer.ts";

/** What stands behind the name of a table: its version, and options. */
export function pastSql(
  { options, moments = {} }: { readonly options: Options; readonly moments?: Moments },
  printer: Printer,
): string {
  const { timestampAsOf } = moments;
  const version = timestampAsOf === undefined ? "" : ` TIMESTAMP AS OF (${printer.expression(timestampAsOf)})`;
  return `${version}${optionsSql(options)}`;
}

/** The clause of a table's changes; undefined for those that begin nowhere, and for a version at one end with a moment at the other. */
export function changesSql({ options, moments = {} }: RelationChanges, printer: Printer): string | undefined {
  const rest = new Map(Object.entries(options));
  const boundSql = (end: "starting" | "ending", unit: "Version" | "Timestamp"): string | undefined => {
    const name = `${end}${unit}`;
    const moment = moments[name];
    const text = rest.get(name);
    if (moment === undefined && text === undefined) return undefined;
    const excludes = rest.get(`${end}BoundInclusive`) === "false";
    if (excludes) rest.delete(`${end}BoundInclusive`);
    rest.delete(name);
    const value = moment === undefined ? stringLiteral(text!) : `(${printer.expression(moment)})`;
    return `${unit.toUpperCase()} ${value}${excludes ? " EXCLUSIVE" : ""}`;
  };
  for (const unit of ["Version", "Timestamp"] as const) {
    const from = boundSql("starting", unit);
    if (from === undefined) continue;
    const to = boundSql("ending", unit);
    if (rest.has("endingVersion") || rest.has("endingTimestamp")) return undefined;
    return ` CHANGES FROM ${from}${to === undefined ? "" : ` TO ${to}`}${optionsSql(Object.fromEntries(rest))}`;
  }
  return undefined;
}

function optionsSql(options: Options): string {
  const entries = Object.entries(options);
  return entries.length === 0 ? "" : ` WITH (${list(entries, optionSql)})`;
}
