/**
 * A row's element as values of a schema: Spark's `StaxXmlParser`. It goes along the events once; where a value fails, what
 * is left of its element is taken for what comes next in the row, and the row ends with that element.
 */
import { UnsupportedError } from "../../../../errors.ts";
import type { DataType, StructType } from "../../../../types/data-type.ts";
import type { StoredValue } from "../../../../types/stored-value.ts";
import { sqlName } from "../../../../types/type-name.ts";
import { Malformed } from "../text/malformed.ts";
import type { XmlElement, XmlFaultPlace, XmlItem } from "./xml-elements.ts";
import { XmlCursor, XmlFault } from "./xml-events.ts";
import { isWhiteSpace, keyOf, localName } from "./xml-names.ts";
import type { XmlOptions } from "./xml-options.ts";
import { type FromText, textReader } from "./xml-scalars.ts";
import { variantOf } from "./xml-variant.ts";

/** The values that could be read, and why the row is malformed if it is. */
export interface XmlRow {
  readonly values: readonly StoredValue[];
  readonly reason: string | undefined;
}

/** Reads the value of an element whose start was passed. */
type FromElement = (cursor: XmlCursor, element: XmlElement) => StoredValue;
type Values = StoredValue[];

/**
 * A reader of rows. What is left of a malformed row may have rows inside, so that one element can give several.
 *
 * @param schema - the columns wanted, without the column of corrupt records
 * @throws UnsupportedError for a type that is not read from XML
 * @throws Malformed by the reader, for an attribute or a text of the row itself that does not have the type of its column
 */
export function xmlRowReader(schema: StructType, options: XmlOptions): (item: XmlItem) => readonly XmlRow[] {
  const nothing = (): Values => schema.fields.map(() => null);
  if (options.singleVariant)
    return ({ row, fault }) => [
      fault === undefined
        ? { values: schema.fields.map(() => variantOf(row, options)), reason: undefined }
        : { values: nothing(), reason: fault.reason },
    ];
  const read = objectReader(schema, options);
  return (item) => {
    const cursor = new XmlCursor(item);
    const rows: XmlRow[] = [];
    for (let element: XmlElement | undefined = item.row; element !== undefined; element = rowWithin(cursor, options)) {
      const values = nothing();
      read.attributes(element, values);
      const fault = faultIn(() => rows.push({ values, reason: read.content(cursor, values) }));
      if (fault !== undefined) return [...rows, { values: nothing(), reason: fault.reason }];
    }
    const fault = faultIn(() => cursor.peek());
    return fault === undefined || fault.isEnd ? rows : [...rows, { values: nothing(), reason: fault.reason }];
  };
}

function faultIn(read: () => void): XmlFaultPlace | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof XmlFault) return error.place;
    throw error;
  }
}

/** The next row in what is left of another. */
function rowWithin(cursor: XmlCursor, { rowTag }: XmlOptions): XmlElement | undefined {
  let found: XmlElement | undefined;
  faultIn(() => {
    while (found === undefined && cursor.peek() !== undefined) {
      const event = cursor.next()!;
      if (event.is === "start" && event.element.name === rowTag) found = event.element;
    }
  });
  return found;
}

interface ObjectReader {
  /** Puts the attributes of an element into the values. */
  readonly attributes: (element: XmlElement, values: Values) => void;
  /** Puts what comes up to the next end into the values, and gives the first fault. */
  readonly content: (cursor: XmlCursor, values: Values) => string | undefined;
}

function objectReader({ fields }: StructType, options: XmlOptions): ObjectReader {
  const places = new Map(fields.map(({ name }, index) => [keyOf(name, options), index]));
  const columns = fields.map(({ type }) => columnReader(type, options));
  const valuePlace = fields.findIndex(({ name }) => name === options.valueTag);
  const wildcard = fields.findIndex(({ name }) => name === options.wildcard);
  const placeOf = (name: string): number => places.get(keyOf(name, options)) ?? -1;
  const put = (values: Values, place: number, value: StoredValue): void => {
    values[place] = columns[place]!.isList ? [...((values[place] as Values | null) ?? []), value] : value;
  };
  const child = (cursor: XmlCursor, element: XmlElement, values: Values): void => {
    const known = placeOf(localName(element.name, options));
    const place = known < 0 ? wildcard : known;
    if (place < 0) cursor.leave();
    else put(values, place, columns[place]!.read(cursor, element));
  };
  return {
    attributes: ({ attributes }, values) => {
      if (options.excludeAttribute) return;
      for (const [name, text] of attributes) {
        const place = placeOf(`${options.attributePrefix}${localName(name, options)}`);
        if (place >= 0) values[place] = columns[place]!.attribute(text);
      }
    },
    content: (cursor, values) => {
      let fault: string | undefined;
      for (let event = cursor.next(); event !== undefined && event.is !== "end"; event = cursor.next()) {
        if (event.is === "start") {
          const { element } = event;
          const reason = faultOf(() => child(cursor, element, values));
          fault ??= reason;
        } else if (valuePlace >= 0 && !isWhiteSpace(event.text))
          put(values, valuePlace, columns[valuePlace]!.text(event.text));
      }
      return fault;
    },
  };
}

