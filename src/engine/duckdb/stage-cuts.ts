/** Cutting a plan at asynchronous functions: each becomes a stage below the relation that calls it. */
import { InternalError, UnsupportedError } from "../../errors.ts";
import type {
  OutputColumn,
  ResolvedExpression,
  ResolvedRelation,
  ResolvedUserFunction,
  Stage,
} from "../../plan/resolved.ts";
import {
  mapInputs,
  mapOwnExpressions,
  mapResolved,
  passed,
  reference,
  resolvedChildren,
  someResolved,
} from "../../plan/resolved-rewrite.ts";
import { ownExpressions, relationsBelow } from "../../plan/resolved-walk.ts";
import type { FunctionImplementation } from "../engine.ts";
import { asynchronousColumn } from "./asynchronous.ts";
import { moduleColumn } from "./module-function.ts";
import { ownColumns } from "./needed-columns.ts";
import { schemaOf } from "./preparation-columns.ts";

const isAsynchronous = (expression: ResolvedExpression): expression is ResolvedUserFunction =>
  expression.kind === "user function" && expression.asynchronous;

const callsAsynchronous = (relation: ResolvedRelation): boolean =>
  ownExpressions(relation).some((expression) => someResolved(expression, isAsynchronous));

/** A plan without asynchronous functions in its expressions, and the functions of the stages that took their place. */
export interface CutPlan {
  readonly plan: ResolvedRelation;
  readonly functions: ReadonlyMap<string, FunctionImplementation>;
}

/**
 * Takes every asynchronous function out of a plan's expressions.
 *
 * @param functions - the user's functions by id
 */
export function cutAtStages(plan: ResolvedRelation, functions: ReadonlyMap<string, FunctionImplementation>): CutPlan {
  if (![...relationsBelow(plan)].some(callsAsynchronous)) return { plan, functions };
  const cutter = new Cutter(plan, functions);
  return { plan: cutter.cut(plan), functions: cutter.functions };
}

class Cutter {
  readonly functions: Map<string, FunctionImplementation>;
  readonly #done = new Map<ResolvedRelation, ResolvedRelation>();
  #lastId: number;

  constructor(plan: ResolvedRelation, functions: ReadonlyMap<string, FunctionImplementation>) {
    this.functions = new Map(functions);
    this.#lastId = Math.max(0, ...[...relationsBelow(plan)].flatMap(({ output }) => output.map(({ id }) => id)));
  }

  cut(relation: ResolvedRelation): ResolvedRelation {
    const known = this.#done.get(relation);
    if (known !== undefined) return known;
    let result = mapOwnExpressions(
      mapInputs(relation, (input) => this.cut(input)),
      (expression) => this.#inside(expression),
    );
    while (callsAsynchronous(result)) result = this.#takeOne(result);
    this.#done.set(relation, result);
    return result;
  }

  #inside(expression: ResolvedExpression): ResolvedExpression {
    const mapped = mapResolved(expression, (child) => this.#inside(child));
    return mapped.kind === "subquery" ? { ...mapped, plan: this.cut(mapped.plan) } : mapped;
  }

  // The innermost call first, so that its result can be an argument of the next.
  #takeOne(relation: ResolvedRelation): ResolvedRelation {
    const call = innermost(ownExpressions(relation))!;
    const input = onlyInput(relation, call);
    // What passes its input's columns on must not pass the new one on.
    const isWider = relation.kind !== "project" && relation.kind !== "aggregate";
    const read = ownColumns(relation);
    const kept = isWider ? input.output : input.output.filter(({ id }) => read.has(id));
    const column: OutputColumn = { id: this.#newId(), name: call.name, type: call.type, nullable: true };
    const stage = this.#stage(input, kept, call, column);
    const replace = (expression: ResolvedExpression): ResolvedExpression =>
      expression === call ? reference(column) : mapResolved(expression, replace);
    const changed = mapOwnExpressions(
      mapInputs(relation, () => stage),
      replace,
    );
    return isWider
      ? { kind: "project", input: changed, columns: passed(relation.output), output: relation.output }
      : changed;
  }

  #stage(
    input: ResolvedRelation,
    kept: readonly OutputColumn[],
    call: ResolvedUserFunction,
    column: OutputColumn,
  ): Stage {
    const args = call.arguments.map((expression, index) => ({
      column: { id: this.#newId(), name: `argument${index}`, type: expression.type, nullable: expression.nullable },
      expression,
    }));
    const columns = [...passed(kept), ...args];
    const project: ResolvedRelation = { kind: "project", input, columns, output: columns.map((named) => named.column) };
    const output = [...kept, column];
    return {
      kind: "stage",
      inputs: [{ relation: project, keys: 0 }],
      grouped: false,
      function: this.#register(call, kept.length),
      schema: schemaOf(output),
      output,
    };
  }

  #register(call: ResolvedUserFunction, kept: number): string {
    const implementation = this.functions.get(call.id);
    if (implementation === undefined) throw new InternalError(`the session does not hold the function ${call.name}`);
    const id = `${call.id} after ${kept} columns`;
    this.functions.set(id, {
      ...implementation,
      id,
      shape: "batches",
      call: (implementation.shape === "module" ? moduleColumn : asynchronousColumn)(
        implementation,
        kept,
      ) as FunctionImplementation["call"],
    });
    return id;
  }

  #newId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

function innermost(expressions: readonly ResolvedExpression[]): ResolvedUserFunction | undefined {
  for (const expression of expressions) {
    const inside = innermost(resolvedChildren(expression));
    if (inside !== undefined) return inside;
    if (isAsynchronous(expression)) return expression;
  }
  return undefined;
}

const cuttable: ReadonlySet<ResolvedRelation["kind"]> = new Set([
  "project",
  "filter",
  "sort",
  "aggregate",
  "generate",
] as const);

function onlyInput(relation: ResolvedRelation, call: ResolvedUserFunction): ResolvedRelation {
  if (cuttable.has(relation.kind) && "input" in relation) return relation.input;
  throw new UnsupportedError(`the asynchronous function ${call.name} cannot be called in a ${relation.kind}`, {
    hint: "Compute it with withColumn(…) first and use the column.",
  });
}
