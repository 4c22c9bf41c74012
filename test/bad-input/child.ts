/** A process that tests kill, race or run as another user: `node child.ts <command> <path>`. */
import { isLakewrightError, lit, SparkSession } from "lakewright";

const spark = SparkSession.create({ "lakewright.threads": 1 });

const commands: Readonly<Record<string, (path: string) => Promise<void>>> = {
  /** Overwrites a folder again and again, each time with rows of the next version. */
  async rewrite(path) {
    for (let version = 1; ; version++) {
      await spark.range(100_000).select("id", lit(version).as("version")).write.mode("overwrite").parquet(path);
      console.log(`version ${version}`);
    }
  },
  async read(path) {
    console.log(await spark.read.parquet(path).count());
  },
  async write(path) {
    await spark.range(3).write.mode("overwrite").parquet(path);
  },
  async "read a Delta table"(path) {
    console.log(await spark.read.format("delta").load(path).count());
  },
  async "append to a Delta table"(path) {
    await spark.range(3).write.format("delta").mode("append").save(path);
  },
};

try {
  await commands[process.argv[2]!]!(process.argv[3]!);
} catch (error) {
  if (!isLakewrightError(error)) throw error;
  console.log(`${error.name} ${error.condition} ${error.message}`);
} finally {
  await spark.stop();
}
