/** The variables of a session. */
import { AnalysisError, listed } from "../errors.ts";
import type { Expression, Literal } from "../plan/expression.ts";
import type { DataType } from "../types/data-type.ts";
import { quoted } from "../types/identifier.ts";

/** A variable: its value now, and the expression that it has by default. */
export interface SessionVariable {
  readonly name: string;
  readonly type: DataType;
  readonly value: Literal;
  readonly default: Expression;
}

const shown = (name: string): string => `\`system\`.\`session\`.${quoted(name)}`;

/** Whether a name is alone, or behind `session` and `system.session`. */
export const isOfSession = (name: readonly string[]): boolean =>
  ["", "session", "system.session"].includes(name.slice(0, -1).join(".").toLowerCase());

export class Variables {
  readonly #variables = new Map<string, SessionVariable>();

  /** A variable by its name, alone or behind `session` and `system.session`. */
  find(name: readonly string[]): SessionVariable | undefined {
    return isOfSession(name) ? this.#variables.get(name.at(-1)!.toLowerCase()) : undefined;
  }

  /** @throws AnalysisError `VARIABLE_ALREADY_EXISTS` */
  checkFree(name: string): void {
    if (!this.#variables.has(name.toLowerCase())) return;
    throw new AnalysisError(`Cannot create the variable ${shown(name)} because it already exists`, {
      condition: "VARIABLE_ALREADY_EXISTS",
      sqlState: "42723",
      parameters: { variableName: shown(name) },
      hint: "Choose a different name, or drop or replace the existing variable.",
    });
  }

  set(variable: SessionVariable): void {
    this.#variables.set(variable.name.toLowerCase(), variable);
  }

  /** Gives a variable another value. */
  assign(name: readonly string[], value: Literal): void {
    this.set({ ...this.get(name), value });
  }

  /** The variables, by their names. */
  get names(): readonly string[] {
    return [...this.#variables.keys()];
  }

  /** @throws AnalysisError `UNRESOLVED_VARIABLE` */
  get(name: readonly string[]): SessionVariable {
    const found = this.find(name);
    if (found !== undefined) return found;
    throw this.unresolved(name);
  }

  /** The error of a name that is none of a variable. */
  unresolved(name: readonly string[]): AnalysisError {
    return new AnalysisError(`Cannot resolve variable ${name.map(quoted).join(".")}`, {
      condition: "UNRESOLVED_VARIABLE",
      sqlState: "42883",
      parameters: { variableName: name.map(quoted).join(".") },
      hint: `The variables are: ${listed(this.names)}.`,
    });
  }

  /** @throws AnalysisError `VARIABLE_NOT_FOUND` unless `ifExists` */
  drop(name: readonly string[], ifExists: boolean): void {
    const found = this.find(name);
    if (found !== undefined) this.#variables.delete(found.name.toLowerCase());
    else if (!ifExists)
      throw new AnalysisError(`The variable ${shown(name.at(-1)!)} cannot be found`, {
        condition: "VARIABLE_NOT_FOUND",
        sqlState: "42883",
        parameters: { variableName: shown(name.at(-1)!) },
        hint: "To tolerate the error on drop use DROP VARIABLE IF EXISTS.",
      });
  }
}
