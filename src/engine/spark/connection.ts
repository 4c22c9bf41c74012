/** The connection to a Spark: its service, asked for one session. Loaded when a session is first used. */
import type { MessageInitShape } from "@bufbuild/protobuf";
import { type Client, ConnectError, createClient, type Interceptor } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import {
  type AnalyzePlanRequestSchema,
  type AnalyzePlanResponse,
  type ConfigRequest_OperationSchema,
  type ConfigResponse,
  type FetchErrorDetailsResponse,
  SparkConnectService,
} from "../../connect/generated/spark/connect/base_pb.ts";
import { InternalError } from "../../errors.ts";
import type { SparkAddress } from "./connection-string.ts";
import { isSessionGone, isTransient, sparkFailure } from "./failure.ts";
import { type Identity, identityOf } from "./identity.ts";
import { pauseBefore } from "./retry.ts";
import { WideSession } from "./wide-session.ts";

type Question = NonNullable<MessageInitShape<typeof AnalyzePlanRequestSchema>["analyze"]>;
type AnswerTo<Case> = Extract<AnalyzePlanResponse["result"], { readonly case: Case }>["value"] & object;
export type Setting = NonNullable<MessageInitShape<typeof ConfigRequest_OperationSchema>["opType"]>;

export type Service = Client<typeof SparkConnectService>;

/** What every answer says of the session. */
interface Answered {
  readonly serverSideSessionId: string;
}

/** Milliseconds. */
export interface Silence {
  readonly pingIntervalMs: number;
  readonly pingTimeoutMs: number;
}

export class SparkConnection {
  readonly service: Service;
  /** The server, as sentences name it. */
  readonly where: string;
  readonly #identity: Identity;
  readonly #http: WideSession;
  #serverSide: string | undefined;
  #isGone = false;

  /** @param silence - how long a connection may be silent before it is asked for life, and then before it is given up */
  constructor(address: SparkAddress, silence: Silence = { pingIntervalMs: 30_000, pingTimeoutMs: 15_000 }) {
    const { host, port, secure, token, headers } = address;
    this.where = `Spark at ${host}:${port}`;
    this.#identity = identityOf(address);
    const baseUrl = `${secure ? "https" : "http"}://${host}:${port}`;
    // A connection that is open on one side only is found out by these questions.
    this.#http = new WideSession(baseUrl, silence);
    const given = { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
    this.service = createClient(
      SparkConnectService,
      createGrpcTransport({ baseUrl, sessionManager: this.#http, interceptors: [headersOf(given)] }),
    );
  }

  /** What each request begins with. */
  get identity() {
    const serverSide = this.#serverSide;
    const observed = serverSide === undefined ? {} : { clientObservedServerSideSessionId: serverSide };
    return { ...this.#identity, ...observed };
  }

  /** Notes which session of the server answers: it refuses when it has begun another one meanwhile. */
  answered({ serverSideSessionId }: Answered): void {
    if (serverSideSessionId !== "") this.#serverSide = serverSideSessionId;
  }

  /** Whether the server has ever answered. */
  get isKnown(): boolean {
    return this.#serverSide !== undefined;
  }

  async analyze<Case extends Question["case"]>(
    question: Extract<Question, { readonly case: Case }>,
    signal?: AbortSignal,
  ): Promise<AnswerTo<Case>> {
    const request = { analyze: question };
    const { result } = await this.ask(
      (options) => this.service.analyzePlan({ ...this.identity, ...request }, options),
      signal,
    );
    if (result.case !== question.case)
      throw new InternalError(`a question (${question.case}) was answered by ${result.case}`);
    return result.value as AnswerTo<Case>;
  }

  configure(opType: Setting): Promise<ConfigResponse> {
    return this.ask((options) => this.service.config({ ...this.identity, operation: { opType } }, options));
  }

  /** Sends a request that may be sent again; a server that has never answered is not asked twice. */
  async ask<Response extends Answered>(
    send: (options: { readonly signal?: AbortSignal }) => Promise<Response>,
    signal?: AbortSignal,
  ): Promise<Response> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const response = await send(signal === undefined ? {} : { signal });
        this.answered(response);
        return response;
      } catch (thrown) {
        signal?.throwIfAborted();
        const isOver = !this.isKnown || !isTransient(ConnectError.from(thrown));
        if (isOver || !(await pauseBefore(attempt, signal))) throw await this.failure(thrown);
      }
    }
  }

  /** The error of a request that failed. */
  async failure(thrown: unknown): Promise<unknown> {
    const failure = await sparkFailure(thrown, this.where, (errorId) => this.#detailsOf(errorId));
    this.#isGone ||= isSessionGone(failure);
    return failure;
  }

  /** Whether the server has said that it has forgotten the session. */
  get isGone(): boolean {
    return this.#isGone;
  }

  async close(): Promise<void> {
    if (this.isKnown) await this.service.releaseSession(this.#identity).catch(() => undefined);
    this.#http.abort();
  }

  // What came with the status stands when there are no details.
  async #detailsOf(errorId: string): Promise<FetchErrorDetailsResponse | undefined> {
    try {
      return await this.service.fetchErrorDetails({ ...this.identity, errorId });
    } catch {
      return undefined;
    }
  }
}

const headersOf =
  (headers: Readonly<Record<string, string>>): Interceptor =>
  (next) =>
  (request) => {
    for (const [name, value] of Object.entries(headers)) request.header.set(name, value);
    return next(request);
  };
