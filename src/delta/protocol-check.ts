/** Whether a table may be read, by its protocol. */
import type { Protocol } from "./actions.ts";
import { unsupportedFeatures, unsupportedProtocol } from "./errors.ts";
import { highestReaderVersion, highestWriterVersion, tableFeatures } from "./table-features.ts";

/** The names of the features that a table has, for readers or writers, whether it lists them or its versions imply them. */
export function featuresOf(protocol: Protocol, mode: "reader" | "writer"): ReadonlySet<string> {
  const { minReaderVersion: reader, minWriterVersion: writer, readerFeatures = [], writerFeatures = [] } = protocol;
  if (mode === "reader" && reader >= highestReaderVersion) return new Set(readerFeatures);
  if (mode === "writer" && writer >= highestWriterVersion) return new Set(writerFeatures);
  const implied = Object.entries(tableFeatures).filter(([, { legacyReader = Infinity, legacyWriter = Infinity }]) =>
    mode === "reader" ? legacyReader <= reader : legacyWriter <= writer,
  );
  return new Set(implied.map(([name]) => name));
}

/** Whether a table has a feature. */
export const hasFeature = (protocol: Protocol, name: string): boolean =>
  featuresOf(protocol, "writer").has(name) || featuresOf(protocol, "reader").has(name);

const unknownHint = "Upgrade Lakewright, or read the table with the program that wrote it.";

/**
 * Checks that a table can be read rightly. Features that only writers have to know change nothing for readers.
 *
 * @param path - of the table, for the error
 * @throws UnsupportedError `DELTA_UNSUPPORTED_FEATURES_FOR_READ` naming each feature, `DELTA_INVALID_PROTOCOL_VERSION`
 */
export function checkReadable(protocol: Protocol, path: string): void {
  const { minReaderVersion: reader, minWriterVersion: writer, readerFeatures = [] } = protocol;
  if (reader > highestReaderVersion) throw unsupportedProtocol(path, reader, writer);
  const unsupported = reader < highestReaderVersion ? [] : readerFeatures.filter((name) => !isRead(name));
  if (unsupported.length === 0) return;
  throw unsupportedFeatures(
    path,
    "read",
    unsupported.map((name) => ({ name, hint: tableFeatures[name]?.hint ?? unknownHint })),
  );
}

const isRead = (name: string): boolean => (tableFeatures[name]?.support ?? "none") !== "none";
