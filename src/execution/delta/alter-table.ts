/** `ALTER TABLE` of Delta tables: each change makes other metadata, and says so in the history. */
import type { TableObject } from "../../catalogue/objects.ts";
import type { Action, TableMetadata } from "../../delta/actions.ts";
import { mapped } from "../../delta/write/column-mapping.ts";
import { askedProperties, propertyName } from "../../delta/write/properties.ts";
import type { AskedProtocol } from "../../delta/write/required-protocol.ts";
import type { AlterRelation, TableChange } from "../../plan/catalogue-command.ts";
import type { StructType } from "../../types/data-type.ts";
import { schemaToJson } from "../../types/schema-json.ts";
import type { CommandContext } from "../commands/context.ts";
import { noTableOperation } from "../tables/provider.ts";
import { committed } from "./after-commit.ts";
import { clusterBy } from "./alter-clustering.ts";
import { columnChanges } from "./alter-columns.ts";
import { constraintChanges } from "./alter-constraints.ts";
import { dropFeature } from "./drop-feature.ts";
import { loggedSchema, type OpenTable, openTable } from "./open-table.ts";
import { syncIdentity } from "./sync-identity.ts";
import { checkColumnNames, checkDefaults, redefined, rowIdColumns } from "./table-definition.ts";

/** A table that is changed. */
export interface Altering {
  readonly table: TableObject;
  readonly open: OpenTable;
  readonly metadata: TableMetadata;
  readonly schema: StructType;
  readonly context: CommandContext;
}

/** What a change comes to; undefined where nothing is to be done. */
export interface Altered {
  readonly schema?: StructType;
  readonly partitionColumns?: readonly string[];
  readonly configuration?: Readonly<Record<string, string>>;
  /** Null takes it away. */
  readonly description?: string | null;
  readonly asked?: AskedProtocol;
  readonly actions?: readonly Action[];
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly tags?: Readonly<Record<string, string>>;
}

export type ChangeKind = TableChange["change"];
export type ChangeOf<Kind extends ChangeKind> = (
  change: Extract<TableChange, { change: Kind }>,
  altering: Altering,
) => Promise<Altered | undefined> | Altered | undefined;
export type Changes<Kind extends ChangeKind> = { readonly [K in Kind]: ChangeOf<K> };

const refused =
  (operation: string) =>
  (_: TableChange, { table }: Altering): never => {
    throw noTableOperation(table, operation);
  };

const changes: Changes<Exclude<ChangeKind, "rename" | "set location" | "drop feature">> = {
  "set properties": ({ properties }, { metadata }) => {
    const { comment, ...rest } = properties;
    const { configuration, ...asked } = askedProperties(rest);
    const changed = { ...metadata.configuration, ...configuration };
    return {
      configuration: { ...changed, ...rowIdColumns(changed) },
      ...(comment === undefined ? {} : { description: comment }),
      asked,
      operation: "SET TBLPROPERTIES",
      parameters: { properties: JSON.stringify(properties) },
    };
  },
  "unset properties": ({ keys, ifExists }, { metadata }) => {
    const gone = new Set(keys.map(propertyName));
    const kept = Object.entries(metadata.configuration ?? {}).filter(([key]) => !gone.has(key));
    return {
      configuration: Object.fromEntries(kept),
      ...(gone.has("comment") ? { description: null } : {}),
      operation: "UNSET TBLPROPERTIES",
      parameters: { properties: JSON.stringify(keys), ifExists },
    };
  },
  comment: ({ comment }) => ({
    description: comment,
    operation: "SET TBLPROPERTIES",
    parameters: { properties: JSON.stringify({ comment }) },
  }),
  "cluster by": clusterBy,
  "sync identity": syncIdentity,
  "default collation": refused("DEFAULT COLLATION"),
  "add partitions": refused("ADD PARTITION"),
  "drop partitions": refused("DROP PARTITION"),
  "rename partition": refused("RENAME PARTITION"),
  "recover partitions": refused("RECOVER PARTITIONS"),
  ...columnChanges,
  ...constraintChanges,
};

export async function alterTable(command: AlterRelation, table: TableObject, context: CommandContext): Promise<void> {
  const { change } = command;
  if (change.change === "rename" || change.change === "set location") throw noTableOperation(table, "SET LOCATION");
  const open = await openTable(table.location, context);
  const { metadata } = await context.delta.snapshot(table.location);
  if (change.change === "drop feature") return dropFeature(change, open, context);
  const altering: Altering = { table, open, metadata, schema: loggedSchema({ metadata }), context };
  const work = changes[change.change] as ChangeOf<ChangeKind>;
  const altered = await work(change as never, altering);
  if (altered !== undefined) await commitChange(altered, altering);
}

async function commitChange(altered: Altered, { open, metadata, schema, context }: Altering): Promise<void> {
  const { transaction } = open;
  const isDefined = altered.schema ?? altered.configuration ?? altered.asked ?? altered.description;
  if (isDefined !== undefined) {
    const wasMapped = (metadata.configuration?.["delta.columnMapping.mode"] ?? "none") !== "none";
    const next = mapped(altered.schema ?? schema, altered.configuration ?? metadata.configuration ?? {}, !wasMapped);
    checkColumnNames(next.schema, next.configuration);
    const { description: before, ...rest } = metadata;
    const description = altered.description === undefined ? before : (altered.description ?? undefined);
    const defined = redefined(
      {
        ...rest,
        ...(description === undefined ? {} : { description }),
        schemaString: schemaToJson(next.schema),
        partitionColumns: altered.partitionColumns ?? metadata.partitionColumns,
        configuration: next.configuration,
      },
      transaction.protocol!,
      altered.asked,
    );
    transaction.setMetadata(defined.metadata);
    if (defined.protocol !== undefined) transaction.setProtocol(defined.protocol);
    checkDefaults(next.schema, transaction.protocol!, "ALTER TABLE");
  }
  const { operation, parameters, actions = [], tags } = altered;
  const told = { name: operation, parameters, metrics: {}, ...(tags === undefined ? {} : { tags }) };
  await committed(open, actions, told, context);
}
