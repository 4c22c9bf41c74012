/** How an answer of ours stands to Spark's. */
import type { SparkValue } from "../../services/protocol.ts";
import type { Case, Outcome, Standing, Verdict } from "./case.ts";
import { lawOf } from "./law.ts";

type Rows = readonly (readonly SparkValue[])[];
type Answer = Extract<Outcome, { readonly rows: Rows }>;
type Failure = Exclude<Outcome, Answer>;

const relativeError = 1e-9;

/** Sums of doubles depend on the order in which they are added; the sign of zero does not. */
const sameNumber = (left: number, right: number): boolean =>
  left === right
    ? left !== 0 || Object.is(left, right)
    : Math.abs(left - right) <= relativeError * Math.max(Math.abs(left), Math.abs(right));

function same(left: SparkValue, right: SparkValue): boolean {
  if (typeof left === "number" && typeof right === "number") return sameNumber(left, right);
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, index) => same(item, right[index]));
  if (left === null || right === null || typeof left !== "object" || typeof right !== "object") return left === right;
  const [a, b] = [Object.entries(left), Object.entries(right)];
  return a.length === b.length && a.every(([name, value], index) => name === b[index]![0] && same(value, b[index]![1]));
}

/** Rows come in any order unless the statement sorts them. */
function inOrder(rows: Rows, sql: string): Rows {
  const isSorted = /\bORDER BY\b[^()]*$/i.test(sql);
  return isSorted ? rows : [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

const shortened = (text: string): string => (text.length > 160 ? `${text.slice(0, 160)}…` : text);
const firstLine = (text: string): string => shortened(text.split("\n")[0]!);

function shown(outcome: Outcome): string {
  if (isFailure(outcome)) return outcome.condition ?? firstLine(outcome.message);
  const columns = outcome.schema.map(([name, type, nullable]) => `${name}: ${type}${nullable ? "" : " not null"}`);
  return `${shortened(JSON.stringify(outcome.rows))} as ${shortened(columns.join(", "))}`;
}

const isFailure = (outcome: Outcome): outcome is Failure => !("rows" in outcome);

/** Whether an error is told by the project, and not only passed on from DuckDB or JavaScript. */
const isOwn = ({ message }: Failure): boolean => !/^(?:[A-Z][A-Za-z-]* )*Error: |^A user function failed/.test(message);

const refusals: ReadonlySet<string | null> = new Set(["UNSUPPORTED_FEATURE", "UNRESOLVED_ROUTINE"]);

function compareAnswers(sql: string, spark: Answer, ours: Answer): Standing {
  const types = (answer: Answer) => answer.schema.map(([, type]) => type).join();
  if (same(inOrder(spark.rows, sql), inOrder(ours.rows, sql)))
    return JSON.stringify(spark.schema) === JSON.stringify(ours.schema) ? "equal" : "value";
  const law = lawOf(sql);
  const isKept = law !== undefined && types(spark) === types(ours) && ours.rows.every((row) => row.every(law));
  return isKept ? "law" : "different";
}

function standingOf(sql: string, spark: Outcome, ours: Outcome): Standing {
  if (isFailure(ours) && !isFailure(spark)) return "refused";
  if (isFailure(ours) && isFailure(spark)) {
    if (ours.condition === spark.condition && (ours.condition !== null || isOwn(ours))) return "equal";
    return refusals.has(ours.condition) ? "refused" : "different";
  }
  return isFailure(spark) || isFailure(ours) ? "different" : compareAnswers(sql, spark, ours);
}

/** The verdict on one case. */
export function judge(given: Case, spark: Outcome, ours: Outcome): Verdict {
  const standing = standingOf(given.sql, spark, ours);
  const reason = isFailure(ours) ? firstLine(ours.message) : "";
  const detail = standing === "refused" ? reason : `Spark: ${shown(spark)} · here: ${shown(ours)}`;
  return { ...given, standing, detail };
}
