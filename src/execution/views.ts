/** The temporary views of a session, and those that all sessions of the process share. */
import { AnalysisError } from "../errors.ts";
import type { Relation } from "../plan/relation.ts";
import { quoted } from "../types/identifier.ts";

/** Where global temporary views live. */
export const globalNamespace = "global_temp";

/** A view of a session: its plan, whose names mean what they meant in the namespace in which it was made. */
export interface TemporaryView {
  readonly name: string;
  readonly plan: Relation;
  readonly currentNamespace: string;
  /** The settings with which it was made, of those that say what its query means. */
  readonly settings: Readonly<Record<string, string>>;
  readonly comment?: string;
  /** The collation of the texts that its query writes or makes; Spark's default when absent. */
  readonly collation?: string;
}

const globalViews = new Map<string, TemporaryView>();

export class Views {
  readonly #own = new Map<string, TemporaryView>();

  /** A view; a global one is named `global_temp.name`. */
  find(name: readonly string[]): TemporaryView | undefined {
    if (name.length === 1) return this.#own.get(keyOf(name[0]!));
    return name.length === 2 && keyOf(name[0]!) === globalNamespace ? globalViews.get(keyOf(name[1]!)) : undefined;
  }

  /** The names of the session's views, or of the global ones, sorted. */
  names(global: boolean): readonly string[] {
    return [...(global ? globalViews : this.#own).keys()].sort();
  }

  /** @throws AnalysisError `TEMP_TABLE_OR_VIEW_ALREADY_EXISTS` unless `replace` */
  create(view: TemporaryView, { global, replace }: { readonly global: boolean; readonly replace: boolean }): void {
    const views = global ? globalViews : this.#own;
    if (!replace && views.has(keyOf(view.name))) {
      throw new AnalysisError(`Cannot create the temporary view ${quoted(view.name)} because it already exists`, {
        condition: "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS",
        sqlState: "42P07",
        parameters: { relationName: quoted(view.name) },
        hint: "Use createOrReplaceTempView(…), or drop it first.",
      });
    }
    views.set(keyOf(view.name), view);
  }

  /** Tells whether there was one. */
  drop(name: string, global: boolean): boolean {
    return (global ? globalViews : this.#own).delete(keyOf(name));
  }
}

const keyOf = (name: string): string => name.toLowerCase();