function faultOf(read: () => void): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof Malformed) return error.reason;
    throw error;
  }
}

interface ColumnReader {
  /** Whether elements of the same name are the items of one value. */
  readonly isList: boolean;
  readonly read: FromElement;
  readonly text: FromText;
  readonly attribute: FromText;
}

function columnReader(type: DataType, options: XmlOptions): ColumnReader {
  const item = type.kind === "array" ? type.element : type;
  return {
    isList: type.kind === "array",
    read: item.kind === "struct" ? structReader(item, options) : elementReader(item, options),
    text: textReader(item, options),
    attribute: textReader(type, options),
  };
}

/** A struct with the attributes of its element. */
function structReader(type: StructType, options: XmlOptions): FromElement {
  const { attributes, content } = objectReader(type, options);
  return (cursor, element) => {
    const given = new Array<StoredValue | undefined>(type.fields.length).fill(undefined);
    attributes(element, given as Values);
    const values: Values = type.fields.map(() => null);
    if (cursor.peek()?.is === "end") cursor.end(element, options);
    else strict(content(cursor, values));
    return values.map((value, place) => (given[place] === undefined ? value : given[place]));
  };
}

function strict(fault: string | undefined): void {
  if (fault !== undefined) throw new Malformed(fault);
}

function elementReader(type: DataType, options: XmlOptions): FromElement {
  if (type.kind === "variant")
    return (cursor, element) => {
      cursor.leave();
      return variantOf(element, options);
    };
  const text = textReader(type.kind === "array" ? type.element : type, options);
  const complex = complexReader(type, options);
  const isText = type.kind === "string" || type.kind === "char" || type.kind === "varchar";
  const read: FromElement = (cursor, element) => {
    const event = cursor.peek();
    if (event === undefined) throw new Malformed(`the element ${element.name} has no end`);
    if (event.is === "end") {
      cursor.end(element, options);
      return isText && options.nullValue !== "" ? "" : null;
    }
    if (event.is === "start" || isText || type.kind === "struct") return complex(cursor, element);
    if (type.kind !== "array" && isWhiteSpace(event.text)) {
      cursor.next();
      return read(cursor, element);
    }
    const value = text(event.text);
    cursor.next();
    cursor.end(element, options);
    return value;
  };
  return type.kind === "array" ? listed(read, type) : read;
}

/** Spark gives the item where it should give a list of it, and fails at that afterwards. */
const listed =
  (read: FromElement, type: DataType): FromElement =>
  (cursor, element) => {
    if (read(cursor, element) === null) return null;
    throw new UnsupportedError(`values of type ${sqlName(type)} within others are not read from XML`, {
      hint: "Name the elements inside in the schema: ARRAY<STRUCT<item: ARRAY<INT>>>, not ARRAY<ARRAY<INT>>.",
    });
  };

/** Reads what stands inside an element where that is more than a text. */
function complexReader(type: DataType, options: XmlOptions): FromElement {
  switch (type.kind) {
    case "struct": {
      const { content } = objectReader(type, options);
      return (cursor) => {
        const values: Values = type.fields.map(() => null);
        strict(content(cursor, values));
        return values;
      };
    }
    case "map":
      return mapReader(type.value, options);
    case "array":
      return elementReader(type.element, options);
    case "string":
    case "char":
    case "varchar": {
      const text = textReader(type, options);
      return (cursor, element) => text(cursor.innerXml(element, options));
    }
    default:
      return (_, { name }) => {
        throw new Malformed(`the element ${name} has elements inside, and is no ${sqlName(type)}`);
      };
  }
}

function mapReader(type: DataType, options: XmlOptions): FromElement {
  const read = elementReader(type, options);
  const text = textReader(type, options);
  return (cursor, { attributes }) => {
    const entries = new Map<string, StoredValue>();
    for (const [name, value] of attributes)
      entries.set(`${options.attributePrefix}${name.slice(name.indexOf(":") + 1)}`, text(value));
    for (let event = cursor.next(); event !== undefined && event.is !== "end"; event = cursor.next()) {
      if (event.is === "start") entries.set(localName(event.element.name, options), read(cursor, event.element));
      else if (!isWhiteSpace(event.text)) entries.set(options.valueTag, text(event.text));
    }
    return { keys: [...entries.keys()], values: [...entries.values()] };
  };
}
