/** A session of a Spark: plans and commands go there as messages. Loaded when a session is first used. */

import { decodeRelation } from "../../connect/decode.ts";
import { type CodecOptions, encodePlan, encodeRelation } from "../../connect/encode.ts";
import {
  AnalyzePlanRequest_Explain_ExplainMode as Mode,
  type Plan,
} from "../../connect/generated/spark/connect/base_pb.ts";
import type { Relation as RelationMessage } from "../../connect/generated/spark/connect/relations_pb.ts";
import type { Artifact } from "../../dataframe/artifacts.ts";
import { UnsupportedError } from "../../errors.ts";
import { sqlParser } from "../../functions/parsers.ts";
import type { Command } from "../../plan/command.ts";
import type { ExplainMode, Relation } from "../../plan/relation.ts";
import type { StructType } from "../../types/data-type.ts";
import { analysesAlike, asked } from "./analysed-alike.ts";
import { type Listeners, type Rows, rowsOf, tell } from "./answers.ts";
import { contentOf, sendArtifact } from "./artifacts.ts";
import { compressedPlan } from "./compressed-plan.ts";
import { SparkConnection } from "./connection.ts";
import type { SparkAddress } from "./connection-string.ts";
import { isLeaf, LocalCheck } from "./local-check.ts";
import { isOlder, type NewerPart, newestPart } from "./newer-parts.ts";
import { answersOf } from "./operation.ts";
import { readSchema } from "./schema.ts";
import { settingChanges, wantedSettings } from "./setting-changes.ts";
import { Uploads } from "./uploads.ts";

/** What an action is besides its plan. */
export interface RemoteAction extends Listeners {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

export interface SchemaOptions {
  readonly signal?: AbortSignal | undefined;
  /** Whether the server is asked in any case. */
  readonly asks?: boolean;
}

const explainModes = {
  simple: Mode.SIMPLE,
  extended: Mode.EXTENDED,
  codegen: Mode.CODEGEN,
  cost: Mode.COST,
  formatted: Mode.FORMATTED,
} as const satisfies Record<ExplainMode, Mode>;

/** Where rows are kept, as Spark says it. */
const storageLevels = {
  MEMORY_ONLY: { useMemory: true, deserialized: true, replication: 1 },
  MEMORY_AND_DISK: { useDisk: true, useMemory: true, deserialized: true, replication: 1 },
  DISK_ONLY: { useDisk: true, replication: 1 },
  NONE: { replication: 1 },
} as const;

/** Commands after which names may mean variables or other functions, or do what only the server knows. */
const renaming: ReadonlySet<Command["kind"]> = new Set<Command["kind"]>([
  "create function",
  "drop function",
  "declare variable",
  "set variables",
  "drop variable",
  "reset setting",
  "script",
  "sql command",
]);

export class RemoteSession {
  readonly #connection: SparkConnection;
  readonly #uploads: Uploads;
  readonly #check = new LocalCheck((leaf) => this.#askedSchema(leaf));
  readonly #schemas = new WeakMap<Relation, StructType>();
  /** Whether commands of the program may have given names other meanings. */
  #hasOtherNames = false;
  #isAlike: Promise<boolean> | undefined;
  #settings: Readonly<Record<string, string>> | undefined;
  #version: Promise<string> | undefined;

  constructor(address: SparkAddress) {
    this.#connection = new SparkConnection(address);
    this.#uploads = new Uploads(this.#connection, async () => !isOlder(await this.version(), "4.1"));
  }

  /** The version that the server gives as its own, asked once: 4.0 to 4.2 of Spark, or that of another server. */
  version(): Promise<string> {
    this.#version ??= this.#connection.analyze({ case: "sparkVersion", value: {} }).then(({ version }) => version);
    return this.#version;
  }

  /** Whether the server has forgotten it. */
  get isGone(): boolean {
    return this.#connection.isGone;
  }

  /** Makes the server's settings those of the program. */
  async configure(given: Readonly<Record<string, string>>): Promise<void> {
    const wanted = wantedSettings(given);
    const { set, unset } = settingChanges(wanted, this.#settings ?? {});
    // A session may begin with settings that only the start of a server can make; others are refused by name.
    const silent = this.#settings === undefined;
    if (set.length > 0)
      await this.#connection.configure({
        case: "set",
        value: { pairs: set.map(([key, value]) => ({ key, value })), silent },
      });
    if (unset.length > 0) await this.#connection.configure({ case: "unset", value: { keys: unset } });
    if (set.length + unset.length > 0) this.#isAlike = undefined;
    this.#settings = wanted;
  }

