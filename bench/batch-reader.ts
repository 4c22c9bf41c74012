/**
 * Measures the boundary between DuckDB and JavaScript.
 *
 * `node --conditions=lakewright:source bench/batch-reader.ts [rows]` prints the best of three for reading rows, calling
 * functions and feeding local data.
 */
import { DuckDBInstance } from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";
import { createFeed } from "../src/engine/duckdb/batch/feed.ts";
import { batches } from "../src/engine/duckdb/batch/read-result.ts";
import { createTrampolines } from "../src/engine/duckdb/trampoline.ts";
import type { Batch, FixedVector, TextVector, Vector } from "../src/types/batch.ts";
import {
  bigintType,
  type DataType,
  doubleType,
  intType,
  stringType,
  structField,
  structType,
  timestampType,
} from "../src/types/data-type.ts";
import { type RowMakerOptions, rowMaker } from "../src/types/row-maker.ts";
import { textOfStrings } from "../src/types/text.ts";
import { nativeConnection, nativeResult } from "../test/engine/native.ts";

const rows = Number(process.argv[2] ?? 10_000_000);
const instance = await DuckDBInstance.create(":memory:");
const connection = await instance.connect();
const native = nativeConnection(connection);
await connection.run(`CREATE TABLE events AS SELECT i::BIGINT AS id, (i * 1.5)::DOUBLE AS amount, (i % 1000)::INTEGER AS item,
  'user_' || (i % 1000) AS user, TIMESTAMP '2024-01-01' + to_seconds(i) AS moment,
  'a longer text than twelve bytes ' || (i % 1000) AS note FROM range(${rows}) AS r(i)`);

const fields: Record<string, DataType> = {
  id: bigintType,
  amount: doubleType,
  item: intType,
  user: stringType,
  moment: timestampType,
  note: stringType,
};

async function report(name: string, run: () => Promise<unknown>): Promise<void> {
  let best = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < 3; turn++) {
    const start = performance.now();
    await run();
    best = Math.min(best, performance.now() - start);
  }
  const speed = (rows / best / 1000).toFixed(1).padStart(8);
  console.log(`${name.padEnd(52)}${speed} M rows/s ${((best * 1e6) / rows).toFixed(1).padStart(8)} ns/row`);
}

async function eachBatch(names: readonly string[], use: (batch: Batch) => unknown): Promise<void> {
  const schema = structType(names.map((name) => structField(name, fields[name]!)));
  const result = nativeResult(await connection.stream(`SELECT ${names.join(", ")} FROM events`));
  for await (const batch of batches(result, schema, { interrupt: () => duckdb.interrupt(native) })) use(batch);
}

function readRows(names: readonly string[], options: RowMakerOptions = {}): () => Promise<void> {
  const toRows = rowMaker(structType(names.map((name) => structField(name, fields[name]!))), options);
  return () => eachBatch(names, toRows);
}

const five = ["id", "amount", "item", "user", "moment"];
await report("read: batches, untouched", () => eachBatch(five, () => {}));
await report("read: row objects", readRows(five));
await report('read: row objects, longs: "bigint"', readRows(five, { longs: "bigint" }));
await report("read: row arrays", readRows(five, { rows: "array" }));
await report("read: objects of a long text", readRows(["note"]));

const trampolines = createTrampolines(nativeConnection(await instance.connect()));
const numbers = (type: DataType, values: FixedVector["values"]): Vector => ({
  type,
  length: values.length,
  layout: "fixed",
  values,
});
const texts = (strings: readonly string[]): Vector => ({
  type: stringType,
  length: strings.length,
  layout: "text",
  text: textOfStrings(strings),
});
const stringsOf = (batch: Batch): readonly string[] => (batch.columns[0] as TextVector).text.strings();
const bind = (parameter: DataType, result: DataType, call: (batch: Batch) => Vector) =>
  trampolines.bind({ name: "measured", parameters: [parameter], result, deterministic: true, call });

const twice = bind(doubleType, doubleType, (batch) =>
  numbers(
    doubleType,
    ((batch.columns[0] as FixedVector).values as Float64Array).map((value) => value * 2 + 1),
  ),
);
const length = bind(stringType, intType, (batch) =>
  numbers(
    intType,
    Int32Array.from(stringsOf(batch), (text) => text.length),
  ),
);
const upper = bind(stringType, stringType, (batch) => texts(stringsOf(batch).map((text) => text.toUpperCase())));
const query = (sql: string) => () => connection.run(sql);
await report("call: double to double", query(`SELECT sum(${twice.sql("amount")}) FROM events`));
await report("call: short text to int", query(`SELECT sum(${length.sql("user")}) FROM events`));
await report("call: long text to int", query(`SELECT sum(${length.sql("note")}) FROM events`));
await report("call: short text to text", query(`SELECT max(${upper.sql("user")}) FROM events`));
await report("call: long text to text", query(`SELECT max(${upper.sql("note")}) FROM events`));

const feed = createFeed(nativeConnection(await instance.connect()));
async function feedAgain(names: readonly string[], aggregates: string): Promise<void> {
  const kept: Batch[] = [];
  await eachBatch(names, (batch) => kept.push(batch));
  for (const batch of kept) for (const column of batch.columns) if (column.layout === "text") column.text.utf8();
  using fed = feed.add(structType(names.map((name) => structField(name, fields[name]!))), kept);
  await report(`feed: ${names.join(", ")}`, query(`SELECT ${aggregates} FROM ${fed.sql}`));
}
await feedAgain(["id", "amount", "item"], "sum(c0), sum(c1), sum(c2)");
await feedAgain(["user"], "max(c0)");
await feedAgain(["note"], "max(c0)");
