import { InternalError } from "../../../errors.ts";
import type { CastMode } from "../../../functions/cast-rules.ts";
import type { DataType, TypeKind } from "../../../types/data-type.ts";
import { sqlName } from "../../../types/type-name.ts";
import type { BinaryOutputStyle } from "../../engine.ts";
import { sqlError, text } from "../sql-text.ts";

/** As casts write text, or as rows are shown, with bytes in one of their styles. */
export type CastStyle = "cast" | BinaryOutputStyle;

/** One conversion to write. */
export interface CastRequest {
  readonly value: string;
  readonly from: DataType;
  readonly to: DataType;
  readonly mode: CastMode;
  /** How text shows what is inside other values: as casts do, or as shown rows do. */
  readonly style: CastStyle;
  readonly timeZone: string;
  readonly kernel: (name: string, args: readonly string[], types?: readonly DataType[]) => string;
  /** The SQL of a conversion inside this one. */
  readonly cast: (value: string, from: DataType, to: DataType) => string;
}

export type CastWriter = (request: CastRequest) => string;

/** A conversion for each kind of source. */
export const bySource =
  (writers: Partial<Record<TypeKind, CastWriter>>): CastWriter =>
  (request) => {
    const writer = writers[request.from.kind];
    if (writer === undefined)
      throw new InternalError(`no cast from ${request.from.kind} to ${request.to.kind} is known`);
    return writer(request);
  };

/** A conversion that gives null where a value does not fit, and what to do about that in the request's mode. */
export function attempted(request: CastRequest, attempt: string, condition = "CAST_INVALID_INPUT"): string {
  if (request.mode !== "ansi") return attempt;
  const { value, from, to } = request;
  const parameters = { value, from: text(sqlName(from)), to: text(sqlName(to)) };
  return `CASE WHEN ${value} IS NULL THEN NULL ELSE coalesce(${attempt}, ${sqlError(condition, parameters)}) END`;
}

/** A request of intervals, whose conversions fail with the ANSI mode off too. */
export const strictly = (request: CastRequest): CastRequest =>
  request.mode === "legacy" ? { ...request, mode: "ansi" } : request;

/** Text without the white space that Spark ignores around values. */
export const trimmed = (value: string): string => `trim(${value}, ${whiteSpace})`;

const whiteSpace = `' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13)`;
