/** What a plan computes where a value must be known before anything runs, `LIMIT 2 * 5` or the schema of `from_json`, replaced by its value. */
import { lookupFunction } from "../functions/catalogue.ts";
import type { Call, Expression, Literal } from "../plan/expression.ts";
import type { Relation } from "../plan/relation.ts";
import { someNode, walk, withReplaced } from "../plan/rewrite.ts";

/** Gives the value of an expression without columns; undefined for what stays as it is, of which analysis will speak. */
type Evaluate = (expression: Expression) => Promise<Literal | undefined>;

/** Functions whose schema is a constant, at this place. */
const schemaAt: Readonly<Record<string, number>> = { from_json: 1, from_csv: 1, from_xml: 1 };
/** Functions with a map of constants as options, at this place. */
const optionsAt: Readonly<Record<string, number>> = {
  ...{ from_json: 2, from_csv: 2, from_xml: 2 },
  ...{ to_json: 1, to_csv: 1, to_xml: 1 },
  ...{ schema_of_json: 1, schema_of_csv: 1, schema_of_xml: 1 },
};

/**
 * The plan with the values of what it computes; the plan itself where nothing is computed.
 *
 * @param evaluate - for limits, and for texts in arguments
 */
export async function withFoldedConstants(
  plan: Relation,
  evaluate: { readonly count: Evaluate; readonly text: Evaluate },
): Promise<Relation> {
  const { counts, texts } = computed(plan);
  if (counts.length + texts.length === 0) return plan;
  const values = new Map<Expression, Expression>();
  const fold = async (expressions: readonly Expression[], value: Evaluate): Promise<void> => {
    for (const expression of expressions) {
      const found = await value(expression);
      if (found !== undefined) values.set(expression, placed(found, expression));
    }
  };
  await fold(counts, evaluate.count);
  await fold(texts, evaluate.text);
  return withReplaced(plan, new Map(), values);
}

function computed(plan: Relation): { readonly counts: readonly Expression[]; readonly texts: readonly Expression[] } {
  const [counts, texts]: Expression[][] = [[], []];
  walk(plan, (node) => {
    if ((node.kind === "limit" || node.kind === "offset") && node.count !== undefined) counts!.push(node.count);
    if (node.kind === "call") texts!.push(...textArguments(node));
    return undefined;
  });
  return { counts: counts!.filter(isComputed), texts: texts!.filter(isComputed) };
}

/** The arguments of a call that must be known texts. */
function textArguments({ name, arguments: args }: Call): readonly Expression[] {
  const called = name.at(-1)!.toLowerCase();
  const schema = args[schemaAt[called] ?? -1];
  const options = args[optionsAt[called] ?? -1];
  const isMap = options?.kind === "call" && options.name.at(-1)!.toLowerCase() === "map";
  return [...(schema === undefined ? [] : [schema]), ...(isMap ? options.arguments : [])];
}

/** Whether an expression is made of constants by functions that always give the same. */
function isComputed(expression: Expression): boolean {
  if (expression.kind !== "call" && expression.kind !== "cast") return false;
  return !someNode(
    expression,
    (node) => !(node.kind === "literal" || node.kind === "cast" || (node.kind === "call" && isFoldable(node.name))),
  );
}

function isFoldable(name: readonly string[]): boolean {
  const definition = lookupFunction(name.at(-1)!);
  return definition?.class === "scalar" && definition.deterministic;
}

const placed = (value: Literal, { origin }: Expression): Literal =>
  origin === undefined ? value : { ...value, origin };
