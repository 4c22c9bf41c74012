/** An element as the events of a streaming parser, which Spark's reader goes along. */
import { Malformed } from "../text/malformed.ts";
import type { XmlElement, XmlFaultPlace, XmlItem } from "./xml-elements.ts";
import { isWhiteSpace, localName } from "./xml-names.ts";
import type { XmlOptions } from "./xml-options.ts";

export type XmlEvent =
  | { readonly is: "start"; readonly element: XmlElement }
  | { readonly is: "end"; readonly element: XmlElement }
  | { readonly is: "text"; readonly text: string };

/** What is thrown where a file is no XML any more; like `Malformed` it is no `Error`. */
export class XmlFault {
  readonly place: XmlFaultPlace;
  constructor(place: XmlFaultPlace) {
    this.place = place;
  }
}

/** A place between the events of a row; where a fault ends it, going on there throws an `XmlFault`. */
export class XmlCursor {
  readonly #events: readonly XmlEvent[];
  readonly #fault: XmlFaultPlace | undefined;
  #next = 0;

  /** Stands behind the start of the row. */
  constructor({ row, fault }: XmlItem) {
    const events = eventsOf(row);
    this.#events = fault === undefined ? events : events.slice(0, events.length - Math.max(fault.open, 1));
    this.#fault = fault;
  }

  /** The event that comes next; undefined behind the last. */
  peek(): XmlEvent | undefined {
    const event = this.#events[this.#next];
    if (event === undefined && this.#fault !== undefined) throw new XmlFault(this.#fault);
    return event;
  }

  /** Passes over the next event. */
  next(): XmlEvent | undefined {
    const event = this.peek();
    this.#next++;
    return event;
  }

  /** Passes over what is left of the element whose start was passed last. */
  leave(): void {
    for (let depth = 1; depth > 0; ) {
      const event = this.next();
      if (event === undefined) return;
      if (event.is !== "text") depth += event.is === "start" ? 1 : -1;
    }
  }

  /**
   * Passes over the end of an element, which white space may come before.
   *
   * @throws Malformed when something else comes
   */
  end({ name }: XmlElement, options: XmlOptions): void {
    let event = this.next();
    while (event?.is === "text" && isWhiteSpace(event.text)) event = this.next();
    if (event?.is !== "end" || localName(event.element.name, options) !== localName(name, options))
      throw new Malformed(`the element ${name} has elements inside that its type has no place for`);
  }

  /** The XML of what is left of an element, whose end is passed over too. */
  innerXml(element: XmlElement, options: XmlOptions): string {
    const parts: string[] = [];
    let depth = 0;
    do {
      const event = this.next();
      if (event === undefined) throw new Malformed(`the element ${element.name} has no end`);
      parts.push(textOf(event));
      if (event.is !== "text") depth += event.is === "start" ? 1 : -1;
    } while (depth > 0 || this.peek()?.is !== "end");
    this.end(element, options);
    return parts.join("");
  }
}

function eventsOf(root: XmlElement): readonly XmlEvent[] {
  const events: XmlEvent[] = [];
  const open: { readonly element: XmlElement; place: number }[] = [{ element: root, place: 0 }];
  for (let current = open.at(-1); current !== undefined; current = open.at(-1)) {
    const { element } = current;
    const item = element.content[current.place++];
    if (item === undefined) {
      open.pop();
      events.push({ is: "end", element });
    } else if (typeof item === "string") events.push({ is: "text", text: item });
    else {
      events.push({ is: "start", element: item });
      open.push({ element: item, place: 0 });
    }
  }
  return events;
}

function textOf(event: XmlEvent): string {
  if (event.is === "text") return event.text;
  const { name, attributes } = event.element;
  if (event.is === "end") return `</${name}>`;
  return `<${name}${attributes.map(([key, value]) => ` ${key}="${value}"`).join("")}>`;
}
