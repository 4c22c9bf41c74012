/** Failures of what lies between the program and a Spark: hosts, ports, certificates, tokens, limits. */
import { Code, type ConnectError } from "@connectrpc/connect";
import { ExecutionError } from "../../errors.ts";

/** What a failure means, and what to do. */
interface Meaning {
  readonly fits: (error: ConnectError, text: string) => boolean;
  readonly sentence: (where: string, text: string) => string;
  readonly hint: string;
}

const code =
  (...codes: readonly Code[]) =>
  (error: ConnectError): boolean =>
    codes.includes(error.code);
const says =
  (pattern: RegExp) =>
  (_: ConnectError, text: string): boolean =>
    pattern.test(text);

/** The first that fits counts. */
const meanings: readonly Meaning[] = [
  {
    fits: says(/certificate|ERR_TLS|self-signed|altname/i),
    sentence: (where, text) => `The certificate of ${where} is not trusted: ${text}`,
    hint: "Name the file of its authority in the variable NODE_EXTRA_CA_CERTS, or mend the name of the host.",
  },
  {
    fits: says(/ENOTFOUND|EAI_AGAIN/),
    sentence: (where, text) => `There is no host of ${where}: ${text}`,
    hint: "Check the host in the connection string.",
  },
  {
    fits: says(/PING timed out/i),
    sentence: (where, text) => `${where} has fallen silent: ${text}`,
    hint: "The server, or the way to it, is down although the connection is open; or the port is that of another service.",
  },
  {
    fits: says(/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|connection timed out|connect deadline/i),
    sentence: (where, text) => `${where} cannot be reached: ${text}`,
    hint: "Check host and port in the connection string, and that the server runs.",
  },
  {
    fits: says(/wrong version number|EPROTO|packet length too long/i),
    sentence: (where, text) => `${where} does not speak TLS: ${text}`,
    hint: "Leave use_ssl=true out, or take the port of TLS.",
  },
  {
    fits: code(Code.Unauthenticated),
    sentence: (where, text) => `${where} does not accept the token: ${text}`,
    hint: "Take a new token: tokens expire.",
  },
  {
    fits: code(Code.PermissionDenied),
    sentence: (where, text) => `${where} refuses: ${text}`,
    hint: "Ask for the permission, or take another token.",
  },
  {
    fits: code(Code.ResourceExhausted),
    sentence: (where, text) => `The message is too large for ${where}: ${text}`,
    hint: "Write the rows to a file and read it, or cut the plan; the server's limit is spark.connect.grpc.maxInboundMessageSize.",
  },
  {
    fits: (error, text) =>
      code(Code.Unimplemented)(error) ||
      /content-type|HTTP \d{3}|protocol error|NGHTTP2|ERR_HTTP2|missing trailer|Parse Error|other side closed|ECONNRESET|socket hang up/i.test(
        text,
      ),
    sentence: (where, text) => `${where} does not answer as Spark Connect does: ${text}`,
    hint: "Check that the port is that of Spark Connect, 15002 as a rule, and use_ssl=true where it speaks TLS.",
  },
  {
    fits: () => true,
    sentence: (where, text) => `The request to ${where} failed: ${text}`,
    hint: "Look into the log of the server.",
  },
];

/**
 * The error of a request that the server did not answer with an error of Spark.
 *
 * @param error - what the transport says
 * @param where - the server, as sentences name it
 */
export function transportFailure(error: ConnectError, where: string): ExecutionError {
  const text = textOf(error);
  const meaning = meanings.find(({ fits }) => fits(error, text))!;
  return new ExecutionError(meaning.sentence(where, text), { hint: meaning.hint, cause: error });
}

function textOf({ rawMessage, cause }: ConnectError): string {
  const inner = cause instanceof Error && cause.message !== rawMessage ? cause.message : "";
  return [rawMessage, inner].filter((text) => text !== "").join(": ");
}
