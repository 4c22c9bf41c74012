import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type DataFrame, SparkSession } from "lakewright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

const fixtures = fileURLToPath(new URL("./fixtures/", import.meta.url));

/** What Spark said of a table of this folder. */
interface Answers {
  readonly schema: string;
  readonly rows: readonly string[];
  readonly changes?: readonly string[];
}

const names = readdirSync(fixtures)
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.slice(0, -".json".length));
const answersOf = (name: string): Answers =>
  JSON.parse(readFileSync(join(fixtures, `${name}.json`), "utf8")) as Answers;

let spark: SparkSession;
beforeAll(() => {
  spark = SparkSession.create();
});
afterAll(() => spark.stop());

const load = (path: string): DataFrame => spark.read.format("delta").load(path);

/** The rows as Spark's answers have them: a JSON text a column. */
async function rowsOf(rows: DataFrame): Promise<readonly string[]> {
  const { fields } = await rows.schema();
  const columns = fields.map(({ name }) => `to_json(struct(\`${name}\`))`);
  const values = await rows.selectExpr(...columns).collect({ rows: "array" });
  return values.map((row) => (row as readonly string[]).join("|")).sort();
}

describe("tables that Spark wrote", () => {
  test.each(names)("%s", async (name) => {
    const { schema, rows } = answersOf(name);
    const table = load(join(fixtures, name));
    expect((await table.schema()).fields.map((field) => field.name).join()).toBe(namesIn(schema));
    expect(await rowsOf(table)).toEqual(rows);
  });

  test.each(names.filter((name) => answersOf(name).changes !== undefined))("the changes of %s", async (name) => {
    const path = join(fixtures, name);
    const changes = spark.sql(`SELECT * FROM table_changes_by_path('${path}', 0)`).drop("_commit_timestamp");
    expect(await rowsOf(changes)).toEqual(answersOf(name).changes);
  });

  test("versions before the last", async () => {
    const count = async (version: number): Promise<number> =>
      load(`${join(fixtures, "deletion-vectors")}@v${version}`).count();
    expect(await Promise.all([0, 1, 2, 3, 4].map(count))).toEqual([0, 20, 17, 16, 16]);
  });

  test("the time of a commit that tells its own", async () => {
    const path = join(fixtures, "in-commit-timestamps");
    const history = await spark.sql(`DESCRIBE HISTORY '${path}'`).select("version", "timestamp").collect();
    const [second, first] = history as readonly { version: number; timestamp: { toString(): string } }[];
    const at = (time: string): DataFrame => spark.sql(`SELECT * FROM delta.\`${path}\` TIMESTAMP AS OF '${time}'`);
    expect(await at(String(first!.timestamp)).count()).toBe(1);
    expect(await at(String(second!.timestamp)).count()).toBe(2);
  });
});

/** The names of the columns in Spark's short text of a schema without nested types. */
const namesIn = (schema: string): string => {
  let depth = 0;
  let text = "";
  for (const character of schema.slice("struct<".length, -1)) {
    if (character === "<" || character === "(") depth += 1;
    if (depth === 0) text += character;
    if (character === ">" || character === ")") depth -= 1;
  }
  return text.replace(/:\w+/g, "");
};

describe("what cannot be read", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "delta 100% ü-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const copied = (name: string): { readonly path: string; readonly log: string } => {
    const path = join(folder, name);
    cpSync(join(fixtures, name), path, { recursive: true });
    return { path, log: join(path, "_delta_log") };
  };
  const commit = (version: number): string => `${String(version).padStart(20, "0")}.json`;

  test("nothing is wrong with spaces, percent signs and umlauts in a path", async () => {
    expect(await load(copied("change-feed").path).count()).toBe(2);
  });

  test("a folder without a log says what it holds", async () => {
    writeFileSync(join(folder, "a.parquet"), "");
    await expect(load(folder).count()).rejects.toMatchObject({ condition: "DELTA_TABLE_NOT_FOUND" });
    await expect(load(folder).count()).rejects.toThrow("it holds a.parquet");
  });

  test("a gap names the version, and versions before it can be read", async () => {
    const { path, log } = copied("change-feed");
    unlinkSync(join(log, commit(2)));
    await expect(load(path).count()).rejects.toMatchObject({
      condition: "DELTA_VERSIONS_NOT_CONTIGUOUS",
      parameters: { version: "2" },
    });
    expect(await load(`${path}@v1`).count()).toBe(3);
  });

  test("a torn commit names its file and line", async () => {
    const { path, log } = copied("change-feed");
    truncateSync(join(log, commit(3)), 300);
    await expect(load(path).count()).rejects.toMatchObject({ condition: "DELTA_LOG_FILE_MALFORMED" });
  });

  test.each(["v2-checkpoint", "classic-checkpoint"])("a truncated checkpoint of %s is passed over", async (name) => {
    const { path, log } = copied(name);
    const checkpoints = readdirSync(log).filter((file) => file.includes(".checkpoint."));
    expect(checkpoints.length).toBeGreaterThan(0);
    for (const file of checkpoints) truncateSync(join(log, file), 100);
    writeFileSync(join(log, "_last_checkpoint"), "{");
    expect(await rowsOf(load(path))).toEqual(answersOf(name).rows);
  });

  test("a lost data file is named", async () => {
    const { path } = copied("widened");
    const [file] = readdirSync(path).filter((name) => name.endsWith(".parquet"));
    unlinkSync(join(path, file!));
    await expect(load(path).collect()).rejects.toMatchObject({ condition: "FAILED_READ_FILE.FILE_NOT_EXIST" });
    await expect(load(path).collect()).rejects.toThrow(file!);
  });

  test("a version out of range says the range", async () => {
    await expect(load(`${join(fixtures, "widened")}@v99`).count()).rejects.toThrow("Available versions: [0, ");
  });

  test("a table in the place of another is not taken for it", async () => {
    const { path } = copied("change-feed");
    expect(await load(path).count()).toBe(2);
    rmSync(path, { recursive: true });
    cpSync(join(fixtures, "deletion-vectors"), path, { recursive: true });
    expect(await load(path).count()).toBe(16);
  });
});

describe("files that cannot match are left out", () => {
  const path = join(fixtures, "classic-checkpoint");

  test.each([
    ["part = 'x=y'", 1],
    ["part IS NULL", 1],
    ["part LIKE 'c%'", 1],
    ["id > 3", 2],
    ["id = 2 OR part = 'ü'", 2],
    ["NOT (id < 6)", 1],
    ["id IN (100, 200)", 0],
    ["id + 0 > 3", 4],
  ])("%s", async (condition, files) => {
    const all = load(path);
    const some = all.filter(condition);
    expect((await some.inputFiles()).length).toBe(files);
    const held = await all.select("id", "part").collect();
    expect(await some.count()).toBe(
      await spark.createDataFrame(held, "id BIGINT, part STRING").filter(condition).count(),
    );
  });

  test("explain says how many", async () => {
    const [plan] = await spark.sql(`EXPLAIN SELECT * FROM delta.\`${path}\` WHERE id > 3`).collect();
    expect(plan!.plan).toContain(`Files of ${path}: 2 of 4\n`);
  });

  test("not below a window, whose rows they are", async () => {
    const numbered = load(path).selectExpr("id", "row_number() OVER (ORDER BY id) AS n").filter("id = 6");
    expect(await numbered.collect()).toEqual([{ id: 6, n: 5 }]);
  });
});
