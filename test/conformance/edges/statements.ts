/** Statements with a value at an edge in place of a plain one, made by a seed. */
import { readFileSync } from "node:fs";
import { refusedFunctions } from "../../../src/functions/refused.ts";
import examples from "../../answers/examples.json" with { type: "json" };
import { parseCall } from "../../functions/recorded-call.ts";
import { lawOf } from "../law.ts";
import { type Place, placesOf } from "./places.ts";
import { oneOf, randomOf } from "./random.ts";
import { type EdgeKind, edgeValues, plainValues } from "./values.ts";

const linesOf = (path: string): readonly string[] =>
  readFileSync(new URL(path, import.meta.url), "utf8")
    .trim()
    .split("\n");

/** How many statements are made of each base. */
const statementsOfBase = 2;
/** How often the value is of the kind of the one that it replaces. */
const ownKind = 0.8;

const kinds = Object.keys(edgeValues) as readonly EdgeKind[];

/** `abs(int)` of the recorded calls as a statement with plain values. */
function statementOf(call: string): string {
  const { name, args } = parseCall(call);
  const written = args.map((argument) => plainValues[argument.replace(/\?$/, "")] ?? argument).join(", ");
  return `SELECT ${name}(${written})${call.endsWith(" OVER") ? " OVER (ORDER BY id) FROM VALUES (1), (2) AS t(id)" : ""}`;
}

/** What makes an answer as large as a number says, where only small numbers are asked of Spark. */
const asLargeAsAsked = /\b(?:repeat|space|lpad|rpad|sequence|array_repeat|array_insert|stack|range)\(/i;
const large = /\d{4}|DATE|TIMESTAMP|INTERVAL/;
/** Times of day are off unless a setting says otherwise. */
const ofTime = /\bTIME\s*'|\btime_|_time\(/i;

const callsRefused = (sql: string): boolean =>
  [...sql.matchAll(/(\w+)\s*\(/g)].some(([, name]) => refusedFunctions.has(name!.toLowerCase()));

/** The plain statements: every function with a value of each of its types, and every example that is equal on both engines. */
export function bases(): readonly string[] {
  const calls = linesOf("../../answers/coercion/calls.txt").map(statementOf);
  const shown = linesOf("../../../docs/conformance-equal.txt").map((line) => JSON.parse(line) as string);
  const all = [...new Set([...calls, ...shown, ...Object.keys(examples)])];
  return all.filter(
    (sql) => /^SELECT\b/i.test(sql) && lawOf(sql) === undefined && !ofTime.test(sql) && !callsRefused(sql),
  );
}

/** A base with another value at a place: as a constant, or, where no rows are named, as the only column of a row. */
function replaced(sql: string, { start, end }: Place, value: string, asColumn: boolean): string {
  const put = (text: string) => sql.slice(0, start) + text + sql.slice(end);
  return asColumn ? `${put("edge")} FROM VALUES (${value}) AS t(edge)` : put(value);
}

function variation(base: string, random: () => number): string | undefined {
  const places = placesOf(base);
  if (places.length === 0) return undefined;
  const place = oneOf(places, random);
  const kind = place.kind !== "null" && random() < ownKind ? place.kind : oneOf(kinds, random);
  const value = oneOf(edgeValues[kind], random);
  if (asLargeAsAsked.test(base) && large.test(value)) return undefined;
  // A struct in `VALUES` is a row of several columns.
  return replaced(base, place, value, random() < 0.5 && kind !== "struct" && !/\bFROM\b/i.test(base));
}

/** The statements of a seed, each once. */
export function edgeStatements(seed: string): readonly string[] {
  const found = bases().flatMap((base) => {
    const random = randomOf(seed, base);
    return Array.from({ length: statementsOfBase }, () => variation(base, random));
  });
  const plain = new Set(bases());
  return [...new Set(found)].filter((sql) => sql !== undefined && !plain.has(sql)) as string[];
}
