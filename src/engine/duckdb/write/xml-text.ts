/** SQL of rows as Spark's XML generator writes them. */
import { AnalysisError } from "../../../errors.ts";
import { type DataType, isNumeric, type StructField, stringType } from "../../../types/data-type.ts";
import { compileCast } from "../compile/cast.ts";
import type { CompileContext } from "../compile/context.ts";
import { structFieldName } from "../duck-type.ts";
import { flag, invalid, type Options, option } from "../formats/text/options.ts";
import { xmlNames } from "../formats/xml/xml-options.ts";
import { joinedTexts } from "../joined-texts.ts";
import { sqlError, text } from "../sql-text.ts";
import { plainText } from "./number-text.ts";
import { hasPattern, type TemporalStyle, temporalStyle, temporalText } from "./temporal-text.ts";

export interface XmlStyle {
  readonly attributePrefix: string;
  readonly valueTag: string;
  /** What is written for null; nothing where undefined. */
  readonly nullValue: string | undefined;
  readonly arrayElementName: string;
  readonly validatesNames: boolean;
  /** What each level is moved in by; with nothing there are no lines. */
  readonly indent: string;
  readonly temporal: TemporalStyle;
  readonly context: Pick<CompileContext, "timeZone" | "kernel" | "binaryStyle">;
}

type ArrayType = Extract<DataType, { kind: "array" }>;

/** A value and the field that it is of. */
interface Member {
  readonly value: string;
  readonly field: StructField;
}

const plain: ReadonlySet<string> = new Set([
  ...["boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "decimal", "string", "char", "varchar"],
  ...["binary", "date", "timestamp", "timestamp_ntz", "time"],
]);

/** Whether values of a type can be written. */
export function isXml(type: DataType): boolean {
  if (type.kind === "array") return isXml(type.element);
  if (type.kind === "map") return type.key.kind === "string" && isXml(type.value);
  if (type.kind === "struct") return type.fields.every((field) => isXml(field.type));
  return type.kind === "udt" ? isXml(type.storage) : plain.has(type.kind);
}

/**
 * Reads the options.
 *
 * @throws AnalysisError for a value that an option cannot have
 */
export function xmlStyle(options: Options, context: XmlStyle["context"]): XmlStyle {
  const { attributePrefix, valueTag, nullValue } = xmlNames(options);
  if (attributePrefix === "") throw invalid("attributePrefix", "", "a text that is not empty");
  return {
    attributePrefix,
    valueTag,
    nullValue,
    arrayElementName: option(options, "arrayElementName") ?? "item",
    validatesNames: flag(options, "validateName", true),
    indent: option(options, "indent") ?? "    ",
    temporal: temporalStyle(options, context),
    context,
  };
}

const indent = (depth: number, style: XmlStyle): string =>
  style.indent === "" ? "" : `\n${style.indent.repeat(depth)}`;

/**
 * The SQL of a row's element; without lines inside, it is a line itself.
 *
 * @param depth - within how many elements it stands
 */
export function rowXml(rowTag: string, members: readonly Member[], style: XmlStyle, depth: number): string {
  const element = elementOf(text(rowTag), members, depth, style);
  return style.indent === "" ? element : `substr(${element}, 2)`;
}

/** An element of members: attributes, then elements with the text where its field stands. */
function elementOf(name: string, members: readonly Member[], depth: number, style: XmlStyle): string {
  const { attributePrefix, valueTag } = style;
  const isAttribute = ({ field }: Member): boolean =>
    attributePrefix !== "" &&
    field.name.startsWith(attributePrefix) &&
    field.name !== valueTag &&
    plain.has(field.type.kind);
  const attributes = members.filter(isAttribute).map((member) => attributeOf(member, style));
  const inner = members.filter((member) => !isAttribute(member));
  const isText = ({ field }: Member): boolean => field.name === valueTag;
  for (const { field } of inner.filter((member) => !isText(member))) checkName(field.name, style);
  const texts = inner.filter(isText).map(({ value, field }) => orNull(value, textOf(value, field.type, style), style));
  const elements = inner.map((member) =>
    isText(member) ? texts[0]! : valueXml(text(member.field.name), member.value, member.field.type, depth + 1, style),
  );
  // A text that is not the first stands among the elements.
  const isFirst = inner[0] !== undefined && isText(inner[0]);
  const [before, among] = isFirst ? [texts, []] : [[], texts];
  const children = isFirst ? elements.slice(1) : elements;
  return wrapped(name, [joined(attributes), joined(before), joined(children)], depth, style, joined(among));
}

const joined = (parts: readonly string[]): string => (parts.length === 0 ? "''" : `concat(${parts.join(", ")})`);

// Children hold children: written twice at each level, they would be as many times as two to the power of the depth.
function wrapped(
  name: string,
  [attributes, content, children]: readonly [string, string, string],
  depth: number,
  style: XmlStyle,
  among = "''",
): string {
  const open = chained(text(`${indent(depth, style)}<`), name, attributes);
  const close = chained("'</'", name, "'>'");
  const filled = chained("'>'", content, "nested", text(indent(depth, style)), close);
  const only = among === "''" ? content : among;
  const unfilled = `CASE WHEN ${only} <> '' THEN ${chained("'>'", only, close)} ELSE '/>' END`;
  const rest = `CASE WHEN nested <> ${among} THEN ${filled} ELSE ${unfilled} END`;
  return `(${open} || ${children === "''" ? unfilled : `list_transform([${children}], lambda nested: ${rest})[1]`})`;
}

const isConstant = (sql: string): boolean => /^'(?:[^']|'')*'$/.test(sql);

