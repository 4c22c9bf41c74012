/** Peers that are broken, slow, gone or none: each is told by a clear error, or mended. */
import { once } from "node:events";
import { createSecureServer } from "node:http2";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { SparkSession } from "lakewright";
import { expect, test } from "vitest";
import { ExecutePlanResponseSchema, PlanSchema } from "../../../src/connect/generated/spark/connect/base_pb.ts";
import { SparkConnection } from "../../../src/engine/spark/connection.ts";
import { parseConnectionString } from "../../../src/engine/spark/connection-string.ts";
import { answersOf } from "../../../src/engine/spark/operation.ts";
import { complete, refusal, rows } from "./answers.ts";
import { certificate, key } from "./certificate.ts";
import { fakeSpark } from "./fake-spark.ts";

async function portOf(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function idsFrom(url: string): Promise<unknown[]> {
  await using spark = SparkSession.create({ "spark.remote": url });
  return (await spark.range(3).collect()).map(({ id }) => id);
}

test("a host that there is not", async () => {
  await expect(idsFrom("sc://spark.invalid")).rejects.toMatchObject({
    message: expect.stringContaining("There is no host of Spark at spark.invalid:15002"),
    hint: "Check the host in the connection string.",
  });
});

test("a certificate that is not trusted", async () => {
  const server = createSecureServer({ key, cert: certificate });
  const port = await portOf(server);
  try {
    await expect(idsFrom(`sc://127.0.0.1:${port}/;use_ssl=true`)).rejects.toMatchObject({
      message: expect.stringContaining(`The certificate of Spark at 127.0.0.1:${port} is not trusted: `),
      hint: expect.stringContaining("NODE_EXTRA_CA_CERTS"),
    });
  } finally {
    server.close();
  }
});

test("a port that takes connections and says nothing", async () => {
  const server = createServer();
  const port = await portOf(server);
  const connection = new SparkConnection(parseConnectionString(`sc://127.0.0.1:${port}`), {
    pingIntervalMs: 20,
    pingTimeoutMs: 20,
  });
  try {
    await expect(connection.configure({ case: "set", value: { pairs: [] } })).rejects.toThrow(
      `Spark at 127.0.0.1:${port} has fallen silent`,
    );
  } finally {
    await connection.close();
    server.close();
  }
});

/** A way to a server whose connections stay open when it is cut, and carry nothing any more; later ones do. */
async function wayTo(port: number) {
  const open = new Set<Socket>();
  const way = createServer((from) => {
    const to = connect(port, "127.0.0.1");
    for (const socket of [from, to]) open.add(socket.on("error", () => undefined));
    from.pipe(to);
    to.pipe(from);
  });
  return {
    port: await portOf(way),
    cut: () => {
      for (const socket of open) socket.unpipe().pause();
    },
    close: () => {
      for (const socket of open) socket.destroy();
      way.close();
    },
  };
}

test("a connection that is open on one side only, in mid-query", async () => {
  const asked: (string | undefined)[] = [];
  await using server = await fakeSpark({
    async *executePlan() {
      yield rows("one", 0, 1);
      await new Promise((resolve) => setTimeout(resolve, 10_000).unref());
    },
    async *reattachExecute({ lastResponseId }) {
      asked.push(lastResponseId);
      yield rows("two", 2);
      yield complete;
    },
  });
  const way = await wayTo(Number(new URL(server.url).port));
  const silence = { pingIntervalMs: 50, pingTimeoutMs: 500 };
  const connection = new SparkConnection(parseConnectionString(`sc://127.0.0.1:${way.port}`), silence);
  const operation = { plan: create(PlanSchema), operationId: "6e1f1a3c-58b5-4a3e-9d5b-0f3f6f7f2a11", tags: [] };
  const seen: string[] = [];
  try {
    for await (const { responseId } of answersOf(connection, operation)) {
      seen.push(responseId);
      if (responseId === "one") way.cut();
    }
  } finally {
    await connection.close();
    way.close();
  }
  expect(seen).toEqual(["one", "two", "the end"]);
  expect(asked).toEqual(["one"]);
});

test("a port whose service closes connections at once", async () => {
  const server = createServer((socket) => socket.end("220 mail.example\r\n"));
  const port = await portOf(server);
  try {
    await expect(idsFrom(`sc://127.0.0.1:${port}`)).rejects.toThrow("does not answer as Spark Connect does");
  } finally {
    server.close();
  }
});

test("a token goes with every request, and is never told", async () => {
  const seen: (string | null)[] = [];
  await using server = await fakeSpark({
    config: (_, { requestHeader }) => {
      seen.push(requestHeader.get("authorization"));
      throw new ConnectError("Invalid authentication token", Code.Unauthenticated);
    },
  });
  const failure = await idsFrom(`${server.url}/;token=old-secret`).catch((error: unknown) => error);
  expect(seen).toEqual(["Bearer old-secret"]);
  expect(failure).toMatchObject({
    message: expect.stringContaining("does not accept the token"),
    hint: "Take a new token: tokens expire.",
  });
  expect(String((failure as Error).stack)).not.toContain("old-secret");
});

/** A server that is killed while it answers; another process listens there afterwards. */
test("a server killed in mid-query and restarted", async () => {
  const changed = () =>
    refusal(
      Code.Internal,
      { errorClass: "INVALID_HANDLE.SESSION_CHANGED", sqlState: "HY000" },
      "[INVALID_HANDLE.SESSION_CHANGED] The handle is invalid. The existing Spark server driver instance has restarted.",
    );
  await using server = await fakeSpark({
    async *executePlan() {
      yield rows("one", 0, 1);
      await new Promise((resolve) => setTimeout(resolve, 20));
      server.disconnect();
    },
    // biome-ignore lint/correctness/useYield: it fails before it answers
    async *reattachExecute() {
      throw changed();
    },
  });
  await expect(idsFrom(server.url)).rejects.toMatchObject({
    condition: "INVALID_HANDLE.SESSION_CHANGED",
    hint: expect.stringContaining("make a new one with SparkSession.builder.getOrCreate()"),
  });
});

test("a session that the server has forgotten between two queries", async () => {
  let isForgotten = false;
  await using server = await fakeSpark({
    async *executePlan() {
      if (isForgotten)
        throw refusal(Code.Internal, { errorClass: "INVALID_HANDLE.SESSION_CLOSED", sqlState: "HY000" }, "closed");
      yield rows("one", 0);
      yield complete;
    },
  });
  await using spark = SparkSession.create({ "spark.remote": server.url });
  expect(await spark.range(1).collect()).toEqual([{ id: 0 }]);
  expect(spark.stopped).toBe(false);
  isForgotten = true;
  await expect(spark.range(1).collect()).rejects.toMatchObject({
    condition: "INVALID_HANDLE.SESSION_CLOSED",
    hint: expect.stringContaining("The server has forgotten the session, its views and settings"),
  });
  expect(spark.stopped).toBe(true);
});

/** Each answer is of a megabyte; the reader takes one row after another, and waits. */
test("a client that reads slowly holds the server back, and one that stops lets it end", async () => {
  let sent = 0;
  const interrupted: unknown[] = [];
  const many = Array.from({ length: 100_000 }, (_, index) => index);
  await using server = await fakeSpark({
    async *executePlan() {
      for (; sent < 1000; sent += 1) yield rows(`answer ${sent}`, ...many);
      yield complete;
    },
    interrupt: ({ interrupt }) => {
      interrupted.push(interrupt.value);
      return {};
    },
  });
  await using spark = SparkSession.create({ "spark.remote": server.url });
  let read = 0;
  for await (const _ of spark.range(3).toLocalIterator()) {
    read += 1;
    if (read === 150_000) break;
  }
  expect(sent).toBeLessThan(200);
  expect(interrupted).toHaveLength(1);
});

test("answers that are no rows of the stated schema are told", async () => {
  await using server = await fakeSpark({
    async *executePlan() {
      yield create(ExecutePlanResponseSchema, {
        responseId: "one",
        serverSideSessionId: "the session of the server",
        responseType: { case: "arrowBatch", value: { rowCount: 1n, data: new Uint8Array([1, 2, 3]) } },
      });
    },
  });
  await expect(idsFrom(server.url)).rejects.toThrow("the bytes are no stream of Arrow");
});
