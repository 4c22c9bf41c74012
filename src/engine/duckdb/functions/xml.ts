/** XML inside of columns. */
import { UnsupportedError } from "../../../errors.ts";
import {
  arrayType,
  bigintType,
  booleanType,
  type DataType,
  doubleType,
  floatType,
  intType,
  type StructType,
  smallintType,
  stringType,
  structField,
  structType,
  variantType,
} from "../../../types/data-type.ts";
import type { StoredValue } from "../../../types/stored-value.ts";
import { sqlName } from "../../../types/type-name.ts";
import { structFieldName } from "../duck-type.ts";
import { Malformed } from "../formats/text/malformed.ts";
import { malformedRecord } from "../formats/text/malformed-error.ts";
import { type XmlRow, xmlRowReader } from "../formats/xml/xml-convert.ts";
import { type XmlItem, xmlElement } from "../formats/xml/xml-elements.ts";
import { settledType, typeOfRow } from "../formats/xml/xml-infer.ts";
import { type XmlOptions, xmlOptions } from "../formats/xml/xml-options.ts";
import { saxPackage } from "../formats/xml/xml-package.ts";
import { kernelOf } from "../kernels/kernel.ts";
import { type XPathValues, xpathOver } from "../kernels/xpath/xpath.ts";
import { text as quoted } from "../sql-text.ts";
import { isXml, rowXml, xmlStyle } from "../write/xml-text.ts";
import { modeUnsupported, optionsOf } from "./json/call-options.ts";
import type { Lowering, LoweringContext, Lowerings } from "./lowering.ts";

/** The options of a call, whose elements have the name ROW unless they say otherwise. */
function elementOptions(context: LoweringContext, index: number): ReadonlyMap<string, string> {
  return new Map([["rowtag", "ROW"], ...optionsOf(context.call, index)]);
}

function reading(context: LoweringContext, index: number): XmlOptions {
  const options = xmlOptions(elementOptions(context, index), context.timeZone, false, context.binaryStyle);
  if (options.mode === "DROPMALFORMED") throw modeUnsupported(context.call.name, options.mode);
  return options;
}

/** A reader of texts into the fields of a struct, one of which may be the text itself where it is malformed. */
function elementReader(type: StructType, options: XmlOptions): (xml: string) => StoredValue {
  const corrupt = type.fields.findIndex(({ name }) => name === options.corruptColumn);
  const read = xmlRowReader({ ...type, fields: type.fields.filter((_, index) => index !== corrupt) }, options);
  const sax = saxPackage();
  return (xml) => {
    const item = xmlElement(sax, xml);
    const empty = type.fields.filter((_, index) => index !== corrupt).map(() => null);
    const { values, reason } = firstRow(item, read, empty);
    if (reason !== undefined && options.mode === "FAILFAST") throw malformedRecord(xml, reason);
    return corrupt < 0 ? values : values.toSpliced(corrupt, 0, reason === undefined ? null : xml);
  };
}

const noElement = "there is no element";

function firstRow(item: XmlItem | undefined, read: ReturnType<typeof xmlRowReader>, empty: readonly null[]): XmlRow {
  if (item === undefined) return { values: empty, reason: noElement };
  try {
    return read(item)[0]!;
  } catch (error) {
    if (error instanceof Malformed) return { values: empty, reason: error.reason };
    throw error;
  }
}

/** A reader of texts, each of which is one variant; there is no null for a malformed one, in Spark too. */
function variantReader(options: XmlOptions): (xml: string) => StoredValue {
  const column = structType([structField("value", variantType)]);
  const read = elementReader(column, { ...options, singleVariant: true, mode: "FAILFAST" });
  return (xml) => (read(xml) as readonly StoredValue[])[0]!;
}

const parsed: Lowering = ([text], context) => {
  const result = context.call.type;
  const options = reading(context, 2);
  const call = result.kind === "variant" ? variantReader(options) : elementReader(result as StructType, options);
  return context.bind(kernelOf("from_xml", { parameters: [stringType], result, call }))(text!);
};

function schemaOf(xml: string, options: XmlOptions): string {
  const item = xmlElement(saxPackage(), xml);
  if (item !== undefined && item.fault === undefined) return sqlName(settledType(typeOfRow(item.row, options)));
  if (options.mode === "FAILFAST") throw malformedRecord(options.corruptColumn, item?.fault?.reason ?? noElement);
  return `STRUCT<${options.corruptColumn}: STRING>`;
}

const written: Lowering = ([value], context) => {
  const [type] = context.types;
  if (type?.kind !== "struct" || !isXml(type))
    throw new UnsupportedError(`to_xml of a value of type ${sqlName(type!)} is not supported`, {
      hint: "Cast what XML has no text for, such as intervals and variants, to STRING.",
    });
  const options = elementOptions(context, 1);
  const members = type.fields.map((field, index) => ({ value: `(${value}).${structFieldName(index)}`, field }));
  const style = xmlStyle(options, context);
  const row = rowXml(options.get("rowtag")!, members, style, 0);
  // Without lines inside of it, it is a line itself.
  const element = style.indent === "" ? `(${row} || chr(10))` : row;
  return `CASE WHEN ${value} IS NOT NULL THEN ${element} END`;
};

/** An expression over documents, read when the first text comes: what no row asks for need not be right. */
const found =
  <Kind extends keyof XPathValues>(
    kind: Kind,
    result: DataType,
    give: (value: XPathValues[Kind]) => StoredValue,
  ): Lowering =>
  ([xml], context) => {
    const path = context.constant(1);
    if (path === null || path === "")
      return context.compile({ kind: "constant", value: null, type: result, nullable: true });
    const evaluate = xpathOver(String(path), kind);
    const call = (text: string): StoredValue => (text === "" ? null : give(evaluate(text)));
    return context.bind(kernelOf(context.call.name, { parameters: [stringType], result, call }))(xml!);
  };

const within = (least: number, most: number, value: number): number =>
  Number.isNaN(value) ? 0 : Math.trunc(Math.min(Math.max(value, least), most));

const toInt = (value: number): number => within(-(2 ** 31), 2 ** 31 - 1, value);

function toLong(value: number): bigint {
  if (Math.abs(value) < 2 ** 63) return BigInt(Math.trunc(value));
  return Number.isNaN(value) ? 0n : value > 0 ? 2n ** 63n - 1n : -(2n ** 63n);
}

const same = <T>(value: T): T => value;
const double = found("number", doubleType, same);

export const xmlLowerings = {
  from_xml: parsed,
  schema_of_xml: (_args, context) => quoted(schemaOf(String(context.constant(0)), reading(context, 1))),
  to_xml: written,
  xpath: found("values", arrayType(stringType), same),
  xpath_boolean: found("boolean", booleanType, same),
  xpath_double: double,
  xpath_float: found("number", floatType, Math.fround),
  xpath_int: found("number", intType, toInt),
  xpath_long: found("number", bigintType, toLong),
  xpath_short: found("number", smallintType, (value) => (toInt(value) << 16) >> 16),
  xpath_string: found("text", stringType, same),
} satisfies Lowerings<typeof import("../../../functions/xml.ts")>;
