import {
  type DataType,
  type StructType,
  stringType,
  structField,
  structType,
  voidType,
} from "../../../types/data-type.ts";
import type { StoredValue } from "../../../types/stored-value.ts";
import { sqlName } from "../../../types/type-name.ts";
import { structFieldName } from "../duck-type.ts";
import { type CsvOptions, csvOptions } from "../formats/csv/csv-options.ts";
import { CsvRecordReader } from "../formats/csv/csv-record.ts";
import { CsvTokenizer } from "../formats/csv/csv-tokenizer.ts";
import { withValue } from "../formats/csv/csv-types.ts";
import { CsvVariantReader } from "../formats/csv/csv-variant.ts";
import { malformedRecord } from "../formats/text/malformed-error.ts";
import { forInference } from "../formats/text/options.ts";
import { kernelOf } from "../kernels/kernel.ts";
import { text as quoted } from "../sql-text.ts";
import { csvRow } from "../write/csv.ts";
import { modeUnsupported, optionsOf } from "./json/call-options.ts";
import type { Lowering, Lowerings } from "./lowering.ts";

/** A reader of records into the fields of a struct, one of which may be the record itself where it is malformed. */
function recordReader(type: StructType, options: CsvOptions): (record: string) => StoredValue {
  const corrupt = type.fields.findIndex(({ name }) => name === options.corruptColumn);
  const file = structType(type.fields.filter((_, index) => index !== corrupt));
  const reader = options.singleVariant
    ? new CsvVariantReader(options)
    : new CsvRecordReader({ file, wanted: file, isPruned: false }, options);
  return (record) => {
    const { row, reason: found } = reader.line(record);
    // An empty text is no record, and not malformed.
    const reason = record === "" ? undefined : found;
    if (reason !== undefined && options.mode === "FAILFAST") throw malformedRecord(record, reason);
    const values = row as readonly StoredValue[];
    return corrupt < 0 ? values : values.toSpliced(corrupt, 0, reason === undefined ? null : record);
  };
}

const parsed: Lowering = ([text], context) => {
  const result = context.call.type as StructType;
  const options = csvOptions(optionsOf(context.call, 2), context.timeZone);
  if (options.mode === "DROPMALFORMED") throw modeUnsupported("from_csv", options.mode);
  const read = recordReader(result, options);
  return context.bind(kernelOf("from_csv", { parameters: [stringType], result, call: read }))(text!);
};

/** The type of a sample's values; what has none is text. */
function schemaOf(record: string, options: CsvOptions): DataType {
  const tokens = new CsvTokenizer(options.rules).line(record) ?? [];
  return structType(
    tokens.map((token, index) => {
      const type = withValue(voidType, token, options);
      return structField(`_c${index}`, type.kind === "void" ? stringType : type);
    }),
  );
}

export const csvLowerings = {
  from_csv: parsed,
  schema_of_csv: (_args, context) =>
    quoted(
      sqlName(
        schemaOf(String(context.constant(0)), csvOptions(forInference(optionsOf(context.call, 1)), context.timeZone)),
      ),
    ),
  to_csv: ([value], context) => {
    const { fields } = context.types[0] as StructType;
    const values = fields.map(({ type }, index) => ({ value: `(${value}).${structFieldName(index)}`, type }));
    const row = csvRow(values, optionsOf(context.call, 1), context);
    // A record of one value that is nothing is no record.
    return `CASE WHEN ${value} IS NOT NULL THEN ${fields.length === 1 ? `nullif(${row}, '')` : row} END`;
  },
} satisfies Lowerings<typeof import("../../../functions/csv.ts")>;
