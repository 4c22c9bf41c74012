/** XML text. */
import { scalar, synonym } from "./define.ts";

/**
 * The value of an XML element, as a struct that DDL states; fields that cannot be read are null.
 *
 * @param text - the element, with what is inside
 * @param schema - such as `a INT, b STRING`; attributes begin with `_`
 * @param options - how to read, as for XML files
 * @throws ExecutionError `MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION` in the mode FAILFAST
 * @example fromXml(lit("<p><a>1</a></p>"), "a INT") // {1}
 */
export const fromXml = scalar(
  "from_xml(text: onlyString, schema: value schemaText, options?: stringMap): statedElement nullable",
);

/**
 * A DDL schema for an XML element.
 *
 * @param text - the element, a constant
 * @param options - how to read, as for XML files
 * @example schemaOfXml("<p><a>1</a></p>") // STRUCT<a: BIGINT>
 */
export const schemaOfXml = scalar("schema_of_xml(xml: value onlyConstantString, options?: stringMap): string not null");

/**
 * A struct as an XML element; fields that are null are left out.
 *
 * @param value - a struct
 * @param options - how to write, as for XML files; `indent` is what each level is moved in by
 * @example regexpReplace(toXml(namedStruct(lit("a"), lit(1))), "[^<>/a-zA-Z0-9]", "") // <ROW><a>1</a></ROW>
 */
export const toXml = scalar("to_xml(value: element, options?: stringMap): string nullable");

/**
 * The values of the nodes that an XPath 1.0 expression finds: of texts and attributes; elements have none.
 *
 * @param xml - the XML text
 * @param path - the expression, a constant
 * @throws ExecutionError where the text is no XML or the expression is none that finds nodes
 * @example xpath(lit("<a><b>1</b><b>2</b></a>"), "a/b/text()") // [1, 2]
 */
export const xpath = scalar("xpath(xml: onlyString, path: value onlyConstantString): array<string> nullable");

/**
 * Whether an XPath 1.0 expression is true of an XML text, or finds a node.
 *
 * @param xml - the XML text
 * @param path - the expression, a constant
 * @example xpathBoolean(lit("<a><b>1</b></a>"), "a/b") // true
 */
export const xpathBoolean = scalar("xpath_boolean(xml: onlyString, path: value onlyConstantString): boolean nullable");

/**
 * The number of an XPath 1.0 expression, as a DOUBLE; NaN where it is none.
 *
 * @param xml - the XML text
 * @param path - the expression, a constant
 * @example xpathDouble(lit("<a><b>1</b><b>2</b></a>"), "sum(a/b)") // 3.0
 */
export const xpathDouble = scalar("xpath_double(xml: onlyString, path: value onlyConstantString): double nullable");

/**
 * The number of an XPath 1.0 expression: another name of `xpath_double`.
 *
 * @param xml - the XML text
 * @param path - the expression, a constant
 * @example xpathNumber(lit("<a><b>1</b><b>2</b></a>"), "sum(a/b)") // 3.0
 */
export const xpathNumber = synonym(
  "xpath_number(xml: onlyString, path: value onlyConstantString): double nullable",
  xpathDouble,
);

/**
 * The number of an XPath 1.0 expression, as a FLOAT; NaN where it is none.
 *
 * @param xml - the XML text
 * @param path - the expression, a constant
 * @example xpathFloat(lit("<a><b>1</b><b>2</b></a>"), "sum(a/b)") // 3.0
 */
export const xpathFloat = scalar("xpath_float(xml: onlyString, path: value onlyConstantString): float nullable");

/**
 * The number of an XPath 1.0 expression, cut to an INT; 0 where it is none.
 *
 * @param xml - the XML text
 * @param path - the expression, a constant
 * @example xpathInt(lit("<a><b>1</b><b>2</b></a>"), "sum(a/b)") // 3
 */
export const xpathInt = scalar("xpath_int(xml: onlyString, path: value onlyConstantString): int nullable");

/**
 * The number of an XPath 1.0 expression, cut to a BIGINT; 0 where it is none.
 *
 * @param xml - the XML text
 * @param path - the expression, a constant
 * @example xpathLong(lit("<a><b>1</b><b>2</b></a>"), "sum(a/b)") // 3
 */
export const xpathLong = scalar("xpath_long(xml: onlyString, path: value onlyConstantString): bigint nullable");

/**
 * The number of an XPath 1.0 expression, cut to a SMALLINT; 0 where it is none.
 *
 * @param xml - the XML text
 * @param path - the expression, a constant
 * @example xpathShort(lit("<a><b>1</b><b>2</b></a>"), "sum(a/b)") // 3
 */
export const xpathShort = scalar("xpath_short(xml: onlyString, path: value onlyConstantString): smallint nullable");

/**
 * The text of an XPath 1.0 expression: of a node, all text inside it; empty where there is none.
 *
 * @param xml - the XML text
 * @param path - the expression, a constant
 * @example xpathString(lit("<a><b>1</b><b>2</b></a>"), "a/b[2]") // 2
 */
export const xpathString = scalar("xpath_string(xml: onlyString, path: value onlyConstantString): string nullable");