/** Texts one after the other, neighbouring constants as one: wide rows have thousands of them. */
function chained(...parts: readonly string[]): string {
  const joined: string[] = [];
  for (const part of parts.filter((part) => part !== "''")) {
    const last = joined.at(-1);
    if (last !== undefined && isConstant(last) && isConstant(part))
      joined.splice(-1, 1, last.slice(0, -1) + part.slice(1));
    else joined.push(part);
  }
  return joined.length === 0 ? "''" : joined.join(" || ");
}

function attributeOf({ value, field }: Member, style: XmlStyle): string {
  const name = field.name.slice(style.attributePrefix.length);
  checkName(name, style);
  return attributeXml(text(name), value, field.type, style);
}

function attributeXml(name: string, value: string, type: DataType, style: XmlStyle): string {
  const written = needsEscape(type)
    ? escaped(bare(value, type, style), attributeEscapes)
    : `(${bare(value, type, style)})`;
  const absent = style.nullValue === undefined ? "''" : chained("' '", name, text(`="${style.nullValue}"`));
  return `CASE WHEN ${value} IS NULL THEN ${absent} ELSE ${chained("' '", name, `'="'`, written, `'"'`)} END`;
}

/** The element, or elements, of a value; the empty text for none. */
function valueXml(name: string, value: string, type: DataType, depth: number, style: XmlStyle): string {
  if (type.kind === "udt") return valueXml(name, value, type.storage, depth, style);
  if (type.kind === "array") {
    const each = itemOf(value);
    const item =
      type.element.kind === "array"
        ? nestedArray(name, each, type.element, depth, style)
        : valueXml(name, each, type.element, depth, style);
    return joinedItems(value, each, item);
  }
  const some =
    type.kind === "struct" || type.kind === "map"
      ? structured(name, value, type, depth, style)
      : simple(name, value, type, depth, style);
  return orNullElement(name, value, some, depth, style);
}

/** What an item is called within the expression of its list: lists may be within each other. */
const itemOf = (list: string): string => `e${Number(/\be(\d+)\b/.exec(list)?.[1] ?? -1) + 1}`;

const joinedItems = (list: string, each: string, item: string): string =>
  joinedTexts(`list_transform(${list}, lambda ${each}: ${item})`, "''");

function nestedArray(name: string, value: string, type: ArrayType, depth: number, style: XmlStyle): string {
  const items = flatItems(value, type, depth + 1, style);
  return orNullElement(name, value, wrapped(name, ["''", "''", items], depth, style), depth, style);
}

/** Lists further inside have no element of their own. */
function flatItems(value: string, { element }: ArrayType, depth: number, style: XmlStyle): string {
  const each = itemOf(value);
  const item =
    element.kind === "array"
      ? flatItems(each, element, depth, style)
      : valueXml(text(style.arrayElementName), each, element, depth, style);
  return joinedItems(value, each, item);
}

function structured(
  name: string,
  value: string,
  type: Extract<DataType, { kind: "struct" | "map" }>,
  depth: number,
  style: XmlStyle,
): string {
  if (type.kind === "struct") {
    const members = type.fields.map((field, index) => ({ value: `(${value}).${structFieldName(index)}`, field }));
    return elementOf(name, members, depth, style);
  }
  return mapElement(name, value, type, depth, style);
}

