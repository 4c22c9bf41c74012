/** What a Spark refuses or fails at, as the errors of the embedded engine: condition, SQLSTATE, parameters, place. */
import { fromBinary } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { type ErrorInfo, ErrorInfoSchema } from "../../connect/generated/google/rpc/error_details_pb.ts";
import {
  FetchErrorDetailsResponse_QueryContext_ContextType as ContextType,
  type FetchErrorDetailsResponse,
  type FetchErrorDetailsResponse_QueryContext as QueryContext,
} from "../../connect/generated/spark/connect/base_pb.ts";
import {
  AnalysisError,
  type ErrorContext,
  type ErrorDetails,
  ExecutionError,
  LakewrightError,
  ParseError,
  type QueryContext as PlainContext,
  UnsupportedError,
} from "../../errors.ts";
import { transportFailure } from "./transport-failure.ts";

/** Asks the server for all that it knows of an error. */
export type DetailsOf = (errorId: string) => Promise<FetchErrorDetailsResponse | undefined>;

/** What is known of a failure of the server. */
interface Told {
  readonly classes: readonly string[];
  readonly message: string;
  readonly condition?: string;
  readonly sqlState?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly context?: ErrorContext;
}

/** The errors by the names of the server's classes, the first that fits. */
const errors: readonly (readonly [
  name: RegExp,
  error: new (sentence: string, details: ErrorDetails) => LakewrightError,
])[] = [
  [/\bParseException$/, ParseError],
  [/\bAnalysisException$/, AnalysisError],
  [/\bUnsupportedOperationException$/, UnsupportedError],
];

/**
 * The error of a request that failed.
 *
 * @param thrown - what the client threw
 * @param where - the server, as sentences name it
 * @param detailsOf - asks for the details of an error
 */
export async function sparkFailure(thrown: unknown, where: string, detailsOf: DetailsOf): Promise<unknown> {
  if (thrown instanceof LakewrightError) return thrown;
  const error = ConnectError.from(thrown);
  const info = errorInfo(error);
  if (info === undefined) return transportFailure(error, where);
  const details = info.metadata.errorId === undefined ? undefined : await detailsOf(info.metadata.errorId);
  return failureOf(detailed(details) ?? summary(error, info), error);
}

/** The condition of a failure, which tells whether it is worth another try. */
export const conditionOf = (error: ConnectError): string | undefined => {
  const info = errorInfo(error);
  return info?.metadata.errorClass ?? /^\[([A-Z_.]+)\]/.exec(error.rawMessage)?.[1];
};

function errorInfo(error: ConnectError): ErrorInfo | undefined {
  const found = error.details.find((detail) => "type" in detail && detail.type === "google.rpc.ErrorInfo");
  return found !== undefined && found.value instanceof Uint8Array
    ? fromBinary(ErrorInfoSchema, found.value)
    : undefined;
}

function failureOf({ classes, message, ...details }: Told, cause: ConnectError): LakewrightError {
  const Failure = errors.find(([name]) => classes.some((one) => name.test(one)))?.[1] ?? ExecutionError;
  const hint = hints[details.condition ?? ""];
  return new Failure(sentenceOf(message), { ...details, cause, ...(hint === undefined ? {} : { hint }) });
}

const anew =
  "The server has forgotten the session, its views and settings: make a new one with SparkSession.builder.getOrCreate().";

const hints: Readonly<Record<string, string>> = {
  "INVALID_HANDLE.SESSION_NOT_FOUND": anew,
  "INVALID_HANDLE.SESSION_CHANGED": anew,
  "INVALID_HANDLE.SESSION_CLOSED": anew,
};

/** Whether the server has no session any more that an error speaks of. */
export const isSessionGone = (error: unknown): boolean =>
  error instanceof LakewrightError && hints[error.condition ?? ""] === anew;

function summary({ rawMessage }: ConnectError, { reason, metadata }: ErrorInfo): Told {
  const { errorClass, sqlState, messageParameters, classes } = metadata;
  return {
    classes: [reason, ...parsed<string[]>(classes, [])],
    message: rawMessage,
    ...(errorClass === undefined ? {} : { condition: errorClass }),
    ...(sqlState === undefined ? {} : { sqlState }),
    parameters: parsed<Record<string, string>>(messageParameters, {}),
  };
}

// The server cuts what is long, so that it may be no JSON any more.
function parsed<Value>(text: string | undefined, otherwise: Value): Value {
  try {
    return text === undefined ? otherwise : (JSON.parse(text) as Value);
  } catch {
    return otherwise;
  }
}

function detailed(details: FetchErrorDetailsResponse | undefined): Told | undefined {
  const root = details?.errors[details.rootErrorIdx ?? 0];
  if (root === undefined) return undefined;
  const { errorTypeHierarchy: classes, message, sparkThrowable: spark } = root;
  if (spark === undefined) return { classes, message };
  const [place] = spark.queryContexts;
  return {
    classes,
    message,
    ...(spark.errorClass === undefined ? {} : { condition: spark.errorClass }),
    ...(spark.sqlState === undefined ? {} : { sqlState: spark.sqlState }),
    parameters: { ...spark.messageParameters },
    ...(place === undefined || place.fragment === "" ? {} : { context: contextOf(place) }),
  };
}

function contextOf(told: QueryContext): ErrorContext {
  const { contextType, fragment, callSite } = told;
  const query = queryOf(told);
  if (contextType === ContextType.SQL)
    return { ...(query.summary === "" ? { origin: fragment } : {}), fragment, query };
  const [, file, line, column] = /^(.*?):(\d+)(?::(\d+))?$/.exec(callSite) ?? [];
  if (file === undefined) return { fragment, query };
  const place = { line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) };
  return { origin: `${callSite} .${fragment}(…)`, fragment, ...place, query };
}

const queryOf = ({
  contextType,
  objectType,
  objectName,
  startIndex,
  stopIndex,
  ...text
}: QueryContext): PlainContext => ({
  contextType: contextType === ContextType.SQL ? "SQL" : "DataFrame",
  objectType,
  objectName,
  startIndex,
  stopIndex,
  fragment: text.fragment,
  callSite: text.callSite,
  summary: text.summary,
});

/** What is said, without what the error says again: its condition, its SQLSTATE, its place and the plan. */
const sentenceOf = (message: string): string =>
  message
    .replace(/^(?:\([\w.]+\) )?\[[A-Z\d_.]+\] /, "")
    .replace(/\s*SQLSTATE: [\dA-Z]{5}[\s\S]*$/, "")
    .replace(/\n== [\s\S]*$/, "")
    .replace(/\.$/, "");

/** Whether another attempt may succeed: the server asks for it, or the connection broke. */
export const isTransient = (error: ConnectError): boolean =>
  (error.code === Code.Unavailable && !certificateFault.test(String(error.cause))) ||
  /stream closed|ECONNRESET|EPIPE|GOAWAY|socket|premature close/i.test(error.rawMessage);

const certificateFault = /certificate|ERR_TLS|self-signed/i;
