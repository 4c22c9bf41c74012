/** What a default of a column must be: a constant that can be stored in it. */
import { AnalysisError, isLakewrightError } from "../../errors.ts";
import { canStoreAssign } from "../../functions/cast-rules.ts";
import { sqlParser } from "../../functions/parsers.ts";
import type { Literal } from "../../plan/expression.ts";
import type { StructField } from "../../types/data-type.ts";
import { quoted } from "../../types/identifier.ts";
import { sqlName } from "../../types/type-name.ts";
import type { CommandContext } from "../commands/context.ts";
import { defaultText } from "./column-defaults.ts";

/**
 * Checks the default of a column, if it has one.
 *
 * @param statement - the statement, for the error
 * @throws AnalysisError `INVALID_DEFAULT_VALUE`
 */
export async function checkDefault(column: StructField, statement: string, context: CommandContext): Promise<void> {
  const text = defaultText(column);
  if (text === undefined) return;
  const value = await constantOf(text, column, statement, context);
  if (!canStoreAssign(value.type, column.type)) throw otherType(text, column, statement, value);
}

async function constantOf(
  text: string,
  column: StructField,
  statement: string,
  context: CommandContext,
): Promise<Literal> {
  try {
    return await context.evaluate(sqlParser().expression(text));
  } catch (error) {
    if (isLakewrightError(error) && error.condition?.startsWith("UNRESOLVED_COLUMN"))
      throw notConstant(text, column, statement);
    throw error;
  }
}

const about = (statement: string, { name }: StructField, text: string): string =>
  `Failed to execute ${statement} command because the destination column or variable ${quoted(name)} has a DEFAULT value ${text}`;

const otherType = (text: string, column: StructField, statement: string, { type }: Literal): AnalysisError =>
  new AnalysisError(
    `${about(statement, column, text)}, which requires "${sqlName(column.type)}" type, but the statement provided a value of incompatible "${sqlName(type)}" type`,
    {
      condition: "INVALID_DEFAULT_VALUE.DATA_TYPE",
      sqlState: "42623",
      parameters: {
        statement,
        colName: quoted(column.name),
        defaultValue: text,
        expectedType: `"${sqlName(column.type)}"`,
        actualType: `"${sqlName(type)}"`,
      },
    },
  );

const notConstant = (text: string, column: StructField, statement: string): AnalysisError =>
  new AnalysisError(
    `${about(statement, column, text)}, which is not a constant expression whose equivalent value is known at query planning time`,
    {
      condition: "INVALID_DEFAULT_VALUE.NOT_CONSTANT",
      sqlState: "42623",
      parameters: { statement, colName: quoted(column.name), defaultValue: text },
    },
  );
