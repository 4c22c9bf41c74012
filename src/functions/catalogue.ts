/** All functions by name: what SQL, the wire and the analyzer look up. */
import * as aggregateFunctions from "./aggregate.ts";
import * as collectionFunctions from "./collection.ts";
import * as conditionalFunctions from "./conditional.ts";
import * as csvFunctions from "./csv.ts";
import * as dateFunctions from "./date.ts";
import { type FunctionDefinition, nameIn } from "./definition.ts";
import * as formatFunctions from "./format.ts";
import * as higherOrderFunctions from "./higher-order.ts";
import * as hllSketchFunctions from "./hll-sketch.ts";
import * as jsonFunctions from "./json.ts";
import * as kllSketchFunctions from "./kll-sketch.ts";
import * as mathFunctions from "./math.ts";
import * as miscFunctions from "./misc.ts";
import * as predicateFunctions from "./predicate.ts";
import * as rankingFunctions from "./ranking.ts";
import type { NameIn } from "./signature.ts";
import * as spatialFunctions from "./spatial.ts";
import { type SqlOnlySignature, sqlOnlyDefinitions } from "./sql-only.ts";
import * as stringFunctions from "./string.ts";
import * as summaryFunctions from "./summary.ts";
import * as thetaSketchFunctions from "./theta-sketch.ts";
import * as timeWindowFunctions from "./time-window.ts";
import * as tupleSketchFunctions from "./tuple-sketch.ts";
import * as variantFunctions from "./variant.ts";
import * as vectorFunctions from "./vector.ts";
import * as xmlFunctions from "./xml.ts";

/** The families of functions, each a module of constants. */
export const families = {
  aggregate: aggregateFunctions,
  collection: collectionFunctions,
  conditional: conditionalFunctions,
  csv: csvFunctions,
  date: dateFunctions,
  format: formatFunctions,
  higherOrder: higherOrderFunctions,
  json: jsonFunctions,
  math: mathFunctions,
  misc: miscFunctions,
  predicate: predicateFunctions,
  ranking: rankingFunctions,
  spatial: spatialFunctions,
  string: stringFunctions,
  thetaSketch: thetaSketchFunctions,
  tupleSketch: tupleSketchFunctions,
  kllSketch: kllSketchFunctions,
  hllSketch: hllSketchFunctions,
  summary: summaryFunctions,
  timeWindow: timeWindowFunctions,
  variant: variantFunctions,
  vector: vectorFunctions,
  xml: xmlFunctions,
} as const;

/** A function of a family, or another name of one. */
export interface CatalogueEntry {
  readonly signature: string;
  /** Read of the signature when it is first asked for. */
  readonly definition: FunctionDefinition;
  readonly aliases?: readonly string[];
  readonly synonymOf?: FunctionDefinition;
}

type Families = typeof families;
type SignatureOf<F> = F extends { readonly signature: infer Signature } ? Signature : never;
type Signatures<Family> = { [Name in keyof Family]: SignatureOf<Family[Name]> }[keyof Family];

/** The SQL names of the functions of one family: `FunctionNames<typeof import("./string.ts")>`. */
export type FunctionNames<Family> = NameIn<Exclude<Signatures<Family>, `DISTINCT ${string}`>>;

/** The SQL names of all functions, without aliases. */
export type FunctionName =
  | { [F in keyof Families]: FunctionNames<Families[F]> }[keyof Families]
  | NameIn<SqlOnlySignature>;

/** Every constant of every family. */
export const catalogueEntries: readonly CatalogueEntry[] = Object.values(families).flatMap(
  (family) => Object.values(family) as CatalogueEntry[],
);

type Found = () => FunctionDefinition;

/** Functions come before operators of the same name, a function before what has its name as another spelling. */
function collect(): ReadonlyMap<string, Found> {
  const sqlOnly = sqlOnlyDefinitions().map((definition) => ({ ...definition, definition }));
  const named: (readonly [name: string, found: Found])[] = [
    ...catalogueEntries.map((entry) => [nameIn(entry.signature), () => entry.synonymOf ?? entry.definition] as const),
    ...sqlOnly.map(({ name, definition }) => [name, () => definition] as const),
    ...[...catalogueEntries, ...sqlOnly].flatMap((entry) =>
      (entry.aliases ?? []).map((alias) => [alias, () => entry.definition] as const),
    ),
  ];
  return new Map(named.reverse().map(([name, found]) => [name.toLowerCase(), found]));
}

const byName = collect();

/**
 * The function of a name.
 *
 * @param name - an SQL name or an alias, in any case
 * @returns undefined when there is no such function
 * @example
 * ```ts
 * console.log(lookupFunction("UCASE")?.name); // upper
 * ```
 */
export const lookupFunction = (name: string): FunctionDefinition | undefined => byName.get(name.toLowerCase())?.();

/** Every name that can be looked up, aliases included. */
export const functionNames: readonly string[] = [...byName.keys()].sort();