/** The entries of a map are what the fields of a struct are: attributes, text, elements. */
function mapElement(
  name: string,
  value: string,
  type: Extract<DataType, { kind: "map" }>,
  depth: number,
  style: XmlStyle,
): string {
  const { attributePrefix, valueTag, nullValue } = style;
  const entries = `map_entries(${value})`;
  const each = itemOf(entries);
  const [key, item] = [`${each}.key`, `${each}.value`];
  const named = (name: string): string => (style.validatesNames ? checkedKey(name, item, nullValue) : name);
  const some = (condition: string, xml: string): string =>
    joinedItems(entries, each, `CASE WHEN ${condition} THEN ${xml} ELSE '' END`);
  const element = valueXml(named(key), item, type.value, depth + 1, style);
  if (!plain.has(type.value.kind))
    return wrapped(name, ["''", "''", joinedItems(entries, each, element)], depth, style);
  const isText = `${key} = ${text(valueTag)}`;
  const isAttribute = `starts_with(${key}, ${text(attributePrefix)})`;
  const attribute = attributeXml(named(`substr(${key}, ${attributePrefix.length + 1})`), item, type.value, style);
  return wrapped(
    name,
    [
      some(`NOT ${isText} AND ${isAttribute}`, attribute),
      some(isText, orNull(item, textOf(item, type.value, style), style)),
      some(`NOT ${isText} AND NOT ${isAttribute}`, element),
    ],
    depth,
    style,
  );
}

// The name of an entry that is not written need not be one; a condition outside would not keep DuckDB from looking.
const checkedKey = (name: string, value: string, nullValue: string | undefined): string =>
  checked(name, namePattern, nullValue === undefined ? `${value} IS NULL OR ` : "");

const simple = (name: string, value: string, type: DataType, depth: number, style: XmlStyle): string =>
  chained(text(`${indent(depth, style)}<`), name, "'>'", textOf(value, type, style), "'</'", name, "'>'");

function orNullElement(name: string, value: string, some: string, depth: number, style: XmlStyle): string {
  const { nullValue } = style;
  const absent =
    nullValue === undefined
      ? "''"
      : chained(text(`${indent(depth, style)}<`), name, text(`>${nullValue}</`), name, "'>'");
  return `CASE WHEN ${value} IS NULL THEN ${absent} ELSE ${some} END`;
}

const orNull = (value: string, some: string, { nullValue }: XmlStyle): string =>
  `CASE WHEN ${value} IS NULL THEN ${text(nullValue ?? "")} ELSE ${some} END`;

/** Fails for a text that does not fit a pattern. */
const checked = (value: string, pattern: string, unless = ""): string =>
  `CASE WHEN ${unless}regexp_full_match(${value}, ${text(pattern)}) THEN ${value} ELSE ${sqlError("TASK_WRITE_FAILED", { value })}::VARCHAR END`;

const namePattern = "[\\p{L}_:][\\p{L}\\p{N}_:.\\-\u00b7]*";
const contentPattern = "[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x{fffe}\\x{ffff}]*";
const texts: ReadonlySet<string> = new Set(["string", "char", "varchar"]);

// As Spark's writer does: `]]>` may not stand in a text, and what comes before a text is not known.
const textOf = (value: string, type: DataType, style: XmlStyle): string =>
  needsEscape(type)
    ? `regexp_replace(${escaped(bare(value, type, style), textEscapes)}, '(^|\\])>', '\\1&gt;', 'g')`
    : `(${bare(value, type, style)})`;

/** The texts of numbers are made of letters, digits, signs and points. */
const needsEscape = (type: DataType): boolean => !isNumeric(type) && type.kind !== "boolean";

function bare(value: string, type: DataType, { temporal, context }: XmlStyle): string {
  if (hasPattern(type)) return `(${temporalText(value, type, temporal)})`;
  if (type.kind === "binary") {
    const shown = compileCast(value, type, stringType, "ansi", context, context.binaryStyle);
    return context.binaryStyle === "UTF-8" ? `(${checked(shown, contentPattern)})` : shown;
  }
  return texts.has(type.kind) ? `(${checked(value, contentPattern)})` : plainText(value, type, context);
}

const textEscapes: readonly (readonly [string, string])[] = [
  ["&", "&amp;"],
  ["<", "&lt;"],
  ["\r", "&#xd;"],
];

const attributeEscapes: typeof textEscapes = [...textEscapes, ['"', "&quot;"], ["\n", "&#xa;"], ["\t", "&#x9;"]];

const escaped = (value: string, escapes: typeof textEscapes): string =>
  escapes.reduce((sql, [from, to]) => `replace(${sql}, ${text(from)}, ${text(to)})`, value);

function checkName(name: string, { validatesNames }: XmlStyle): void {
  if (!validatesNames || new RegExp(`^${namePattern}$`, "u").test(name)) return;
  throw new AnalysisError(`The column \`${name}\` cannot be an element of XML: its name is none of XML`, {
    condition: "TASK_WRITE_FAILED",
    sqlState: "58030",
    hint: "Use an alias to rename the column, or set validateName to false to write it nevertheless.",
  });
}
