/** Delta tables opened to be written. */
import { readActions } from "../../delta/log/read-file.ts";
import { commitName, logFolder } from "../../delta/log-names.ts";
import type { Snapshot } from "../../delta/snapshot.ts";
import { Transaction, type TransactionBase } from "../../delta/write/transaction.ts";
import { joinPath } from "../../storage/path.ts";
import type { StructType } from "../../types/data-type.ts";
import { schemaFromJson } from "../../types/schema-json.ts";
import type { CommandContext } from "../commands/context.ts";

/** A table as a statement finds it. */
export interface OpenTable {
  readonly location: string;
  /** Absent where there is no table yet. */
  readonly snapshot: Snapshot | undefined;
  readonly transaction: Transaction;
}

/**
 * Opens a table for one statement.
 *
 * @param location - the absolute path of its folder
 */
export async function openTable(location: string, context: CommandContext): Promise<OpenTable> {
  const snapshot = await existing(location, context);
  const base = snapshot === undefined ? noTable : await baseOf(snapshot, context);
  const { storage } = context.delta.handlers;
  return { location, snapshot, transaction: new Transaction(location, base, { storage, engineInfo }) };
}

/** Who writes, for those who read the history. */
const engineInfo = "Lakewright";

const noTable: TransactionBase = {
  version: -1,
  protocol: undefined,
  metadata: undefined,
  domains: new Map(),
  applications: new Map(),
};

async function existing(location: string, { delta }: CommandContext): Promise<Snapshot | undefined> {
  const known = await delta.refreshed(location);
  if (known !== undefined) return known;
  const log = await delta.handlers.storage.children(joinPath(location, logFolder));
  const hasCommits = log?.some(({ name }) => /^\d{20}\./.test(name)) ?? false;
  return hasCommits ? delta.snapshot(location) : undefined;
}

async function baseOf(snapshot: Snapshot, { delta }: CommandContext): Promise<TransactionBase> {
  const { version, protocol, metadata, domains, transactions, table } = snapshot;
  const isDated = metadata.configuration?.["delta.enableInCommitTimestamps"] === "true";
  const commit = isDated
    ? await readActions(delta.handlers.storage, joinPath(table, logFolder, commitName(version))).catch(() => [])
    : [];
  const inCommitTimestamp = commit.find(({ commitInfo }) => commitInfo !== undefined)?.commitInfo?.inCommitTimestamp;
  return { version, protocol, metadata, domains, applications: transactions, inCommitTimestamp };
}

/** The schema of a table as its metadata has it. */
export const loggedSchema = ({ metadata }: Pick<Snapshot, "metadata">): StructType =>
  schemaFromJson(metadata.schemaString);
