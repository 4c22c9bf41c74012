/** The labels of blocks and loops. */
import type { ParseError } from "../../errors.ts";
import type { Origin } from "../../plan/node.ts";
import type { SqlCursor } from "../cursor.ts";
import { isName, readIdentifier } from "../names.ts";
import { scriptFault } from "./faults.ts";

/** A label, or the name of the row of a loop, in sight; in lower case. */
export interface Label {
  readonly name: string;
  readonly of: "block" | "loop" | "row";
}

/** The labels around a statement, outermost first. */
export type Labels = readonly Label[];

/** Words that a label can stand before. */
const labelled: ReadonlySet<string> = new Set(["BEGIN", "WHILE", "REPEAT", "LOOP", "FOR"]);

/** Whether `label:` stands here, before a block or loop. */
export const seesLabel = (cursor: SqlCursor): boolean =>
  isName(cursor) && cursor.seesSign(":", 1) && cursor.seesAny(labelled, 2);

/** Reads `label:` where it stands. */
export function readLabel(cursor: SqlCursor, around: Labels): string | undefined {
  if (!seesLabel(cursor)) return undefined;
  const name = readLabelName(cursor, around);
  cursor.take();
  return name;
}

/** Reads a name that no label around has. */
export function readLabelName(cursor: SqlCursor, around: Labels): string {
  const { start } = cursor.peek();
  const name = readIdentifier(cursor, "a label").toLowerCase();
  if (around.some((label) => label.name === name)) throw labelExists(name, cursor.origin(start));
  if (reserved.has(name)) throw labelForbidden(name, cursor.origin(start));
  return name;
}

/** Reads the label that may stand again behind the END. */
export function readEndLabel(cursor: SqlCursor, label: string | undefined): void {
  if (!isName(cursor)) return;
  const { start } = cursor.peek();
  const end = readIdentifier(cursor, "a label");
  if (label === undefined) throw endLabelAlone(end, cursor.origin(start));
  if (end.toLowerCase() !== label) throw labelsDiffer(label, end, cursor.origin(start));
}

/** Reads the label behind LEAVE or ITERATE. */
export function readLabelUse(cursor: SqlCursor, around: Labels, statement: "LEAVE" | "ITERATE"): string {
  const { start } = cursor.take();
  const name = readIdentifier(cursor, "a label").toLowerCase();
  const found = around.find((label) => label.name === name && label.of !== "row");
  if (found === undefined) throw noSuchLabel(name, statement, cursor.origin(start));
  if (statement === "ITERATE" && found.of === "block") throw iteratesBlock(name, cursor.origin(start));
  return name;
}

/** Names of places in which Spark looks up variables. */
const reserved: ReadonlySet<string> = new Set(["builtin", "session", "sys", "system"]);

const labelExists = (name: string, origin: Origin): ParseError =>
  scriptFault(
    origin,
    "LABEL_OR_FOR_VARIABLE_ALREADY_EXISTS",
    "42K0L",
    `The label or FOR variable \`${name}\` already exists`,
    { hint: "Choose another name or rename the existing one.", parameters: { label: `\`${name}\`` } },
  );

const labelForbidden = (name: string, origin: Origin): ParseError =>
  scriptFault(
    origin,
    "LABEL_OR_FOR_VARIABLE_NAME_FORBIDDEN",
    "42K0L",
    `The label or FOR variable name \`${name}\` is forbidden`,
    { hint: "Choose another name.", parameters: { label: `\`${name}\`` } },
  );

const endLabelAlone = (name: string, origin: Origin): ParseError =>
  scriptFault(
    origin,
    "END_LABEL_WITHOUT_BEGIN_LABEL",
    "42K0L",
    `End label \`${name}\` can not exist without begin label`,
    { hint: `Write \`${name}\`: before the block or loop too.`, parameters: { endLabel: `\`${name}\`` } },
  );

const labelsDiffer = (begin: string, end: string, origin: Origin): ParseError =>
  scriptFault(origin, "LABELS_MISMATCH", "42K0L", `Begin label \`${begin}\` does not match the end label \`${end}\``, {
    hint: `Write ${begin} at both places.`,
    parameters: { beginLabel: `\`${begin}\``, endLabel: `\`${end}\`` },
  });

const noSuchLabel = (name: string, statementType: string, origin: Origin): ParseError =>
  scriptFault(
    origin,
    "INVALID_LABEL_USAGE.DOES_NOT_EXIST",
    "42K0L",
    `The usage of the label \`${name}\` is invalid: the label was used in the ${statementType} statement, but does not belong to any surrounding block`,
    {
      hint: "Use the label of a block or loop around the statement.",
      parameters: { labelName: `\`${name}\``, statementType },
    },
  );

const iteratesBlock = (name: string, origin: Origin): ParseError =>
  scriptFault(
    origin,
    "INVALID_LABEL_USAGE.ITERATE_IN_COMPOUND",
    "42K0L",
    `The usage of the label \`${name}\` is invalid: ITERATE statement cannot be used with a label that belongs to a compound (BEGIN...END) body`,
    { hint: "Use the label of a loop.", parameters: { labelName: `\`${name}\`` } },
  );
