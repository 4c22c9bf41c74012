/**
 * Plans in the form in which they are compared: equal forms mean the same.
 *
 * What two plans with one meaning may differ in is listed here, and nothing else: how rows that a program holds are cut
 * into batches, whether an interval is an object of a class, the order of columns to drop, the names of a lambda's
 * parameters, that `a != b` is `NOT (a = b)`, and three functions that have two names.
 */
import type { Command } from "../../src/plan/command.ts";
import type { Relation } from "../../src/plan/relation.ts";
import type { Batch } from "../../src/types/batch.ts";
import { Interval } from "../../src/types/interval.ts";
import { storedReader } from "../../src/types/stored-reader.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A plan, or any part of one, in its normal form. */
export const normalForm = <Node extends Relation | Command>(plan: Node): Node => normal(plan, new Map()) as Node;

function normal(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (value instanceof Interval) return { months: value.months, days: value.days, microseconds: value.microseconds };
  if (Array.isArray(value)) return value.map((item) => normal(item, names));
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  const fields = value as Fields;
  const special = normals[String(fields.kind)];
  return special === undefined ? withFields(fields, names) : special(fields, names);
}

const skipped: ReadonlySet<string> = new Set(["written", "origin"]);

function withFields(fields: Fields, names: ReadonlyMap<string, string>): Fields {
  const entries = Object.entries(fields).filter(([name, value]) => value !== undefined && !skipped.has(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, normal(value, names)]));
}

const normals: Readonly<Record<string, (fields: Fields, names: ReadonlyMap<string, string>) => unknown>> = {
  "local relation": ({ batches, ...rest }) => ({ ...rest, batches: rowsOf(batches as readonly Batch[]) }),
  drop: (fields, names) => {
    const columns = (fields.columns as readonly unknown[]).map((column) => normal(column, names));
    return {
      ...withFields(fields, names),
      columns: columns.sort((left, right) => (text(left) < text(right) ? -1 : 1)),
    };
  },
  lambda: (fields, names) => {
    const parameters = fields.parameters as readonly string[];
    const inner = new Map([...names, ...parameters.map((name, index) => [name, `p${names.size + index}`] as const)]);
    return { ...withFields(fields, inner), parameters: parameters.map((name) => inner.get(name)) };
  },
  call: (fields, names) => {
    const call = withFields(fields, names);
    const synonym = synonyms[`${String(call.name)}/${(call.arguments as readonly unknown[]).length}`];
    if (synonym !== undefined) return { ...call, name: [synonym] };
    if (String(call.name) !== "!=") return call;
    return { kind: "call", name: ["NOT"], arguments: [{ ...call, name: ["="] }] };
  },
  "lambda parameter": (fields, names) => ({ ...fields, name: names.get(fields.name as string) ?? fields.name }),
};

const synonyms: Readonly<Record<string, string>> = { "mean/1": "avg", "pow/2": "power", "log/1": "ln" };

const rowsOf = (batches: readonly Batch[]): readonly unknown[] =>
  batches.flatMap(({ rows, columns }) => {
    const readers = columns.map((column) => storedReader(column));
    return Array.from({ length: rows }, (_, row) => readers.map((read) => read(row)));
  });

const text = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? String(item) : item));
