/** How one change of a table or view is made. */
import type { CatalogueRelation } from "../../catalogue/objects.ts";
import type { TableChange } from "../../plan/catalogue-command.ts";
import type { CommandContext } from "./context.ts";

/** A change of a relation: what it becomes, or nothing where only its files change. */
export type ChangeOf<Name extends TableChange["change"]> = (
  change: Extract<TableChange, { change: Name }>,
  relation: CatalogueRelation,
  context: CommandContext,
) => Promise<CatalogueRelation | undefined> | CatalogueRelation | undefined;

/** Changes by their names. */
export type Changes<Name extends TableChange["change"]> = { readonly [Key in Name]: ChangeOf<Key> };
