/** Where a Spark is and who asks: `sc://host:port/;key=value;…`. */
import { AnalysisError } from "../../errors.ts";

/** What a connection string says. */
export interface SparkAddress {
  readonly host: string;
  readonly port: number;
  /** Whether the connection is one of TLS. */
  readonly secure: boolean;
  readonly token?: string;
  readonly userId?: string;
  readonly userAgent?: string;
  readonly sessionId?: string;
  /** Sent with each request. */
  readonly headers: Readonly<Record<string, string>>;
}

const defaultPort = 15002;
const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/i;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const known = ["use_ssl", "token", "user_id", "user_agent", "session_id"] as const;
type Known = (typeof known)[number];

/**
 * Reads a connection string of Spark Connect: `sc://host:port/;token=…;use_ssl=true`.
 *
 * The port is 15002 unless it is given. A token goes over TLS, or to this machine. Keys besides `use_ssl`, `token`, `user_id`,
 * `user_agent` and `session_id` become headers of each request.
 *
 * Spark: `DefaultChannelBuilder` of PySpark's client.
 *
 * @param text - the connection string
 * @throws AnalysisError `INVALID_CONNECT_URL` for what is none, and for a token that would travel in the clear
 */
export function parseConnectionString(text: string): SparkAddress {
  const [, authority, path] = /^sc:\/\/([^/;]*)(?:\/(.*))?$/s.exec(text) ?? [];
  if (authority === undefined) throw invalid("it must be of the form sc://host:port/;key=value");
  const { host, port } = hostAndPort(authority);
  const {
    use_ssl: tls,
    token,
    user_id: userId,
    user_agent: userAgent,
    session_id: sessionId,
    ...headers
  } = parametersOf(path ?? "") as Record<Known, string | undefined> & Record<string, string>;
  const isLoopback = loopback.test(host);
  if (tls !== undefined && !/^(?:true|false)$/i.test(tls)) throw invalid("use_ssl must be true or false");
  if (sessionId !== undefined && !uuid.test(sessionId)) throw invalid("session_id must be a UUID");
  const secure = tls === undefined ? token !== undefined && !isLoopback : tls.toLowerCase() === "true";
  if (token !== undefined && !secure && !isLoopback)
    throw invalid(`the token would travel to ${host} in the clear`, "Leave use_ssl=false out.");
  return {
    host,
    port,
    secure,
    headers,
    ...(token === undefined ? {} : { token }),
    ...(userId === undefined ? {} : { userId }),
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(sessionId === undefined ? {} : { sessionId }),
  };
}

function hostAndPort(authority: string): Pick<SparkAddress, "host" | "port"> {
  const [, host, digits] = /^(\[[^\]]+\]|[^:@\s]+)(?::(\d{1,5}))?$/.exec(authority) ?? [];
  if (host === undefined) throw invalid("behind sc:// there must be a host, and a port behind a colon");
  const port = digits === undefined ? defaultPort : Number(digits);
  if (port < 1 || port > 65_535) throw invalid(`the port must be from 1 to 65535, not ${digits}`);
  return { host, port };
}

function parametersOf(path: string): Record<string, string> {
  if (path === "") return {};
  if (!path.startsWith(";"))
    throw invalid("the path must be empty; parameters begin with a semicolon: sc://host/;key=value");
  return Object.fromEntries(
    path
      .split(";")
      .filter((pair) => pair !== "")
      .map(parameterOf),
  );
}

// The value may be a secret: it is never told.
function parameterOf(pair: string): [string, string] {
  const [, key, value] = /^([^=]+)=(.+)$/s.exec(pair) ?? [];
  if (key === undefined || value === undefined) throw invalid("each parameter must be key=value");
  try {
    return [key, decodeURIComponent(value)];
  } catch {
    throw invalid(`the value of ${key} is not percent-encoded`);
  }
}

const invalid = (
  fault: string,
  hint = "Write sc://localhost:15002, or sc://host:443/;token=…;use_ssl=true.",
): AnalysisError =>
  new AnalysisError(`The connection string of Spark is invalid: ${fault}`, {
    condition: "INVALID_CONNECT_URL",
    parameters: { detail: fault },
    hint,
  });
