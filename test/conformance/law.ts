/** Answers that change from run to run, and what holds of each of their values. */
import type { SparkValue } from "../../services/protocol.ts";

type Holds = (value: SparkValue) => boolean;

const isNumber: Holds = (value) => typeof value === "number" && Number.isFinite(value);
const within =
  (from: number, to: number): Holds =>
  (value) =>
    isNumber(value) && (value as number) >= from && (value as number) < to;
const matches =
  (pattern: RegExp): Holds =>
  (value) =>
    pattern.test(String(value));
const today = matches(/^\d{4}-\d\d-\d\d/);
const anything: Holds = () => true;

/** By what a statement calls, the first that fits. */
const laws: readonly (readonly [calls: RegExp, holds: Holds])[] = [
  [/\buuid\(/i, matches(/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/)],
  [/\brandstr\(|\buniform\(|\bshuffle\(/i, anything],
  [/\brandn\(\)/i, isNumber],
  [/\brand(?:om)?\(\)/i, within(0, 1)],
  [/\b(?:current_date|curdate|current_timestamp|localtimestamp|now)\b/i, today],
  [/\b(?:unix_timestamp|to_unix_timestamp)\(\)/i, within(1_600_000_000, 10_000_000_000)],
  [
    /\b(?:current_time|current_user|user|session_user|version|input_file_name|monotonically_increasing_id)\b/i,
    anything,
  ],
  [/\baes_encrypt\(/i, matches(/^[0-9A-Za-z+/=]+$/)],
  [/\b(?:java_method|reflect|try_reflect)\(/i, anything],
];

/**
 * What holds of every value of a statement's answer.
 *
 * @returns undefined when its answer is the same in every run
 */
export const lawOf = (sql: string): Holds | undefined => laws.find(([calls]) => calls.test(sql))?.[1];
