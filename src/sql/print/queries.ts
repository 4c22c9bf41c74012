/** Queries as SQL text, by the kinds of relations: one SELECT where it goes, steps behind `|>` elsewhere. */
import type { Relation, RelationKind } from "../../plan/relation.ts";
import { directionSql, ordersSql } from "./calls.ts";
import { namesText, nameText } from "./names.ts";
import { list, type Printer, unprintable } from "./printer.ts";
import { groupingSql, selectSql, sourceOf } from "./select.ts";
import { joinSql, lateralViewSql, pivotSql, primarySource, sampleSql, unpivotSql, valuesSql } from "./sources.ts";

/** How far a text has come: what may follow it without a step. */
const stages = { with: 0, select: 1, distributed: 2, sorted: 3, whole: 4 } as const;

interface Text {
  readonly text: string;
  readonly stage: (typeof stages)[keyof typeof stages];
}

type Write<Kind extends RelationKind> = (
  relation: Extract<Relation, { kind: Kind }>,
  printer: Printer,
) => Text | undefined;

const select = (text: string | undefined): Text | undefined =>
  text === undefined ? undefined : { text, stage: stages.select };

const refused = (what: string, hint: string) => (): never => {
  throw unprintable(what, hint);
};
const later = (what: string) => refused(what, "Write its rows to a table, and read that.");
const program = later("A function of the program");
const served = later("What a server holds");

/** A step behind the text of its input. */
const step = (input: Relation, printer: Printer, text: string): Text => ({
  text: `${base(input, printer)} |> ${text}`,
  stage: stages.whole,
});

/** The text of an input in front of a step. */
function base(input: Relation, printer: Printer): string {
  const { text, stage } = querySql(input, printer);
  return stage === stages.with ? `(${text})` : text;
}

/** A table, VALUES or a call where a query stands: read to itself, or the same rows by a SELECT. */
const source = (relation: Relation, printer: Printer): Text | undefined => {
  const from = primarySource(relation, printer);
  return from === undefined ? undefined : select(`SELECT * FROM ${from}`);
};

const table = (relation: Relation, printer: Printer): Text | undefined => {
  const name = primarySource(relation, printer);
  const isMore = relation.kind === "read table" && (relation.isStreaming || relation.moments !== undefined);
  return name === undefined || isMore ? source(relation, printer) : select(`TABLE ${name}`);
};

const joined = (join: Parameters<typeof joinSql>[0], printer: Printer): Text => {
  const right = joinSql(join, printer) ?? joinSql({ ...join, right: unnamed(join.right) }, printer)!;
  return step(join.left, printer, right);
};

const unnamed = (input: Relation): Relation => ({
  kind: "subquery alias",
  input,
  name: "__auto_generated_subquery_name",
});

const selection = (relation: Relation, printer: Printer): Text | undefined => select(selectSql(relation, printer));

