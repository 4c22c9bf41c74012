/** A server of Spark Connect for tests: it answers what a test says, over HTTP/2 and with the limits of a Spark. */
import { once } from "node:events";
import { createServer, type Http2Server, type ServerHttp2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import { create } from "@bufbuild/protobuf";
import type { ConnectRouter, ServiceImpl } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import {
  ConfigResponseSchema,
  InterruptResponseSchema,
  ReleaseExecuteResponseSchema,
  ReleaseSessionResponseSchema,
  SparkConnectService,
} from "../../../src/connect/generated/spark/connect/base_pb.ts";

export type FakeAnswers = Partial<ServiceImpl<typeof SparkConnectService>>;

export interface FakeSpark extends AsyncDisposable {
  /** Its connection string. */
  readonly url: string;
  /** Breaks all connections; new ones are taken. */
  disconnect(): void;
}

const session = "the session of the server";

/** What any test needs and none is about. */
const usual: FakeAnswers = {
  config: () => create(ConfigResponseSchema, { serverSideSessionId: session }),
  interrupt: () => create(InterruptResponseSchema, { serverSideSessionId: session }),
  releaseExecute: () => create(ReleaseExecuteResponseSchema, { serverSideSessionId: session }),
  releaseSession: () => create(ReleaseSessionResponseSchema, { serverSideSessionId: session }),
};

/**
 * Starts a server.
 *
 * @param answers - what it does when it is asked
 */
export async function fakeSpark(answers: FakeAnswers): Promise<FakeSpark> {
  const routes = (router: ConnectRouter) => router.service(SparkConnectService, { ...usual, ...answers });
  const server = createServer(
    connectNodeAdapter({ routes, readMaxBytes: 128 * 1024 * 1024, binaryOptions: { recursionLimit: 1024 } }),
  );
  const open = new Set<ServerHttp2Session>();
  server.on("session", (one) => open.add(one.once("close", () => open.delete(one))));
  const disconnect = (): void => {
    for (const one of open) one.destroy();
  };
  return {
    url: `sc://127.0.0.1:${await listening(server)}`,
    disconnect,
    [Symbol.asyncDispose]: async () => {
      disconnect();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function listening(server: Http2Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}
