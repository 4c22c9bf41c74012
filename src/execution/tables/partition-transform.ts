/** By which columns a table is partitioned, where a statement names them as expressions. */
import { UnsupportedError } from "../../errors.ts";
import type { Expression } from "../../plan/expression.ts";

/**
 * The column by which a table is partitioned.
 *
 * @throws UnsupportedError `UNSUPPORTED_PARTITION_TRANSFORM` for anything but a column
 */
export function identityColumn(expression: Expression): string {
  if (expression.kind === "attribute" && expression.name.length === 1) return expression.name[0]!;
  const isCall = expression.kind === "call";
  const columns = isCall
    ? expression.arguments.map((each) => (each.kind === "attribute" ? each.name.join(".") : "…"))
    : [];
  throw noTransform(isCall ? `${expression.name.join(".")}(${columns.join(", ")})` : expression.kind);
}

/** @param text - the transform as it is written */
export const noTransform = (text: string): UnsupportedError =>
  new UnsupportedError(`Unsupported partition transform: \`${text}\``, {
    condition: "UNSUPPORTED_PARTITION_TRANSFORM",
    sqlState: "0A000",
    parameters: { transform: `\`${text}\`` },
    hint: "Tables of files are partitioned by columns; compute the value as a column first.",
  });
