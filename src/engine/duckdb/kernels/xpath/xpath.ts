/** XPath 1.0 over texts of XML, as Java's implementation answers Spark. */
import { ExecutionError } from "../../../../errors.ts";
import { saxPackage } from "../../formats/xml/xml-package.ts";
import { readDocument, type XmlNode } from "./document.ts";
import { type Evaluate, parseXPath } from "./parse.ts";
import { XPathFault } from "./tokens.ts";
import { toBoolean, toNodes, toNumber, toText, type Value } from "./values.ts";

/** What may be asked for. */
export interface XPathValues {
  readonly boolean: boolean;
  readonly number: number;
  readonly text: string;
  readonly values: readonly (string | null)[];
}

const conversions: { readonly [Kind in keyof XPathValues]: (value: Value) => XPathValues[Kind] } = {
  boolean: toBoolean,
  number: toNumber,
  text: toText,
  values: (value) => toNodes(value).map((node) => node.value),
};

/**
 * A function of texts that gives what an expression finds in them.
 *
 * @param path - the expression
 * @param kind - what to make of its value
 * @throws ExecutionError, when called, where the expression or the text is malformed
 */
export function xpathOver<Kind extends keyof XPathValues>(
  path: string,
  kind: Kind,
): (xml: string) => XPathValues[Kind] {
  let evaluate: Evaluate | undefined;
  const convert = conversions[kind];
  return (xml) => {
    evaluate ??= explained(
      () => parseXPath(path),
      (reason) => `Invalid XPath '${path}': ${reason}`,
    );
    const node = documentOf(xml, path);
    const found = evaluate;
    return explained(
      () => convert(found({ node, position: 1, size: 1 })),
      (reason) => `The XPath '${path}' has no such value: ${reason}`,
    );
  };
}

function documentOf(xml: string, path: string): XmlNode {
  const document = readDocument(saxPackage().parser, xml);
  if (!("reason" in document)) return document;
  throw new ExecutionError(`Error loading expression '${path}': the text is no XML, ${document.reason}`, {
    parameters: { xml: xml.slice(0, 200) },
    hint: "Give a whole XML document; filter texts that are none.",
  });
}

function explained<Result>(work: () => Result, sentence: (reason: string) => string): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof XPathFault)) throw error;
    throw new ExecutionError(sentence(error.message), { hint: "Write an expression of XPath 1.0." });
  }
}
