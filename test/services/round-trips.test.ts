/** Tables of random types, written by either engine and read by both. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectSpark, hasAvro, hasSpark, type SparkPeer, type SparkValue } from "../../services/client.ts";
import { holdsOf, type OddTable, oddTable, type TableFormat } from "../formats/odd-tables.ts";
import { frameOutcome, type Outcome, sparkOutcome } from "./outcome.ts";

const seed = Number(process.env.LAKEWRIGHT_FUZZ_SEED ?? 1);
const tablesOf = { parquet: 5, avro: 4, json: 3, csv: 3, xml: 6, text: 2 } as const satisfies Record<
  TableFormat,
  number
>;

const cases = Object.entries(tablesOf)
  .filter(([format]) => format !== "avro" || hasAvro())
  .flatMap(([format, count]) =>
    Array.from({ length: count }, (_, index) => [format as TableFormat, seed + index] as const),
  );

/** The formats that keep no types. */
const textual: ReadonlySet<TableFormat> = new Set(["csv", "json", "xml"]);

describe.skipIf(!hasSpark())("random tables", () => {
  let peer: SparkPeer;
  let folder: string;
  const spark = SparkSession.create();
  beforeAll(async () => {
    peer = await connectSpark();
    folder = await mkdtemp(join(tmpdir(), "lakewright-round-trips-"));
  });
  afterAll(async () => {
    await Promise.all([spark.stop(), peer.close(), rm(folder, { recursive: true, force: true })]);
  });

  const optionsOf = (format: TableFormat): Readonly<Record<string, string>> =>
    format === "xml" ? { rowTag: "r" } : {};

  async function readBySpark(format: TableFormat, { schema }: OddTable, path: string): Promise<Outcome> {
    const given = textual.has(format) ? { schema } : {};
    return inOrder(
      sparkOutcome(await peer.attempt({ op: "read", format, path, options: optionsOf(format), ...given })),
    );
  }

  async function readByUs(format: TableFormat, { schema }: OddTable, path: string): Promise<Outcome> {
    const reader = spark.read.format(format).options(optionsOf(format));
    return inOrder(await frameOutcome((textual.has(format) ? reader.schema(schema) : reader).load(path)));
  }

  it.each(cases)("in %s, made of %i, are the same to both, whoever wrote them", async (format, given) => {
    const table = oddTable(given, holdsOf[format]);
    const [theirs, ours] = [join(folder, `${format}-${given}-spark`), join(folder, `${format}-${given}-ours`)];
    const request = { sql: table.sql, format, path: theirs, options: optionsOf(format) };
    const written = await peer.attempt({ op: "write", ...request });
    const writing = spark.sql(table.sql).write.format(format).options(optionsOf(format)).save(ours);
    // XML has no place for control characters.
    if ("error" in written) return expect(writing).rejects.toMatchObject({ condition: written.error.condition });
    await writing;
    const read = await readBySpark(format, table, theirs);
    expect(read).toHaveProperty("rows");
    expect(await readByUs(format, table, theirs)).toEqual(read);
    expect(await readBySpark(format, table, ours)).toEqual(read);
    expect(await readByUs(format, table, ours)).toEqual(read);
  });
});

/** Entries of maps and rows in an order of their own: Avro and XML promise none. */
function inOrder(outcome: Outcome): Outcome {
  if ("error" in outcome) return outcome;
  return { ...outcome, rows: sorted(outcome.rows.map(withSortedMaps)) };
}

const sorted = (values: readonly SparkValue[]): SparkValue[] =>
  [...values].sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));

function withSortedMaps(value: SparkValue): SparkValue {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(withSortedMaps);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const given = withSortedMaps(inner as SparkValue);
      return [name, name === "map" && Array.isArray(given) ? sorted(given) : given];
    }),
  );
}
