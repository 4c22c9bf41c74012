/** The option `singleVariantColumn`: each record as a whole is the value of one VARIANT column. */
import { AnalysisError } from "../../../../errors.ts";
import { optionsOf } from "../../../../plan/file-options/index.ts";
import { type StructType, structField, structType, variantType } from "../../../../types/data-type.ts";
import { sqlName } from "../../../../types/type-name.ts";
import { defaultCorruptColumn, type Options, option } from "./options.ts";

const optionName = "singleVariantColumn";

/** Whether records are read as a whole. */
export const isSingleVariant = (options: Options): boolean => option(options, optionName) !== undefined;

/**
 * The schema that the option asks for, or undefined where it is not given or the format does not have it.
 *
 * @param schema - that of the user, if any, which may add the column of corrupt records
 * @throws AnalysisError `INVALID_SINGLE_VARIANT_COLUMN` for another schema
 */
export function singleVariantSchema(
  format: string,
  options: Options,
  schema: StructType | undefined,
): StructType | undefined {
  const name = optionsOf(format)?.[optionName] === undefined ? undefined : option(options, optionName);
  if (name === undefined) return undefined;
  if (schema === undefined) return structType([structField(name, variantType)]);
  const corruptColumn = option(options, "columnNameOfCorruptRecord") ?? defaultCorruptColumn;
  const rest = schema.fields.filter(
    (field) => !(field.name === name && field.type.kind === "variant" && field.nullable),
  );
  const isRight =
    rest.length === schema.fields.length - 1 &&
    (rest.length === 0 ||
      (rest.length === 1 && rest[0]!.name === corruptColumn && rest[0]!.type.kind === "string" && rest[0]!.nullable));
  if (!isRight) throw wrongSchema(schema, name, corruptColumn);
  return schema;
}

const wrongSchema = (schema: StructType, name: string, corruptColumn: string): AnalysisError =>
  new AnalysisError(
    `User specified schema "${sqlName(schema)}" is invalid when the \`${optionName}\` option is enabled. The schema must either be a variant field, or a variant field plus a corrupt column field`,
    {
      condition: "INVALID_SINGLE_VARIANT_COLUMN",
      sqlState: "42613",
      parameters: { schema: `"${sqlName(schema)}"` },
      hint: `Leave the schema out, or write \`${name}\` VARIANT, with ${corruptColumn} STRING beside it if you want the malformed records.`,
    },
  );
