/** The variables that a block or the row of a loop has, and those around it. */

import type { Literal } from "../../plan/expression.ts";
import type { Handler } from "../../plan/script.ts";
import { type SessionVariable, Variables } from "../variables.ts";

/** What a scope is made of besides its variables. */
export interface ScopeParts {
  /** By which its variables are told from others, in lower case. */
  readonly label?: string;
  readonly handlers?: readonly Handler[];
  /** Where handlers are looked for next; the scope around it unless the scope is that of a handler. */
  readonly handledBy?: Scope | undefined;
}

export class Scope extends Variables {
  readonly outer: Variables;
  readonly handlers: readonly Handler[];
  readonly handledBy: Scope | undefined;
  readonly #label: string | undefined;

  /**
   * @param outer - the scope around, or the variables of the session
   * @param parts - its label and its handlers
   */
  constructor(outer: Variables, parts: ScopeParts = {}) {
    super();
    this.outer = outer;
    this.handlers = parts.handlers ?? [];
    this.handledBy = "handledBy" in parts ? parts.handledBy : outer instanceof Scope ? outer : undefined;
    this.#label = parts.label;
  }

  override find(name: readonly string[]): SessionVariable | undefined {
    return this.#own(name) ?? this.outer.find(name);
  }

  override assign(name: readonly string[], value: Literal): void {
    const own = this.#own(name);
    if (own === undefined) this.outer.assign(name, value);
    else this.set({ ...own, value });
  }

  override get names(): readonly string[] {
    return [...super.names, ...this.outer.names];
  }

  #own(name: readonly string[]): SessionVariable | undefined {
    const isQualified = name.length === 2 && name[0]!.toLowerCase() === this.#label;
    return isQualified || name.length === 1 ? super.find([name.at(-1)!]) : undefined;
  }
}
