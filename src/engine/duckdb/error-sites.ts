/** Where the errors of compiled SQL come from: each expression that is written has a number, which its errors tell. */
import { type ErrorContext, LakewrightError } from "../../errors.ts";
import { type Origin, originContext, queryContext } from "../../plan/node.ts";
import type { ResolvedCall, ResolvedExpression, ResolvedRelation } from "../../plan/resolved.ts";
import { siteOf, writtenAt } from "./sql-text.ts";

/** What a failure tells of the expression that it comes from: its number, what DuckDB says of the operation, or too little. */
export type Trace =
  | { readonly site: number }
  | { readonly operator: string; readonly operands: readonly string[] }
  | { readonly subquery: true }
  | { readonly isVague: true };

type Vague = Extract<Trace, { readonly isVague: true }>;
type Told = Exclude<Trace, Vague>;

const isVague = (trace: Trace): trace is Vague => "isVague" in trace;

interface Site {
  readonly origin: Origin;
  readonly expression: ResolvedExpression;
}

const traces = new WeakMap<Error, Trace>();

/** Notes with an error what is known of where it comes from. */
export function traced<Failure extends Error>(error: Failure, trace: Trace): Failure {
  traces.set(error, trace);
  return error;
}

const traceOf = (error: unknown): Trace | undefined =>
  error instanceof LakewrightError ? traces.get(error) : undefined;

/** The methods of columns that are operators in SQL. */
const methods: Readonly<Record<string, string>> = {
  "+": "plus",
  "-": "minus",
  "*": "multiply",
  "/": "divide",
  "%": "mod",
  negative: "negate",
  "[]": "getItem",
};

/** The name under which a program calls what an expression does. */
const methodOf = (expression: ResolvedExpression): string =>
  expression.kind === "call" ? (methods[expression.name] ?? expression.name) : expression.kind;

/** The expressions of one run that have a place. */
export class ErrorSites {
  readonly #sites: Site[] = [];
  #relation: Origin | undefined;
  #isSearching = false;

  /** Whether what is written is to find out where an error came from, at whatever cost. */
  get isSearching(): boolean {
    return this.#isSearching;
  }

  /** Writes a query whose operations all tell where they are. */
  searching(write: () => string): string {
    this.#isSearching = true;
    try {
      return write();
    } finally {
      this.#isSearching = false;
    }
  }

  /** Writes a relation; the expressions in it that have no place of their own are where it is. */
  ofRelation(relation: ResolvedRelation, write: () => string): string {
    const { origin } = relation;
    if (origin === undefined) return write();
    const outer = this.#relation;
    this.#relation = origin.from === "call" ? origin : undefined;
    try {
      return writtenAt("", write);
    } finally {
      this.#relation = outer;
    }
  }

  /** Writes an expression, so that the errors in it tell its place. */
  ofExpression(expression: ResolvedExpression, write: () => string): string {
    const own = "origin" in expression ? expression.origin : undefined;
    const around = expression.kind === "call" || expression.kind === "cast" ? this.#relation : undefined;
    const origin = own ?? around;
    if (origin === undefined) return write();
    this.#sites.push({ origin, expression });
    return writtenAt(siteOf(this.#sites.length - 1), write);
  }

  /** Whether an error leaves out what Spark tells of it. */
  isVague(error: unknown): boolean {
    const trace = traceOf(error);
    return trace !== undefined && isVague(trace);
  }

  /** The place of an error, where that is known for certain; `several` where more than one expression may be meant. */
  placeOf(error: unknown): ErrorContext | "several" | undefined {
    const trace = traceOf(error);
    if (trace === undefined) return undefined;
    if (isVague(trace)) return "several";
    const sites = this.#sitesOf(trace);
    const [site] = sites;
    if (site === undefined) return undefined;
    if (!sites.every(({ origin }) => samePlace(origin, site.origin))) return "several";
    const { origin: _, ...place } = originContext(site.origin);
    return { ...place, query: queryContext(site.origin, methodOf(site.expression)) };
  }

  #sitesOf(trace: Told): readonly Site[] {
    if ("site" in trace) return this.#sites.slice(trace.site, trace.site + 1);
    return this.#sites.filter(({ expression }) => couldRaise(expression, trace));
  }
}

function couldRaise(expression: ResolvedExpression, trace: Exclude<Told, { readonly site: number }>): boolean {
  if ("subquery" in trace) return expression.kind === "subquery" && expression.form === "scalar";
  return expression.kind === "call" && expression.name === trace.operator && couldHave(expression, trace.operands);
}

/** Whether the constants of a call are those that DuckDB tells. */
const couldHave = (call: ResolvedCall, operands: readonly string[]): boolean =>
  call.arguments.every(
    (argument, index) =>
      argument.kind !== "constant" || operands[index] === undefined || String(argument.value) === operands[index],
  );

const samePlace = (left: Origin, right: Origin): boolean =>
  left === right ||
  (left.from === "sql" &&
    right.from === "sql" &&
    left.text === right.text &&
    left.start === right.start &&
    left.end === right.end);
