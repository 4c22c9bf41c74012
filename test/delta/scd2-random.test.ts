/** Dimensions after random changes, beside a model that goes through time step by step. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DataFrame, SparkSession } from "lakewright";
import { DeltaTable, type Scd2Options, scd2 } from "lakewright/delta";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seeded, shuffled } from "../../solutions/common/random.ts";
import { type Change, History, randomChanges, type Version } from "./scd2-model.ts";

const KEYS = 1000;
const BATCHES = 3;

let folder: string;
let spark: SparkSession;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lakewright-scd2-"));
  spark = SparkSession.create();
});
afterAll(async () => {
  await spark.stop();
  await rm(folder, { recursive: true });
});

/** Two columns make a key, so that both count. */
const framed = (changes: readonly Change[]) =>
  spark.createDataFrame(
    changes.map(({ key, at, tracked = null, other = null, isDelete }) => [
      ...[Number(key.slice(1)), key.slice(0, 1)],
      ...[tracked, other, isDelete, at],
    ]),
    "id INT, part STRING, tracked STRING, other INT, gone BOOLEAN, at INT",
  );

const keys: readonly string[] = Array.from(
  { length: KEYS },
  (_, index) => `${index % 2 === 0 ? "x" : "y"}${index >> 1}`,
);

/** The rows of the table with their keys in one. */
async function versionsIn<S>(table: DeltaTable<S>) {
  const rows = await (table.toDF() as DataFrame).collect({ rows: "array" });
  return rows.map(([sk, id, part, tracked, other, start, end, holds]) => ({
    key: `${part}${id}`,
    sk: Number(sk),
    text: `${part}${id} ${[tracked, other, start, end ?? "-", holds].join(" ")}`,
    start: Number(start),
  }));
}

const told = (key: string, { tracked, other, start, end }: Version): string =>
  `${key} ${[tracked, other, start, end ?? "-", end === undefined].join(" ")}`;

/** Versions that the model takes for the same one must have the same surrogate key, for ever, and no two the same. */
function checkNumbers(
  found: Awaited<ReturnType<typeof versionsIn>>,
  histories: ReadonlyMap<string, History>,
  numbers: Map<number, number>,
): void {
  const given = new Map(found.map(({ key, start, sk }) => [`${key} ${start}`, sk]));
  expect(new Set(given.values()).size).toBe(found.length);
  for (const [key, history] of histories)
    for (const { start, label } of history.versions()) {
      const number = given.get(`${key} ${start}`)!;
      expect(number, `${key} from ${start}`).toBe(numbers.get(label) ?? number);
      numbers.set(label, number);
    }
}

interface Case {
  readonly name: string;
  readonly identity: boolean;
  readonly tracksAll: boolean;
  readonly options?: Partial<Scd2Options<"tracked" | "other">>;
}

const cases: readonly Case[] = [
  { name: "an identity column", identity: true, tracksAll: false, options: { trackHistoryColumnList: ["tracked"] } },
  { name: "greater numbers", identity: false, tracksAll: false, options: { trackHistoryExceptColumnList: ["other"] } },
  { name: "all columns tracked", identity: false, tracksAll: true },
];

describe("scd2 on random changes", () => {
  test.each(cases)(
    "makes the history that the model has, with $name",
    async ({ name, identity, tracksAll, options }) => {
      const random = seeded(name.length);
      const table = await DeltaTable.create(spark)
        .location(join(folder, name))
        .addColumn("sk", "BIGINT", identity ? { identity: { generated: "always" } } : {})
        .addColumns("id INT NOT NULL, part STRING NOT NULL, tracked STRING, other INT")
        .addColumns("start INT NOT NULL, stop INT, holds BOOLEAN NOT NULL")
        .execute();
      const merge = (changes: readonly Change[]) =>
        scd2(table, framed(changes), {
          keys: ["id", "part"],
          sequenceBy: "at",
          applyAsDeletes: "gone",
          exceptColumnList: ["gone"],
          ...{ startAt: "start", endAt: "stop", current: "holds" },
          ...(identity ? { generatedColumnList: ["sk"] } : { surrogateKey: "sk" }),
          ...options,
        });
      const histories = new Map(keys.map((key) => [key, new History(tracksAll)]));
      const numbers = new Map<number, number>();
      for (let batch = 0; batch < BATCHES; batch++) {
        const changes = keys.map((key) => randomChanges(random, key));
        for (const [index, key] of keys.entries()) histories.get(key)!.apply(changes[index]!);
        const sent = shuffled(random, [...changes.flat(), ...changes.slice(0, 100).flat()]);
        const { affected } = await merge(sent);
        expect(affected).toBeGreaterThan(0);
        if (batch === 1) expect(await merge(sent)).toEqual({ affected: 0, updated: 0, deleted: 0, inserted: 0 });
        const found = await versionsIn(table);
        const expected = [...histories].flatMap(([key, history]) => history.versions().map((one) => told(key, one)));
        expect(found.map(({ text }) => text).toSorted()).toEqual(expected.toSorted());
        checkNumbers(found, histories, numbers);
      }
    },
  );
});
