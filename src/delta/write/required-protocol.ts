/** The protocol that a table needs: no more than what it has asks for. */
import { AnalysisError } from "../../errors.ts";
import type { DataType, StructType } from "../../types/data-type.ts";
import { schemaFromJson } from "../../types/schema-json.ts";
import type { Protocol, TableMetadata } from "../actions.ts";
import { tableFeatures } from "../table-features.ts";

/** Features that properties turn on, by the property and its value. */
const byProperty: readonly (readonly [key: string, isOn: (value: string) => boolean, feature: string])[] = [
  ["delta.enableChangeDataFeed", isTrue, "changeDataFeed"],
  ["delta.enableDeletionVectors", isTrue, "deletionVectors"],
  ["delta.enableRowTracking", isTrue, "rowTracking"],
  ["delta.enableInCommitTimestamps", isTrue, "inCommitTimestamp"],
  ["delta.enableTypeWidening", isTrue, "typeWidening"],
  ["delta.enableMaterializePartitionColumnsFeature", isTrue, "materializePartitionColumns"],
  ["delta.enableVariantShredding", isTrue, "variantShredding-preview"],
  ["delta.checkpointPolicy", (value) => value.toLowerCase() === "v2", "v2Checkpoint"],
  ["delta.columnMapping.mode", (value) => value.toLowerCase() !== "none", "columnMapping"],
];

function isTrue(value: string): boolean {
  return value.toLowerCase() === "true";
}

/** The features that the metadata of a table needs. */
export function neededFeatures({ configuration = {}, schemaString }: TableMetadata): readonly string[] {
  const properties = byProperty.flatMap(([key, isOn, feature]) => {
    const value = configuration[key];
    return value !== undefined && isOn(value) ? [feature] : [];
  });
  const hasConstraints = Object.keys(configuration).some((key) => key.startsWith("delta.constraints."));
  const schema = schemaFromJson(schemaString);
  return [...properties, ...(hasConstraints ? ["checkConstraints"] : []), ...schemaFeatures(schema)];
}

function schemaFeatures(schema: StructType): readonly string[] {
  const found = new Set<string>();
  for (const { type, metadata = {} } of schema.fields) {
    if (metadata["delta.generationExpression"] !== undefined) found.add("generatedColumns");
    if (metadata["delta.identity.start"] !== undefined) found.add("identityColumns");
    for (const kind of kindsIn(type)) if (kind === "timestamp_ntz") found.add("timestampNtz");
    for (const kind of kindsIn(type)) if (kind === "variant") found.add("variantType");
  }
  return [...found];
}

function kindsIn(type: DataType): readonly DataType["kind"][] {
  if (type.kind === "struct") return type.fields.flatMap((field) => kindsIn(field.type));
  if (type.kind === "array") return kindsIn(type.element);
  if (type.kind === "map") return [...kindsIn(type.key), ...kindsIn(type.value)];
  return [type.kind];
}

/** What a statement asks of the protocol besides. */
export interface AskedProtocol {
  readonly features?: readonly string[];
  readonly minReaderVersion?: number | undefined;
  readonly minWriterVersion?: number | undefined;
}

/**
 * The protocol of a table with its metadata: that which it has, with what is needed besides.
 *
 * A set of features that a writer version stands for is written as that version; any other is listed by name.
 *
 * @param current - the protocol of the table that is changed
 * @throws AnalysisError `DELTA_FEATURES_REQUIRE_MANUAL_ENABLEMENT` is never thrown: what is asked for by a property is enabled
 */
export function requiredProtocol(
  metadata: TableMetadata,
  current: Protocol | undefined,
  asked: AskedProtocol = {},
): Protocol {
  const base = current ?? { minReaderVersion: 1, minWriterVersion: 2 };
  const versions = {
    minReaderVersion: asked.minReaderVersion ?? 1,
    minWriterVersion: asked.minWriterVersion ?? 1,
  };
  const present = new Set([...featuresOf(base), ...(asked.features ?? [])]);
  // What a table has under the name of a preview it does not get a second time.
  const needed = neededFeatures(metadata).filter((name) => !present.has(`${name}-preview`));
  const wanted = [...needed, ...(asked.features ?? [])];
  const features = new Set([...featuresOf(base), ...impliedBy(versions), ...wanted.flatMap(withRequired)]);
  return current !== undefined && sameSet(features, featuresOf(current)) ? current : protocolOf(features);
}

const withRequired = (name: string): readonly string[] => [
  name,
  ...(tableFeatures[name]?.requires ?? []).flatMap(withRequired),
];

/** Every feature of a protocol, whether it lists them or not. */
export function featuresOf(protocol: Protocol): ReadonlySet<string> {
  const { writerFeatures = [], readerFeatures = [] } = protocol;
  const listed = protocol.minWriterVersion >= 7 ? [...writerFeatures, ...readerFeatures] : impliedBy(protocol);
  return new Set(listed);
}

function impliedBy({ minReaderVersion, minWriterVersion }: Protocol): readonly string[] {
  if (minWriterVersion >= 7) return [];
  return Object.entries(tableFeatures)
    .filter(
      ([, { legacyReader = 1, legacyWriter }]) =>
        legacyWriter !== undefined && legacyWriter <= minWriterVersion && legacyReader <= minReaderVersion,
    )
    .map(([name]) => name);
}

const sameSet = (left: ReadonlySet<string>, right: ReadonlySet<string>): boolean =>
  left.size === right.size && [...left].every((name) => right.has(name));

/** The protocol that stands for exactly these features. */
export function protocolOf(features: ReadonlySet<string>): Protocol {
  for (const minReaderVersion of [1, 2])
    for (const minWriterVersion of [1, 2, 3, 4, 5, 6]) {
      const legacy = { minReaderVersion, minWriterVersion };
      if (sameSet(new Set(impliedBy(legacy)), features)) return legacy;
    }
  const ofReaders = [...features].filter((name) => tableFeatures[name]?.forReaders ?? false);
  const isNative = ofReaders.some((name) => tableFeatures[name]!.legacyReader === undefined);
  const writerFeatures = [...features].sort();
  if (isNative) return { minReaderVersion: 3, minWriterVersion: 7, readerFeatures: ofReaders.sort(), writerFeatures };
  return { minReaderVersion: ofReaders.length > 0 ? 2 : 1, minWriterVersion: 7, writerFeatures };
}

/** @throws AnalysisError for features that a new table cannot have, since nobody here could write to it */
export function checkSupported(features: Iterable<string>): void {
  for (const name of features) {
    if (tableFeatures[name]?.support === "read and write") continue;
    throw new AnalysisError(`Tables with the feature ${name} are not written`, {
      condition: "DELTA_UNSUPPORTED_FEATURES_FOR_WRITE",
      sqlState: "56038",
      parameters: { unsupported: name },
      hint: tableFeatures[name]?.hint ?? "Leave the feature out.",
    });
  }
}
