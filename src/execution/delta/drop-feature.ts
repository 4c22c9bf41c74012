/** `ALTER TABLE … DROP FEATURE`: a feature taken out of the protocol, once nothing of the table needs it. */

import { tableFeatures } from "../../delta/table-features.ts";
import { featuresOf, neededFeatures, protocolOf } from "../../delta/write/required-protocol.ts";
import { AnalysisError, listed, UnsupportedError } from "../../errors.ts";
import type { TableChange } from "../../plan/catalogue-command.ts";
import type { CommandContext } from "../commands/context.ts";
import { committed } from "./after-commit.ts";
import type { OpenTable } from "./open-table.ts";

type DropFeature = Extract<TableChange, { change: "drop feature" }>;

/** Features of writers whose traces in older versions harm nobody. */
const droppable: ReadonlySet<string> = new Set([
  "checkConstraints",
  "allowColumnDefaults",
  "changeDataFeed",
  "identityColumns",
  "generatedColumns",
  "inCommitTimestamp",
  "invariants",
  "appendOnly",
  "materializePartitionColumns",
  "vacuumProtocolCheck",
]);

export async function dropFeature({ feature }: DropFeature, open: OpenTable, context: CommandContext): Promise<void> {
  const { transaction } = open;
  const features = new Set(featuresOf(transaction.protocol!));
  const name = Object.keys(tableFeatures).find((each) => each.toLowerCase() === feature.toLowerCase()) ?? feature;
  if (!features.has(name)) throw notThere(feature, [...features]);
  if (!droppable.has(name)) throw cannotDrop(name);
  if (neededFeatures(transaction.metadata!).includes(name)) throw inUse(name);
  features.delete(name);
  transaction.setProtocol(protocolOf(features));
  await committed(open, [], { name: "DROP FEATURE", parameters: { featureName: name }, metrics: {} }, context);
}

const notThere = (name: string, features: readonly string[]): AnalysisError =>
  new AnalysisError(`Cannot drop ${name} from this table because it is not currently present in the table's protocol`, {
    condition: "DELTA_FEATURE_DROP_FEATURE_NOT_PRESENT",
    sqlState: "0AKDE",
    parameters: { feature: name },
    hint: `The features are: ${listed(features)}.`,
  });

const cannotDrop = (name: string): UnsupportedError =>
  new UnsupportedError(`Cannot drop table feature ${name} because dropping this feature is not supported`, {
    condition: "DELTA_FEATURE_DROP_NONREMOVABLE_FEATURE",
    sqlState: "0AKDE",
    parameters: { feature: name },
    hint: "Copy the table's rows into a table without the feature.",
  });

const inUse = (name: string): AnalysisError =>
  new AnalysisError(`Cannot drop the table feature ${name} as long as the table uses it`, {
    condition: "DELTA_FEATURE_DROP_HISTORICAL_VERSIONS_EXIST",
    sqlState: "0AKDE",
    parameters: { feature: name },
    hint: "Unset the property, or drop the constraints and columns, that need it; then drop the feature.",
  });
