import { once } from "node:events";
import { createConnection, type Socket } from "node:net";
import { createInterface } from "node:readline";
import type { SparkAnswer, SparkFailure, SparkOutcome, SparkRead, SparkRequest, SparkWrite } from "./protocol.ts";

export type * from "./protocol.ts";

/** The variable that names the socket of the running Spark. */
export const SPARK_SOCKET = "LAKEWRIGHT_SPARK_SOCKET";

/** The variable that holds the address of the running Spark for clients of Spark Connect: `sc://host:port`. */
export const SPARK_REMOTE = "LAKEWRIGHT_SPARK_REMOTE";

/** The variable that names the Python with which a test may start a Spark of its own. */
export const SPARK_PYTHON = "LAKEWRIGHT_SPARK_PYTHON";

/** The variable that says that the running Spark has Delta Lake. */
export const SPARK_DELTA = "LAKEWRIGHT_SPARK_DELTA";

/** The variable that says that the running Spark reads and writes Avro. */
export const SPARK_AVRO = "LAKEWRIGHT_SPARK_AVRO";

/** A session of its own in the shared Spark. Requests of one peer run in order; those of several run side by side. */
export interface SparkPeer extends AsyncDisposable {
  /** Runs one SQL statement. */
  sql(text: string): Promise<SparkAnswer>;
  /**
   * Runs Python that assigns a DataFrame to `result`; it sees `spark`, `F` (functions), `T` (types), `Window` and the
   * names of `given`. Common indentation is removed.
   */
  python(code: string, given?: Readonly<Record<string, unknown>>): Promise<SparkAnswer>;
  /** Reads files through a data source. */
  read(request: SparkRead): Promise<SparkAnswer>;
  /** Writes the rows of a query through a data source. */
  write(request: SparkWrite): Promise<void>;
  /** Runs any request and returns an error of Spark instead of throwing it. */
  attempt(request: SparkRequest): Promise<SparkOutcome>;
  /** Ends the connection; temporary views and settings of the session go with it. */
  close(): Promise<void>;
}

/** An error that Spark itself reported. */
export class SparkPeerError extends Error implements SparkFailure {
  override readonly name = "SparkPeerError";
  readonly condition: string | null;
  readonly sqlState: string | null;
  readonly parameters: Readonly<Record<string, string>>;
  readonly causes: readonly string[];

  constructor(failure: SparkFailure) {
    super(failure.message);
    this.condition = failure.condition;
    this.sqlState = failure.sqlState;
    this.parameters = failure.parameters;
    this.causes = failure.causes;
  }
}

/** Whether a Spark was started for this process: `describe.skipIf(!hasSpark())`. */
export function hasSpark(): boolean {
  return process.env[SPARK_SOCKET] !== undefined;
}

/** Where the running Spark serves Spark Connect, if one was started for this process. */
export const sparkRemote = (): string | undefined => process.env[SPARK_REMOTE];

/** Whether the running Spark has Delta Lake. */
export function hasDelta(): boolean {
  return hasSpark() && process.env[SPARK_DELTA] !== undefined;
}

/** Whether the running Spark reads and writes Avro. */
export function hasAvro(): boolean {
  return hasSpark() && process.env[SPARK_AVRO] !== undefined;
}

/**
 * Opens a session in the running Spark.
 *
 * @param socket where it listens; by default what `npm run test:services` put into the environment
 * @throws Error when no Spark was started or it does not listen
 * @example
 * ```ts
 * await using spark = await connectSpark();
 * const { rows } = await spark.sql("SELECT 7 DIV 2"); // [[3]]
 * ```
 */
export async function connectSpark(socket: string | undefined = process.env[SPARK_SOCKET]): Promise<SparkPeer> {
  if (socket === undefined) {
    throw new Error("No Spark was started. Run the tests by `npm run test:services`, which starts one.");
  }
  const connection = createConnection(socket);
  await once(connection, "connect");
  return new SocketPeer(connection);
}

interface Waiting {
  readonly resolve: (outcome: SparkOutcome) => void;
  readonly reject: (error: Error) => void;
}

class SocketPeer implements SparkPeer {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.once("close", () => this.#giveUp());
    // The close that follows tells those who wait.
    socket.on("error", () => {});
    createInterface({ input: socket }).on("line", (line) => this.#settle(line));
  }

  sql(text: string): Promise<SparkAnswer> {
    return this.#answer({ op: "sql", text });
  }

  python(code: string, given: Readonly<Record<string, unknown>> = {}): Promise<SparkAnswer> {
    return this.#answer({ op: "python", code, given });
  }

  read(request: SparkRead): Promise<SparkAnswer> {
    return this.#answer({ op: "read", ...request });
  }

  async write(request: SparkWrite): Promise<void> {
    await this.#answer({ op: "write", ...request });
  }

  attempt(request: SparkRequest): Promise<SparkOutcome> {
    return new Promise((resolve, reject) => {
      if (this.#socket.closed) {
        reject(new Error("The connection to Spark is closed."));
        return;
      }
      const id = ++this.#lastId;
      this.#waiting.set(id, { resolve, reject });
      this.#socket.write(`${JSON.stringify({ id, ...request })}\n`);
    });
  }

  async close(): Promise<void> {
    if (this.#socket.closed) return;
    const closed = once(this.#socket, "close");
    this.#socket.end();
    await closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #answer(request: SparkRequest): Promise<SparkAnswer> {
    const outcome = await this.attempt(request);
    if ("error" in outcome) throw new SparkPeerError(outcome.error);
    return outcome.answer;
  }

  #settle(line: string): void {
    const { id, ...outcome } = JSON.parse(line) as SparkOutcome & { readonly id: number };
    this.#waiting.get(id)?.resolve(outcome);
    this.#waiting.delete(id);
  }

  #giveUp(): void {
    for (const { reject } of this.#waiting.values())
      reject(new Error("Spark closed the connection before it answered."));
    this.#waiting.clear();
  }
}
