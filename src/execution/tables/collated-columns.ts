/** Columns of tables whose texts have a default collation. */
import { UnsupportedError } from "../../errors.ts";
import { sqlParser } from "../../functions/parsers.ts";
import { equalPlans } from "../../plan/equal.ts";
import { holdsBoundedText } from "../../types/bounded-text.ts";
import { textType } from "../../types/collation.ts";
import type { StructField } from "../../types/data-type.ts";
import { sqlName } from "../../types/type-name.ts";
import { defaultText } from "./column-defaults.ts";

/** @throws UnsupportedError for CHAR and VARCHAR, and for defaults that the collation decides about */
export function checkCollated(fields: readonly StructField[], collation: string): void {
  if (collation === "UTF8_BINARY") return;
  for (const field of fields) {
    if (holdsBoundedText(field.type))
      throw new UnsupportedError(`${sqlName(field.type)} in a table with DEFAULT COLLATION ${collation}`, {
        hint: "Write STRING, or leave the clause out and state the collation of each column.",
      });
    const text = defaultText(field);
    if (text !== undefined && dependsOn(text, collation))
      throw new UnsupportedError(`the default ${text} in a table with DEFAULT COLLATION ${collation}`, {
        hint: "Take a constant as default.",
      });
  }
}

/** Whether an expression is another one where its texts have a collation; a constant alone is stored alike. */
function dependsOn(text: string, collation: string): boolean {
  const plain = sqlParser().expression(text);
  return (
    plain.kind !== "literal" && !equalPlans(plain, sqlParser().expression(text, { stringType: textType(collation) }))
  );
}
