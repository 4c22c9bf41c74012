/** What a table's log says of the table, without what each writer makes up by itself. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

type Json = Readonly<Record<string, unknown>>;

/** The protocol, the metadata and the domains of a table, in a form that two writers agree about. */
export interface Described {
  readonly protocol: unknown;
  readonly schema: unknown;
  readonly partitionColumns: unknown;
  readonly configuration: unknown;
  readonly domains: unknown;
}

/** Reads the commits of a log, all of which must be there. */
export function described(table: string): Described {
  const actions = actionsOf(table);
  const last = (name: string): Json => actions.findLast((action) => action[name] !== undefined)![name] as Json;
  const metadata = last("metaData");
  const domains = actions.flatMap(({ domainMetadata }) =>
    domainMetadata === undefined ? [] : [domainMetadata as Json],
  );
  return {
    protocol: protocolOf(last("protocol")),
    schema: JSON.parse(metadata.schemaString as string, plainField) as unknown,
    partitionColumns: metadata.partitionColumns,
    configuration: withoutNames(metadata.configuration as Json),
    domains: Object.fromEntries(
      domains.map(({ domain, configuration, removed }) => [
        domain,
        removed ? null : contentOf(configuration as string),
      ]),
    ),
  };
}

/** Every action of every commit, in order. */
export function actionsOf(table: string): readonly Json[] {
  const log = join(table, "_delta_log");
  const commits = readdirSync(log).filter((name) => /^\d{20}\.json$/.test(name));
  const lines = commits.sort().flatMap((name) => readFileSync(join(log, name), "utf8").trim().split("\n"));
  return lines.map((line) => JSON.parse(line) as Json);
}

const protocolOf = ({ readerFeatures, writerFeatures, ...versions }: Json): unknown => ({
  ...versions,
  readerFeatures: (readerFeatures as string[] | undefined)?.toSorted(),
  writerFeatures: (writerFeatures as string[] | undefined)?.toSorted(),
});

// Spark repeats the name of a domain within it.
const contentOf = (configuration: string): unknown => {
  const { domainName: _, ...content } = JSON.parse(configuration.replaceAll(physicalName, "a name")) as Json;
  return content;
};

// Physical names are random.
const physicalName = /col-[0-9a-f-]{36}/g;
const plainField = (key: string, value: unknown): unknown =>
  key === "delta.columnMapping.physicalName" ? "a name" : value;

// Spark writes a constraint with blanks between all of its words.
const plainValue = (key: string, value: unknown): unknown =>
  key.startsWith("delta.constraints.") ? String(value).replaceAll(/\s/g, "") : value;

const withoutNames = (configuration: Json): unknown =>
  Object.fromEntries(
    Object.entries(configuration)
      .map(([key, value]) => [key, /materialized\w+ColumnName$/.test(key) ? "a name" : plainValue(key, value)])
      .sort(([left], [right]) => (left! < right! ? -1 : 1)),
  );
