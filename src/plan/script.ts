/**
 * SQL scripts: statements under `BEGIN … END`, with variables, loops, conditions and handlers.
 *
 * A script is data like the rest of the plan: what runs is decided by `execution/scripting/`. Labels are in lower case.
 */
import type { DeclareVariable } from "./catalogue-command.ts";
import type { Command } from "./command.ts";
import type { Expression } from "./expression.ts";
import type { NodeOrigin } from "./node.ts";
import type { Relation } from "./relation.ts";

/** A whole script. It gives the rows of its last query. */
export interface Script extends NodeOrigin {
  readonly kind: "script";
  readonly body: Block;
}

/** What a handler is for: any error, the absence of a row, or errors by their SQLSTATE or condition. */
export type HandledCondition =
  | { readonly of: "any error" }
  | { readonly of: "not found" }
  | { readonly of: "state"; readonly state: string }
  | { readonly of: "condition"; readonly name: string };

/** What happens when a statement of the block fails: the handler's statements, then the end of the block or the next statement. */
export interface Handler {
  readonly then: "exit" | "continue";
  readonly conditions: readonly HandledCondition[];
  readonly body: Block;
}

/** A name for errors with a SQLSTATE. */
export interface DeclaredCondition {
  readonly name: string;
  readonly state: string;
}

/** `BEGIN … END`: variables live until its end. */
export interface Block extends NodeOrigin {
  readonly kind: "block";
  readonly label?: string;
  readonly variables: readonly DeclareVariable[];
  readonly conditions: readonly DeclaredCondition[];
  readonly handlers: readonly Handler[];
  readonly statements: readonly ScriptStatement[];
}

/** A condition with what runs where it is true. */
export interface Branch {
  readonly condition: Expression;
  readonly statements: readonly ScriptStatement[];
}

/** `IF … ELSEIF … ELSE … END IF`, and `CASE WHEN …`: the first branch whose condition is true. */
export interface Choice extends NodeOrigin {
  readonly kind: "choice";
  readonly branches: readonly Branch[];
  readonly otherwise: readonly ScriptStatement[];
}

/** `CASE value WHEN other THEN … END CASE`: the first branch whose value is equal. */
export interface ValueChoice extends NodeOrigin {
  readonly kind: "value choice";
  readonly value: Expression;
  readonly branches: readonly Branch[];
  readonly otherwise: readonly ScriptStatement[];
}

interface LoopBody extends NodeOrigin {
  readonly label?: string;
  readonly statements: readonly ScriptStatement[];
}

/** `WHILE condition DO … END WHILE`. */
export interface WhileLoop extends LoopBody {
  readonly kind: "while";
  readonly condition: Expression;
}

/** `REPEAT … UNTIL condition END REPEAT`. */
export interface RepeatLoop extends LoopBody {
  readonly kind: "repeat";
  readonly until: Expression;
}

/** `LOOP … END LOOP`. */
export interface EndlessLoop extends LoopBody {
  readonly kind: "loop";
}

/** `FOR [row AS] query DO … END FOR`: once for each row, whose columns are variables; `row` qualifies them. */
export interface RowLoop extends LoopBody {
  readonly kind: "for";
  readonly row?: string;
  readonly query: Relation;
}

/** The end of the block or loop of a label. */
export interface Leave extends NodeOrigin {
  readonly kind: "leave";
  readonly label: string;
}

/** The next round of the loop of a label. */
export interface Iterate extends NodeOrigin {
  readonly kind: "iterate";
  readonly label: string;
}

export type LoopStatement = WhileLoop | RepeatLoop | EndlessLoop | RowLoop;

/** What only scripts have. */
export type ControlStatement = Block | Choice | ValueChoice | LoopStatement | Leave | Iterate;

export type ScriptStatement = ControlStatement | Relation | Command;
