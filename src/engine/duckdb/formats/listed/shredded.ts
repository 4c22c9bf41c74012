/** VARIANT columns whose values files hold taken apart, which would be read as if a part of them was all. */
import { UnsupportedError } from "../../../../errors.ts";
import type { ListedFile } from "../../../../plan/listed-files.ts";
import type { DataType } from "../../../../types/data-type.ts";
import type { Database } from "../../database.ts";
import { pathList } from "../path-list.ts";

/** Whether a type is VARIANT or holds one. */
export function holdsVariant(type: DataType): boolean {
  if (type.kind === "struct") return type.fields.some((field) => holdsVariant(field.type));
  if (type.kind === "array") return holdsVariant(type.element);
  if (type.kind === "map") return holdsVariant(type.key) || holdsVariant(type.value);
  return type.kind === "variant";
}

/** @throws UnsupportedError `UNSUPPORTED_FEATURE` naming `variantShredding` and the first such file */
export async function checkNotShredded(files: readonly ListedFile[], database: Database): Promise<void> {
  const paths = pathList(files.map(({ path }) => path));
  const rows = await database.rows(
    `SELECT min(file_name) AS path FROM parquet_schema(${paths}) WHERE name = 'typed_value'`,
  );
  const path = rows[0]?.path;
  if (path === null || path === undefined) return;
  throw new UnsupportedError(
    `The file ${String(path)} holds values of type VARIANT taken apart (variantShredding), which cannot be read yet`,
    {
      parameters: { path: String(path), feature: "variantShredding" },
      hint: "Leave the VARIANT columns out of the query, or write the table anew with delta.enableVariantShredding set to false.",
    },
  );
}
