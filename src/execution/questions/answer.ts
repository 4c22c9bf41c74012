/** What an answer of the catalogue is. */

import type { CatalogueQuestion } from "../../plan/catalogue-query.ts";
import type { CatalogueQuery } from "../../plan/relation.ts";
import type { Batch } from "../../types/batch.ts";
import { batchesOf } from "../../types/batch-builder.ts";
import {
  arrayType,
  booleanType,
  type DataType,
  type StructType,
  stringType,
  structField,
  structType,
} from "../../types/data-type.ts";
import type { CommandContext } from "../commands/context.ts";

/** Rows in memory. */
export interface Answer {
  readonly schema: StructType;
  readonly batches: readonly Batch[];
}

/** How a question is answered; `query` holds the input of the question that has one. */
export type Answerer<Ask extends CatalogueQuestion["ask"]> = (
  question: Extract<CatalogueQuestion, { ask: Ask }>,
  context: CommandContext,
  query: CatalogueQuery,
) => Promise<Answer> | Answer;

/** Answers of some questions. */
export type Answerers<Ask extends CatalogueQuestion["ask"]> = { readonly [Each in Ask]: Answerer<Each> };

const types: Readonly<Record<string, DataType>> = {
  string: stringType,
  boolean: booleanType,
  strings: arrayType(stringType, false),
};

/**
 * Makes answers of columns.
 *
 * @param columns - names with a type each; `?` behind it where it may be null: `{ comment: "string?" }`
 */
export function answering(
  columns: Readonly<Record<string, string>>,
): (rows: readonly (readonly unknown[])[]) => Answer {
  const schema = structType(
    Object.entries(columns).map(([name, type]) => structField(name, types[type.replace("?", "")]!, type.endsWith("?"))),
  );
  return (rows) => ({ schema, batches: [...batchesOf(schema, rows)] });
}