const writers: { readonly [Kind in RelationKind]: Write<Kind> } = {
  read: (read, printer) =>
    table(read, printer) ??
    refused("A read with a schema, without a format or of several paths", "Make a view of it.")(),
  "read table": table,
  "local relation": later("What the program holds in memory"),
  range: source,
  "inline table": (values, printer) => select(valuesSql(values, printer)),
  "table function": source,
  "user table function relation": program,
  "cached remote relation": served,
  "cached local relation": served,
  "relation changes": (changes, printer) =>
    source(changes, printer) ?? later("Changes of a table that begin nowhere")(),
  "catalogue query": refused("What the catalogue answers", "Run the statement SHOW or DESCRIBE itself."),
  "common table reference": table,
  "one row": () => select("SELECT"),
  project: (project, printer) =>
    project.isStep === true
      ? step(project.input, printer, extensionSql(project, printer))
      : (selection(project, printer) ??
        step(project.input, printer, `SELECT ${list(project.expressions, printer.expression)}`)),
  filter: (filter, printer) => {
    if (filter.isStep === true) return step(filter.input, printer, `WHERE ${printer.expression(filter.condition)}`);
    const whole = selection(filter, printer);
    if (whole !== undefined && filter.input.kind === "aggregate") return whole;
    const from = isSource(filter.input) ? sourceOf(filter, printer) : undefined;
    return from === undefined || !from.startsWith(" FROM")
      ? step(filter.input, printer, `WHERE ${printer.expression(filter.condition)}`)
      : select(from.slice(1));
  },
  qualify: (qualify, printer) =>
    selection(qualify, printer) ?? refused("QUALIFY behind other than a SELECT", "Filter by a column of the window.")(),
  join: joined,
  "lateral join": joined,
  "as-of join": later("An as-of join"),
  "nearest-by join": joined,
  "set operation": setOperation,
  sort: (sort, printer) => {
    const [first] = sort.order;
    const order =
      sort.byAll === true ? `ALL${first === undefined ? "" : directionSql(first)}` : ordersSql(sort.order, printer);
    const clause = `${sort.global ? "ORDER" : "SORT"} BY ${order}`;
    if (sort.isStep === true) return step(sort.input, printer, clause);
    return organized(sort.input, printer, clause, sort.global ? stages.select : stages.distributed, stages.sorted);
  },
  limit: ({ input, count }, printer) =>
    limited(input, printer, `LIMIT ${count === undefined ? "ALL" : printer.expression(count)}`),
  offset: ({ input, count }, printer) =>
    organized(input, printer, `OFFSET ${printer.expression(count)}`, stages.sorted, stages.whole),
  tail: later("The last rows"),
  aggregate: (aggregate, printer) => {
    const whole = selection(aggregate, printer);
    return whole ?? step(aggregate.input, printer, aggregateStep(aggregate, printer));
  },
  deduplicate: (deduplicate, printer) => {
    if (deduplicate.columns !== undefined || deduplicate.withinWatermark)
      return refused(
        "Rows that are distinct in some columns",
        "Group by the columns, and take first(…) of the others.",
      )();
    const { input } = deduplicate;
    return (
      selection(deduplicate, printer) ??
      (input.kind === "project"
        ? step(input.input, printer, `SELECT DISTINCT ${list(input.expressions, printer.expression)}`)
        : step(input, printer, "SELECT DISTINCT *"))
    );
  },
  sample: (sample, printer) =>
    step(
      sample.input,
      printer,
      sampleSql(sample) ??
        refused("A sample with replacement, or of a part", "Sample from the first row on, without replacement.")(),
    ),
  "zip with index": later("The place of each row"),
  drop: ({ input, columns }, printer) => step(input, printer, `DROP ${list(columns, printer.expression)}`),
  "with columns": ({ input, columns }, printer) =>
    step(
      input,
      printer,
      `SET ${list(columns, ({ input: value, names }) => `${nameText(names[0]!)} = ${printer.expression(value)}`)}`,
    ),
  "with columns renamed": later("Renamed columns"),
  "to columns": source,
  "to schema": later("Rows made to fit a schema"),
  unpivot: (unpivot, printer) =>
    step(
      unpivot.input,
      printer,
      unpivotSql(unpivot, printer) ?? refused("An unpivot with identifiers of its own", "Select the columns first.")(),
    ),
  transpose: later("A transposition"),
  hint: (hint, printer) =>
    selection(hint, printer) ??
    select(`SELECT /*+ ${hintWords(hint, printer)} */ * FROM (${printer.query(hint.input)})`),
  // How rows are spread changes none of them.
  repartition: ({ input }, printer) => querySql(input, printer),
  "repartition by expression": ({ input, expressions, count, direct }, printer) =>
    count !== undefined || direct === true
      ? querySql(input, printer)
      : organized(
          input,
          printer,
          `DISTRIBUTE BY ${list(expressions, printer.expression)}`,
          stages.select,
          stages.distributed,
        ),
  "subquery alias": (alias, printer) =>
    alias.columns === undefined ? step(alias.input, printer, `AS ${nameText(alias.name)}`) : source(alias, printer),
  "function query": ({ input }, printer) => querySql(input, printer),
  generate: (generate, printer) => step(generate.input, printer, lateralViewSql(generate, printer)),
  with: (statement, printer) => ({ text: withSql(statement, printer), stage: stages.with }),
  "sql text": ({ statement: { text, named, positional, views } }) =>
    Object.keys(named).length + positional.length + views.length > 0
      ? later("A query that travels as text with values")()
      : { text, stage: stages.with },
  "fill nulls": later("Nulls that are filled"),
  "drop nulls": later("Rows without nulls"),
  "replace values": later("Values that are replaced"),
  describe: later("A summary"),
  crosstab: later("A contingency table"),
  "pair statistic": later("A statistic"),
  "approximate quantile": later("A quantile"),
  "frequent items": later("A list of frequent items"),
  "sample by": later("A sample by values"),
  observe: later("An observation"),
  parse: later("Parsed text"),
  "show string": later("A drawn table"),
  explain: ({ input, mode }, printer) => ({
    text: `EXPLAIN ${mode === "simple" ? "" : `${mode.toUpperCase()} `}${printer.query(input)}`,
    stage: stages.with,
  }),
  "with watermark": later("A watermark"),
  "map batches": program,
  "apply to groups": program,
  "apply to cogroups": program,
  "apply with state": program,
};

