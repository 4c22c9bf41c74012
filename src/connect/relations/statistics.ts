/** Nulls, statistics of columns, and rows drawn as text. */
import type { PairStatistic } from "../../plan/relation.ts";
import { given, type RelationDecoders, type RelationEncoders } from "../codec.ts";
import { decodeSchema, encodeType } from "../data-type.ts";
import { Parse_ParseFormat as ParseFormat } from "../generated/spark/connect/relations_pb.ts";
import { decodeLiteral, encodeLiteral } from "../literal.ts";
import { invalidMessage, noPlan } from "../refusal.ts";

/** A list that means all columns where it is empty. */
const some = (columns: readonly string[]) => given("columns", columns.length === 0 ? undefined : columns);

type Kind =
  | "fill nulls"
  | "drop nulls"
  | "replace values"
  | "describe"
  | "crosstab"
  | "pair statistic"
  | "approximate quantile"
  | "frequent items"
  | "sample by"
  | "parse"
  | "show string";

export const statisticEncoders: RelationEncoders<Kind> = {
  "fill nulls": ({ input, columns = [], values }, to) => ({
    case: "fillNa",
    value: { input: to.relation(input), cols: [...columns], values: values.map(encodeLiteral) },
  }),
  "drop nulls": ({ input, columns = [], minimumNonNulls }, to) => ({
    case: "dropNa",
    value: { input: to.relation(input), cols: [...columns], ...given("minNonNulls", minimumNonNulls) },
  }),
  "replace values": ({ input, columns = [], replacements }, to) => ({
    case: "replace",
    value: {
      input: to.relation(input),
      cols: [...columns],
      replacements: replacements.map(([oldValue, newValue]) => ({
        oldValue: encodeLiteral(oldValue),
        newValue: encodeLiteral(newValue),
      })),
    },
  }),
  describe: ({ input, columns = [], statistics }, to) =>
    statistics === undefined
      ? { case: "describe", value: { input: to.relation(input), cols: [...columns] } }
      : { case: "summary", value: { input: to.relation(input), statistics: [...statistics] } },
  crosstab: ({ input, column1, column2 }, to) => ({
    case: "crosstab",
    value: { input: to.relation(input), col1: column1, col2: column2 },
  }),
  "pair statistic": ({ input, statistic, column1, column2 }, to) => ({
    case: statistic === "covariance" ? "cov" : "corr",
    value: { input: to.relation(input), col1: column1, col2: column2 },
  }),
  "approximate quantile": ({ input, columns, probabilities, relativeError }, to) => ({
    case: "approxQuantile",
    value: { input: to.relation(input), cols: [...columns], probabilities: [...probabilities], relativeError },
  }),
  "frequent items": ({ input, columns, support }, to) => ({
    case: "freqItems",
    value: { input: to.relation(input), cols: [...columns], support },
  }),
  "sample by": ({ input, column, fractions, seed }, to) => ({
    case: "sampleBy",
    value: {
      input: to.relation(input),
      col: to.expression(column),
      fractions: fractions.map(([stratum, fraction]) => ({ stratum: encodeLiteral(stratum), fraction })),
      ...given("seed", seed),
    },
  }),
  parse: ({ input, format, schema, options }, to) => ({
    case: "parse",
    value: {
      input: to.relation(input),
      format: format === "csv" ? ParseFormat.CSV : ParseFormat.JSON,
      ...given("schema", schema && encodeType(schema)),
      options,
    },
  }),
  "show string": ({ input, rows, truncate, vertical }, to) => ({
    case: "showString",
    value: { input: to.relation(input), numRows: rows, truncate, vertical },
  }),
};

type Case =
  | "fillNa"
  | "dropNa"
  | "replace"
  | "describe"
  | "summary"
  | "crosstab"
  | "cov"
  | "corr"
  | "approxQuantile"
  | "freqItems"
  | "sampleBy"
  | "parse"
  | "showString";

const pair =
  (statistic: PairStatistic["statistic"]): RelationDecoders<"cov">["cov"] =>
  ({ input, col1, col2 }, from) => ({
    kind: "pair statistic",
    input: from.relation(input),
    statistic,
    column1: col1,
    column2: col2,
  });

export const statisticDecoders: RelationDecoders<Case> = {
  fillNa: ({ input, cols, values }, from) => ({
    kind: "fill nulls",
    input: from.relation(input),
    ...some(cols),
    values: values.map(decodeLiteral),
  }),
  dropNa: ({ input, cols, minNonNulls }, from) => ({
    kind: "drop nulls",
    input: from.relation(input),
    ...some(cols),
    ...given("minimumNonNulls", minNonNulls),
  }),
  replace: ({ input, cols, replacements }, from) => ({
    kind: "replace values",
    input: from.relation(input),
    ...some(cols),
    replacements: replacements.map(
      ({ oldValue, newValue }) => [decodeLiteral(oldValue), decodeLiteral(newValue)] as const,
    ),
  }),
  describe: ({ input, cols }, from) => ({ kind: "describe", input: from.relation(input), ...some(cols) }),
  summary: ({ input, statistics }, from) => ({ kind: "describe", input: from.relation(input), statistics }),
  crosstab: ({ input, col1, col2 }, from) => ({
    kind: "crosstab",
    input: from.relation(input),
    column1: col1,
    column2: col2,
  }),
  cov: pair("covariance"),
  corr: (message, from) => {
    const { method = "pearson" } = message;
    if (method !== "pearson") throw invalidMessage(`a correlation by ${method}, where only pearson is known`);
    return pair("correlation")(message as never, from);
  },
  approxQuantile: ({ input, cols, probabilities, relativeError }, from) => ({
    kind: "approximate quantile",
    input: from.relation(input),
    columns: cols,
    probabilities,
    relativeError,
  }),
  freqItems: ({ input, cols, support = 0.01 }, from) => ({
    kind: "frequent items",
    input: from.relation(input),
    columns: cols,
    support,
  }),
  sampleBy: ({ input, col, fractions, seed }, from) => ({
    kind: "sample by",
    input: from.relation(input),
    column: from.expression(col),
    fractions: fractions.map(({ stratum, fraction }) => [decodeLiteral(stratum), fraction] as const),
    ...given("seed", seed),
  }),
  parse: ({ input, format, schema, options }, from) => {
    if (format === ParseFormat.XML) throw noPlan("Parsing a column of XML", "Read the texts as files.");
    if (format === ParseFormat.UNSPECIFIED) throw invalidMessage("a parse has no format");
    return {
      kind: "parse",
      input: from.relation(input),
      format: format === ParseFormat.CSV ? "csv" : "json",
      ...given("schema", schema && decodeSchema(schema)),
      options,
    };
  },
  showString: ({ input, numRows, truncate, vertical }, from) => ({
    kind: "show string",
    input: from.relation(input),
    rows: numRows,
    truncate,
    vertical,
  }),
};