  /** The schema of a plan, found once a relation object; the server is asked where the analyzer does not know it for certain. */
  async schemaOf(plan: Relation, { signal, asks = false }: SchemaOptions = {}): Promise<StructType> {
    const known = this.#schemas.get(plan);
    if (known !== undefined) return known;
    const schema = (asks ? undefined : await this.#localSchema(plan)) ?? (await this.#askedSchema(plan, signal));
    this.#schemas.set(plan, schema);
    return schema;
  }

  async #localSchema(plan: Relation): Promise<StructType | undefined> {
    if (isLeaf(plan)) return this.#check.leaf(plan);
    const schema = await this.#checked(plan);
    return schema !== undefined && (await this.#analysesAlike()) ? schema : undefined;
  }

  /** Asked once, and anew when the program has set something. */
  #analysesAlike(): Promise<boolean> {
    this.#isAlike ??= Promise.all([this.version(), this.#settingsThere()]).then(([version, settings]) =>
      analysesAlike(version, settings),
    );
    return this.#isAlike;
  }

  async #settingsThere(): Promise<readonly (readonly [string, string])[]> {
    const { pairs } = await this.#connection.configure({ case: "getAll", value: { prefix: asked } });
    return pairs.map(({ key, value }) => [key, value ?? ""]);
  }

  async #askedSchema(plan: Relation, signal?: AbortSignal): Promise<StructType> {
    const sent = await this.#plan(plan, signal);
    return readSchema((await this.#connection.analyze({ case: "schema", value: { plan: sent } }, signal)).schema);
  }

  async #checked(plan: Relation): Promise<StructType | undefined> {
    return this.#hasOtherNames ? undefined : this.#check.check(plan, this.#zone);
  }

  async explain(plan: Relation, mode: ExplainMode): Promise<string> {
    const value = { plan: await this.#plan(plan), explainMode: explainModes[mode] };
    return (await this.#connection.analyze({ case: "explain", value })).explainString;
  }

  async inputFiles(plan: Relation): Promise<readonly string[]> {
    return (await this.#connection.analyze({ case: "inputFiles", value: { plan: await this.#plan(plan) } })).files;
  }

  async semanticHash(plan: Relation): Promise<number> {
    return (await this.#connection.analyze({ case: "semanticHash", value: { plan: await this.#plan(plan) } })).result;
  }

  async persist(plan: Relation, level: keyof typeof storageLevels): Promise<void> {
    const value = { relation: await this.#relation(plan), storageLevel: storageLevels[level] };
    await this.#connection.analyze({ case: "persist", value });
  }

  async unpersist(plan: Relation): Promise<void> {
    await this.#connection.analyze({ case: "unpersist", value: { relation: await this.#relation(plan) } });
  }

  async execute(plan: Relation, action: RemoteAction): Promise<Rows> {
    await this.#checked(plan);
    return rowsOf(this.#answers(plan, action), action);
  }

  /** Runs a command to its end; gives the relation that it answers with, if any. */
  async run(command: Command, action: RemoteAction): Promise<Relation | undefined> {
    this.#hasOtherNames ||= renaming.has(command.kind);
    let rows: RelationMessage | undefined;
    for await (const answer of this.#answers(command, action)) {
      tell(answer, action);
      if (answer.responseType.case === "sqlCommandResult") rows = answer.responseType.value.relation;
    }
    this.#check.forget();
    return rows === undefined ? undefined : decodeRelation(rows, this.#codec);
  }

  async addArtifact({ file, name }: Artifact, signal?: AbortSignal): Promise<void> {
    await sendArtifact(this.#connection, name, await contentOf(file), signal);
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  async *#answers(plan: Relation | Command, { operationId, tags, signal }: RemoteAction) {
    const sent = await this.#plan(plan, signal);
    const parts = { plan: sent, operationId, tags, ...(signal === undefined ? {} : { signal }) };
    yield* answersOf(this.#connection, parts);
  }

  async #plan(plan: Relation | Command, signal?: AbortSignal): Promise<Plan> {
    const sent = await this.#uploaded(() => encodePlan(plan, this.#codec), signal);
    const newest = newestPart(sent);
    const version = newest === undefined ? undefined : await this.version();
    if (newest !== undefined && isOlder(version!, newest.since))
      throw newerThanServer(newest, `${this.#connection.where}, ${version}`);
    return compressedPlan(sent, this.#connection);
  }

  #relation(plan: Relation): Promise<RelationMessage> {
    return this.#uploaded(() => encodeRelation(plan, this.#codec));
  }

  /** A message that names rows which are many by their hashes, once they are there. */
  async #uploaded<Message>(encode: () => Message, signal?: AbortSignal): Promise<Message> {
    const first = encode();
    const hasSent = await this.#uploads.send(this.#zone, signal);
    return hasSent ? encode() : first;
  }

  get #codec(): CodecOptions {
    return { timeZone: this.#zone, sql: sqlParser(), hashesOf: this.#uploads.hashesOf };
  }

  get #zone(): string {
    return this.#settings?.["spark.sql.session.timeZone"] ?? "UTC";
  }
}

const newerThanServer = ({ what, since }: NewerPart, server: string): UnsupportedError =>
  new UnsupportedError(`${what} came with Spark ${since}, which is newer than ${server}`, {
    hint: "Leave it out, or run the program on a newer Spark or on the embedded engine.",
  });
