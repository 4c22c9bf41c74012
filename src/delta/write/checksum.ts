/** Checksums: what a version comes to in few numbers, beside its commit, for those who check what they read. */
import { joinPath } from "../../storage/path.ts";
import type { Action, DomainMetadata, Protocol, TableMetadata } from "../actions.ts";
import type { LogStorage } from "../handlers.ts";
import { checksumName, logFolder } from "../log-names.ts";

interface Checksum {
  readonly tableSizeBytes: number;
  readonly numFiles: number;
  readonly setTransactions?: readonly { readonly appId: string; readonly version: number }[];
  readonly domainMetadata?: readonly DomainMetadata[];
}

interface Made {
  readonly version: number;
  readonly actions: readonly Action[];
}

/**
 * Writes the checksum of a version that was just committed, made of that of the version before it. Where that is not
 * known there is none: it is a help for readers, which no reader needs.
 */
export async function writeChecksum(
  table: string,
  { version, actions }: Made,
  state: { readonly metadata: TableMetadata | undefined; readonly protocol: Protocol | undefined },
  storage: LogStorage,
): Promise<void> {
  const before = version === 0 ? { tableSizeBytes: 0, numFiles: 0 } : await readChecksum(table, version - 1, storage);
  if (before === undefined) return;
  const adds = actions.flatMap(({ add }) => (add === undefined ? [] : [add]));
  const removes = actions.flatMap(({ remove }) => (remove === undefined ? [] : [remove]));
  if (removes.some(({ size }) => size === undefined)) return;
  const sum = (files: readonly { readonly size?: number }[]): number =>
    files.reduce((bytes, { size = 0 }) => bytes + size, 0);
  const checksum = {
    txnId: actions.find(({ commitInfo }) => commitInfo !== undefined)?.commitInfo?.txnId,
    tableSizeBytes: before.tableSizeBytes + sum(adds) - sum(removes),
    numFiles: before.numFiles + adds.length - removes.length,
    numMetadata: 1,
    numProtocol: 1,
    inCommitTimestampOpt: actions[0]?.commitInfo?.inCommitTimestamp,
    setTransactions: merged(
      before.setTransactions ?? [],
      actions.map(({ txn }) => txn),
      ({ appId }) => appId,
    ),
    domainMetadata: merged(
      before.domainMetadata ?? [],
      actions.map(({ domainMetadata }) => domainMetadata),
      ({ domain }) => domain,
    ).filter(({ removed }) => !removed),
    metadata: state.metadata,
    protocol: state.protocol,
  };
  const path = joinPath(table, logFolder, checksumName(version));
  await storage.putIfAbsent(path, new TextEncoder().encode(JSON.stringify(checksum)));
}

function merged<Value>(
  before: readonly Value[],
  changed: readonly (Value | undefined)[],
  keyOf: (value: Value) => string,
): readonly Value[] {
  const all = new Map(before.map((value) => [keyOf(value), value]));
  for (const value of changed) if (value !== undefined) all.set(keyOf(value), value);
  return [...all.values()];
}

async function readChecksum(table: string, version: number, storage: LogStorage): Promise<Checksum | undefined> {
  const path = joinPath(table, logFolder, checksumName(version));
  if ((await storage.stat(path)) === undefined) return undefined;
  await using file = await storage.open(path);
  const json = parsed(new TextDecoder().decode(await file.read(0, file.size)));
  return Number.isInteger(json?.numFiles) && Number.isInteger(json?.tableSizeBytes) ? json : undefined;
}

// One that is damaged is as good as none.
function parsed(text: string): Checksum | undefined {
  try {
    return JSON.parse(text) as Checksum;
  } catch {
    return undefined;
  }
}
