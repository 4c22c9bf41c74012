import { col, type DataFrame, lit, when } from "lakewright";
import { count, countDistinct } from "lakewright/functions";
import { testSession } from "lakewright/testing";
import { describe, expect, test, vi } from "vitest";

const rows = 400_000;
const keyOf = (id: number): number | null => (id % 7 === 0 ? null : id % 1000);

/** How many different keys the even and the odd numbers have, of those that a test takes. */
function expected(takes: (key: number | null) => boolean): { parity: number; keys: number; rows: number }[] {
  const groups = [0, 1].map((parity) => {
    const ids = Array.from({ length: rows }, (_, id) => id).filter((id) => id % 2 === parity && takes(keyOf(id)));
    const keys = new Set(ids.map(keyOf).filter((key) => key !== null));
    return { parity, keys: keys.size, rows: ids.length };
  });
  return groups.filter((group) => group.rows > 0);
}

async function planOf(frame: DataFrame): Promise<string> {
  const log = vi.spyOn(console, "log").mockReturnValue();
  await frame.explain("formatted");
  const [[text]] = log.mock.calls as [[string]];
  log.mockRestore();
  return text;
}

describe("different keys of a join with a small table", () => {
  const figures = async (type: "left" | "inner", keys: readonly (number | null)[]) => {
    await using spark = testSession();
    const key = when(col("id").mod(7).eq(0), lit(null)).otherwise(col("id").mod(1000));
    const many = spark.range(rows).select(key.as("key"), col("id").mod(2).as("parity"));
    const few = spark.createDataFrame(
      keys.map((k) => ({ k, name: `n${k}` })),
      "k BIGINT, name STRING",
    );
    const counted = many
      .join(few, col("key").eq(col("k")), type)
      .filter(col("name").isNull().or(col("name").ne("n-1")))
      .groupBy("parity")
      .agg(countDistinct("key").as("keys"), count("*").as("rows"))
      .orderBy("parity");
    return { found: await counted.collect(), plan: await planOf(counted) };
  };
  const some = Array.from({ length: 500 }, (_, key) => key * 2);

  test.each(["left", "inner"] as const)("are counted by number: %s", async (type) => {
    const { found, plan } = await figures(type, [...some, null]);
    expect(found).toEqual(expected((key) => type === "left" || (key !== null && some.includes(key))));
    expect(plan).toContain("bitstring_agg");
  });

  test("are counted as they are where the small table has a key twice", async () => {
    const { found, plan } = await figures("inner", [2, 2, 4]);
    expect(found).toEqual([
      { parity: 0, keys: 2, rows: expected((key) => key === 2)[0]!.rows * 2 + expected((key) => key === 4)[0]!.rows },
    ]);
    expect(plan).not.toContain("bitstring_agg");
  });
});
