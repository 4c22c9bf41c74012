/** That the page about PySpark's API tells the truth. */
import { readFileSync } from "node:fs";
import { col, DataFrameWriterV2, MergeIntoWriter, SparkSession, Window } from "lakewright";
import { afterAll, describe, expect, it } from "vitest";
import { camelCase, coveragePage, exceptions, promises } from "../tools/api-coverage.ts";
import { type ClassName, members } from "../tools/api-members.ts";

const spark = SparkSession.create();
afterAll(() => spark.stop());

const frame = spark.range(1);
const objects: { readonly [Class in ClassName]: readonly unknown[] } = {
  DataFrame: [frame],
  Column: [col("id")],
  GroupedData: [frame.groupBy("id")],
  Window: [Window],
  WindowSpec: [Window.partitionBy("id")],
  DataFrameReader: [spark.read],
  DataFrameWriter: [frame.write],
  DataFrameWriterV2: [DataFrameWriterV2.prototype],
  MergeIntoWriter: [MergeIntoWriter.prototype],
  DataFrameNaFunctions: [frame.na],
  DataFrameStatFunctions: [frame.stat],
  SparkSession: [spark, SparkSession],
  Catalog: [spark.catalog],
  TableValuedFunction: [spark.tvf],
};

/** The descriptors of an object's members, inherited ones too. */
function descriptorsOf(object: unknown): ReadonlyMap<string, PropertyDescriptor> {
  const found = new Map<string, PropertyDescriptor>();
  for (let at = object; at !== null && at !== Object.prototype && at !== Function.prototype; ) {
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(at)))
      if (!found.has(name)) found.set(name, descriptor);
    at = Object.getPrototypeOf(at);
  }
  return found;
}

const classes = Object.keys(members) as ClassName[];
const asynchronous = Object.getPrototypeOf(async () => {}).constructor as new () => unknown;

describe.each(classes)("%s", (name) => {
  const own = new Map(objects[name].flatMap((object) => [...descriptorsOf(object)]));
  const named = Object.keys(exceptions[name]);

  it("has each member of PySpark's, or says what became of it", () => {
    const missing = members[name].filter((member) => !own.has(camelCase(member)) && !named.includes(member));
    expect(missing).toEqual([]);
  });

  it("says so only of members that PySpark has and that are not here", () => {
    expect(named.filter((member) => !members[name].includes(member))).toEqual([]);
    expect(named.filter((member) => own.has(camelCase(member)))).toEqual([]);
  });

  it("tells of asynchronous functions that they give promises", () => {
    const untold = [...own].filter(([key, { value }]) => value instanceof asynchronous && promises[name][key] !== true);
    expect(untold.map(([key]) => key)).toEqual([]);
  });
});

it("is the page in docs", () => {
  const page = readFileSync(new URL("../docs/api-coverage.md", import.meta.url), "utf8");
  expect(page, "It is stale: run node tools/api-coverage.ts.").toBe(coveragePage());
});
