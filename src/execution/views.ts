/** The temporary views of a session, and those that all sessions of the process share. */
import { AnalysisError } from "../errors.ts";
import type { CreateView, DropView } from "../plan/command.ts";
import type { Relation } from "../plan/relation.ts";

/** Where global temporary views live. */
const globalSchema = "global_temp";

const globalViews = new Map<string, Relation>();

export class Views {
  readonly #own = new Map<string, Relation>();

  /** The plan of a view; a global one is named `global_temp.name`. */
  find(name: readonly string[]): Relation | undefined {
    if (name.length === 1) return this.#own.get(keyOf(name[0]!));
    return name.length === 2 && keyOf(name[0]!) === globalSchema ? globalViews.get(keyOf(name[1]!)) : undefined;
  }

  get names(): readonly string[] {
    return [...this.#own.keys(), ...[...globalViews.keys()].map((name) => `${globalSchema}.${name}`)];
  }

  create({ name, global, replace, input }: CreateView): void {
    const views = global ? globalViews : this.#own;
    if (!replace && views.has(keyOf(name))) {
      throw new AnalysisError(`Cannot create the temporary view \`${name}\` because it already exists`, {
        condition: "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS",
        sqlState: "42P07",
        parameters: { relationName: `\`${name}\`` },
        hint: "Use createOrReplaceTempView(…), or drop it first.",
      });
    }
    views.set(keyOf(name), input);
  }

  drop({ name, global }: DropView): void {
    (global ? globalViews : this.#own).delete(keyOf(name));
  }
}

const keyOf = (name: string): string => name.toLowerCase();
