/** Tables of every feature, made and changed by Spark, by us and by delta-rs in turns: rows and metadata are equal. */
import { cpSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DataFrame, isLakewrightError, SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasDelta, type SparkPeer } from "../../../services/client.ts";
import { frameOutcome, type Outcome, sparkOutcome } from "../outcome.ts";
import { appendByDeltaRs, readByDeltaRs } from "./delta-rs.ts";
import { features } from "./features.ts";
import { connectDelta } from "./peers.ts";
import { described } from "./table-log.ts";

/** One of the programs that speak SQL. */
interface Engine {
  run(statement: string): Promise<void>;
  /** The condition of the error, or nothing. */
  refusal(statement: string): Promise<string | undefined>;
  ask(query: string): Promise<Outcome>;
}

type Name = "spark" | "ours";

/** Who makes a table, and who changes it then. */
const turns = [
  ["spark", "ours"],
  ["ours", "spark"],
  ["ours", "ours"],
] as const;

/** Without these no value of type VARIANT is taken apart. */
const settings = {
  "spark.sql.variant.writeShredding.enabled": "true",
  "spark.sql.variant.inferShreddingSchema": "true",
};

/** Spark compares the checksum of the version before with its log, and refuses to go on from one that differs. */
const wary = { "spark.databricks.delta.incremental.commit.verify": "true" };

describe.skipIf(!hasDelta())("Delta tables", () => {
  let folder: string;
  const session = SparkSession.create();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lakewright-delta-"));
  });
  afterAll(async () => {
    await Promise.all([session.stop(), rm(folder, { recursive: true, force: true })]);
  });

  const enginesOf = (peer: SparkPeer): Readonly<Record<Name, Engine>> => ({
    spark: {
      run: async (text) => void (await peer.sql(text)),
      refusal: async (text) => {
        const outcome = await peer.attempt({ op: "sql", text });
        return "error" in outcome ? (outcome.error.condition ?? outcome.error.message) : undefined;
      },
      ask: async (text) => sparkOutcome(await peer.attempt({ op: "sql", text })),
    },
    ours: {
      run: async (text) => void (await session.execute(text)),
      refusal: (text) =>
        session.execute(text).then(
          () => undefined,
          (error: unknown) => (isLakewrightError(error) ? error.condition : String(error)),
        ),
      ask: async (text) => frameOutcome((await session.execute(text)) as DataFrame),
    },
  });

  const naming = (path: string) => (text: string) =>
    text.replaceAll("{t}", `delta.\`${path}\``).replaceAll("{changes}", `table_changes_by_path('${path}', 0)`);

  async function run(engine: Engine, statements: readonly string[], path: string): Promise<void> {
    for (const statement of statements.map(naming(path))) await engine.run(statement);
  }

  // Side by side: Spark plans a statement in one thread, for longer than it runs it.
  describe.concurrent.each(features)("with $name", (feature) => {
    const { queries = [], refused = {} } = feature;
    let peer: SparkPeer;
    let waryPeer: SparkPeer;
    let engines: Readonly<Record<Name, Engine>>;
    let expected: readonly Outcome[];

    const pathOf = (...words: readonly string[]): string => join(folder, [feature.name, ...words].join("-"));
    const reference = (): string => pathOf("spark", "spark");

    const asked = async (engine: Engine, path: string): Promise<readonly Outcome[]> => {
      const texts = ["SELECT * FROM {t}", ...queries].map(naming(path));
      return Array.fromAsync(texts, (text) => engine.ask(text));
    };

    async function changed(maker: Name, changer: Name): Promise<string> {
      const path = pathOf(maker, changer);
      cpSync(pathOf(maker), path, { recursive: true, preserveTimestamps: true });
      const { [changer]: engine } = maker === "ours" ? enginesOf(waryPeer) : engines;
      await run(engine, feature.change, path);
      return path;
    }

    beforeAll(async () => {
      peer = await connectDelta(settings);
      waryPeer = await connectDelta({ ...settings, ...wary });
      engines = enginesOf(peer);
      for (const maker of ["spark", "ours"] as const) await run(engines[maker], feature.make, pathOf(maker));
      expected = await asked(engines.spark, await changed("spark", "spark"));
    });
    afterAll(() => Promise.all([peer.close(), waryPeer.close()]));

    it("that Spark wrote are read", async () => {
      expect(await asked(engines.ours, reference())).toEqual(expected);
    });

    it.each(turns)("that %s made and %s changed are what Spark makes of them", async (maker, changer) => {
      const path = await changed(maker, changer);
      expect(await asked(engines.spark, path)).toEqual(expected);
      expect(await asked(engines.ours, path)).toEqual(expected);
      expect(described(path)).toEqual(described(reference()));
      expect(await engines.ours.ask(naming(path)("FSCK REPAIR TABLE {t} DRY RUN"))).toMatchObject({ rows: [] });
    });

    it.each(Object.entries(refused))("take no %s", async (statement, condition) => {
      const text = naming(reference())(statement);
      expect([await engines.spark.refusal(text), await engines.ours.refusal(text)]).toEqual([condition, condition]);
    });

    const { deltaRs } = feature;
    if (deltaRs === undefined) return;
    it.each(["spark", "ours"] as const)("that %s wrote are read and appended to by delta-rs", async (writer) => {
      const path = pathOf(writer, "rs");
      cpSync(pathOf(writer, writer), path, { recursive: true, preserveTimestamps: true });
      const before = rowsOf(expected[0]!);
      const read = await readByDeltaRs(peer, path);
      checkVerdict(deltaRs.read, "error" in read ? String(read.error.message) : undefined);
      if (!("error" in read)) expect(read.rows).toEqual(before);
      const refusal = await appendByDeltaRs(peer, path, feature.row);
      checkVerdict(deltaRs.append, refusal);
      const [after] = await asked(engines.ours, path);
      if (refusal !== undefined) return expect(rowsOf(after!)).toEqual(before);
      expect(rowsOf(after!).length).toBe(before.length + 1);
      expect(rowsOf(await readByDeltaRs(peer, path))).toEqual(rowsOf(after!));
    });
  });
});

const rowsOf = (outcome: Outcome): readonly unknown[] => {
  if ("rows" in outcome) return outcome.rows;
  throw new Error(JSON.stringify(outcome.error));
};

function checkVerdict(verdict: true | RegExp, refusal: string | undefined): void {
  if (verdict === true) expect(refusal).toBeUndefined();
  else expect(refusal).toMatch(verdict);
}
