/** What tables that keep a log of their own can do besides being read: the seam for formats such as Delta. */
import type { QualifiedName, TableObject } from "../../catalogue/objects.ts";
import type { ActionOptions } from "../../dataframe/session-state.ts";
import type {
  AlterRelation,
  CreateTable,
  Delete,
  Insert,
  TruncateTable,
  Update,
} from "../../plan/catalogue-command.ts";
import type { MergeInto, Write, WriteTo } from "../../plan/command.ts";
import type {
  CloneTable,
  ConvertTable,
  GenerateManifest,
  OptimizeTable,
  RepairFiles,
  RestoreTable,
  VacuumTable,
} from "../../plan/maintenance-command.ts";
import type { Relation } from "../../plan/relation.ts";
import type { CommandContext } from "../commands/context.ts";

/** What a statement answers. */
export type Rows = Promise<Relation>;

/**
 * A statement about tables of one format.
 *
 * Each gets the statement as it was written and the table as the catalogue has it, decides what its log is to say, and
 * commits. What the format does not do, it refuses by `noTableOperation`.
 */
export interface LoggedTables {
  /** `df.write.save(path)`. */
  save(command: Write, location: string, context: CommandContext, options: ActionOptions): Promise<void>;
  /** `df.write.saveAsTable(name)`; `current` is the table of that name. */
  saveAsTable(
    command: Write,
    name: QualifiedName,
    current: TableObject | undefined,
    context: CommandContext,
    options: ActionOptions,
  ): Promise<void>;
  /** `df.writeTo(name)`. */
  writeTo(
    command: WriteTo,
    name: QualifiedName,
    current: TableObject | undefined,
    context: CommandContext,
    options: ActionOptions,
  ): Promise<void>;
  /** `CREATE TABLE`, `REPLACE TABLE`, with or without rows. */
  create(
    command: CreateTable,
    name: QualifiedName,
    current: TableObject | undefined,
    context: CommandContext,
    options: ActionOptions,
  ): Promise<void>;
  /** `INSERT`, and `df.write.insertInto`. */
  insert(command: Insert, table: TableObject, context: CommandContext, options: ActionOptions): Promise<void>;
  alter(command: AlterRelation, table: TableObject, context: CommandContext, options: ActionOptions): Promise<void>;
  truncate(command: TruncateTable, table: TableObject, context: CommandContext, options: ActionOptions): Promise<void>;
  optimize(command: OptimizeTable, table: TableObject, context: CommandContext, options: ActionOptions): Rows;
  vacuum(command: VacuumTable, table: TableObject, context: CommandContext, options: ActionOptions): Rows;
  restore(command: RestoreTable, table: TableObject, context: CommandContext, options: ActionOptions): Rows;
  /** `DELETE`: answers how many rows are gone. */
  delete(command: Delete, table: TableObject, context: CommandContext, options: ActionOptions): Rows;
  /** `UPDATE`: answers how many rows were changed. */
  update(command: Update, table: TableObject, context: CommandContext, options: ActionOptions): Rows;
  /** `MERGE`, and `df.mergeInto`: answers how many rows were changed, are gone and came. */
  merge(command: MergeInto, table: TableObject, context: CommandContext, options: ActionOptions): Rows;
  /** Makes a table of the files of `source`. */
  clone(command: CloneTable, name: QualifiedName, source: TableObject, context: CommandContext): Rows;
  /** Gives the folder of a table that has none a log. */
  convert(command: ConvertTable, location: string, context: CommandContext): Promise<void>;
  repair(command: RepairFiles, table: TableObject, context: CommandContext): Rows;
  /** Writes lists of the table's files for engines that do not read its log. */
  generate(command: GenerateManifest, table: TableObject, context: CommandContext): Promise<void>;
  /** The table with the columns, the partitioning and the properties that its log has now. */
  described(table: TableObject, context: CommandContext): Promise<TableObject>;
}