/** The text of a query, and what may follow it. */
export function querySql(relation: Relation, printer: Printer): Text {
  const written = (writers[relation.kind] as Write<RelationKind>)(relation as never, printer);
  return written ?? refused(`A relation (${relation.kind})`, "Write its rows to a table, and read that.")();
}

// ------------------------------------------------------------------------------------------------ the parts

/** Relations that FROM takes as they are. */
const isSource = ({ kind, ...rest }: Relation): boolean =>
  sources.has(kind) || (kind === "aggregate" && (rest as { type?: string }).type === "pivot");
const sources: ReadonlySet<RelationKind> = new Set([
  ...([
    "read",
    "read table",
    "common table reference",
    "table function",
    "range",
    "inline table",
    "subquery alias",
  ] as const),
  ...(["to columns", "sample", "join", "lateral join", "nearest-by join", "unpivot", "generate"] as const),
]);

/** A clause behind a query: right behind it where it may stand there, as a step elsewhere. */
function organized(input: Relation, printer: Printer, clause: string, upTo: number, stage: Text["stage"]): Text {
  const before = querySql(input, printer);
  if (before.stage === stages.with || before.stage > upTo) return step(input, printer, clause);
  return { text: `${before.text} ${clause}`, stage };
}

/** A number of rows, with what is skipped before them. */
function limited(input: Relation, printer: Printer, limit: string): Text {
  const [rest, skipped] =
    input.kind === "offset" ? [input.input, ` OFFSET ${printer.expression(input.count)}`] : [input, ""];
  return organized(rest, printer, `${limit}${skipped}`, stages.sorted, stages.whole);
}

/** `EXTEND a + 1 AS b`, or `SET b = a + 1` for a star with another value in it. */
function extensionSql({ expressions }: Extract<Relation, { kind: "project" }>, printer: Printer): string {
  const [star, ...added] = expressions;
  if (star?.kind !== "star" || star.replacement === undefined) return `EXTEND ${list(added, printer.expression)}`;
  const { replacement } = star;
  const value = replacement.kind === "alias" ? replacement.input : replacement;
  return `SET ${nameText(star.except![0]![0]!)} = ${printer.expression(value)}`;
}

function setOperation(operation: Extract<Relation, { kind: "set operation" }>, printer: Printer): Text {
  if (operation.allowMissingColumns)
    throw unprintable("A union that fills missing columns", "Select the columns on both sides.");
  const side = (relation: Relation): string => `(${printer.query(relation)})`;
  const words = `${operation.operation.toUpperCase()}${operation.all ? " ALL" : ""}${operation.byName ? " BY NAME" : ""}`;
  return { text: `${side(operation.left)} ${words} ${side(operation.right)}`, stage: stages.select };
}

function aggregateStep(aggregate: Extract<Relation, { kind: "aggregate" }>, printer: Printer): string {
  const { aggregates, grouping, type } = aggregate;
  if (type === "pivot")
    return (
      pivotSql(aggregate, printer) ??
      refused("A pivot by groups of its own", "Write it as PIVOT over the columns that it groups by.")()
    );
  if (aggregate.aggregatesOnly === true)
    return refused("An aggregation of this input without its groups", "Give the input a name: AS t.")();
  const groups = type === "group by" && grouping.length === 0 ? undefined : groupingSql(aggregate, printer);
  return ["AGGREGATE", list(aggregates, printer.expression), groups === undefined ? "" : `GROUP BY ${groups}`]
    .filter((part) => part !== "")
    .join(" ");
}

const hintWords = ({ name, parameters }: Extract<Relation, { kind: "hint" }>, { expression }: Printer): string =>
  parameters.length === 0 ? name : `${name}(${list(parameters, expression)})`;

function withSql({ tables, recursive, input }: Extract<Relation, { kind: "with" }>, printer: Printer): string {
  const texts = tables.map(({ name, columns, plan, maxRecursion }) => {
    const names = columns === undefined ? "" : namesText(columns);
    const most = maxRecursion === undefined ? "" : ` MAX RECURSION LEVEL ${maxRecursion}`;
    return `${nameText(name)}${names}${most} AS (${printer.query(plan)})`;
  });
  return `WITH ${recursive ? "RECURSIVE " : ""}${texts.join(", ")} ${base(input, printer)}`;
}
