/** Results of a real Spark that are larger than the program's memory. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { SPARK_REMOTE } from "../../../services/client.ts";

const remote = process.env[SPARK_REMOTE];
const megabyte = 1024 * 1024;

const program = `
import { SparkSession } from "lakewright";
await using spark = SparkSession.create({ "spark.remote": process.argv[1] });
const rows = spark.range(300_000).selectExpr("id", "repeat(CAST(id % 10 AS STRING), 1000) AS text");
let [count, length, peak] = [0, 0, 0];
for await (const { text } of rows.toLocalIterator()) {
  length += text.length;
  if (++count % 10_000 === 0) peak = Math.max(peak, process.memoryUsage().rss);
}
console.log(JSON.stringify({ count, length, peak }));
`;

it.skipIf(remote === undefined)("rows of 300 MB pass through a program that takes less", async () => {
  const options = ["--conditions=lakewright:source", "--max-old-space-size=128", "--input-type=module"];
  const { stdout } = await promisify(execFile)(process.execPath, [...options, "--eval", program, remote!]);
  const { count, length, peak } = JSON.parse(stdout) as Record<"count" | "length" | "peak", number>;
  expect([count, length]).toEqual([300_000, 300_000_000]);
  expect(peak / megabyte).toBeLessThan(450);
});
