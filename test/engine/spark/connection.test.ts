/** What goes wrong between a program and a Spark, against servers that the test starts. */
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createSocketServer } from "node:net";
import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { SparkSession } from "lakewright";
import { describe, expect, test } from "vitest";
import { FetchErrorDetailsResponseSchema } from "../../../src/connect/generated/spark/connect/base_pb.ts";
import { complete, refusal, rows } from "./answers.ts";
import { fakeSpark } from "./fake-spark.ts";

/** The ids of a range that the server of a connection string answers with. */
async function idsFrom(url: string): Promise<unknown[]> {
  await using spark = SparkSession.create({ "spark.remote": url });
  return (await spark.range(3).collect()).map(({ id }) => id);
}

describe("answers", () => {
  test("come in order, batch by batch", async () => {
    await using server = await fakeSpark({
      async *executePlan() {
        yield rows("one", 0, 1);
        yield rows("two", 2);
        yield complete;
      },
    });
    expect(await idsFrom(server.url)).toEqual([0, 1, 2]);
  });

  test("lie anywhere in their messages", async () => {
    const ids = Array.from({ length: 5000 }, (_, index) => index);
    await using server = await fakeSpark({
      async *executePlan() {
        for (let length = 1; length <= 8; length += 1) yield { ...rows("x", ...ids), sessionId: "s".repeat(length) };
        yield complete;
      },
    });
    expect(await idsFrom(server.url)).toEqual(Array.from({ length: 8 }, () => ids).flat());
  });

  test("go on behind the last one when the connection breaks", async () => {
    const asked: (string | undefined)[] = [];
    await using server = await fakeSpark({
      async *executePlan() {
        yield rows("one", 0, 1);
        await new Promise((resolve) => setTimeout(resolve, 50));
        server.disconnect();
      },
      async *reattachExecute({ lastResponseId }) {
        asked.push(lastResponseId);
        yield rows("two", 2);
        yield complete;
      },
    });
    expect(await idsFrom(server.url)).toEqual([0, 1, 2]);
    expect(asked).toEqual(["one"]);
  });

  test("that are cut off go on too: only the last one ends them", async () => {
    await using server = await fakeSpark({
      async *executePlan() {
        yield rows("one", 0);
      },
      async *reattachExecute() {
        yield rows("two", 1);
        yield complete;
      },
    });
    expect(await idsFrom(server.url)).toEqual([0, 1]);
  });

  test("are interrupted by a signal", async () => {
    const interrupted: unknown[] = [];
    const controller = new AbortController();
    await using server = await fakeSpark({
      async *executePlan(_, { signal }) {
        yield rows("one", 0);
        controller.abort(new Error("enough"));
        await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      },
      interrupt: ({ interrupt }) => {
        interrupted.push(interrupt.value);
        return {};
      },
    });
    await using spark = SparkSession.create({ "spark.remote": server.url });
    let id = "";
    const collected = spark
      .range(3)
      .collect({ signal: controller.signal, onStart: (started: string) => (id = started) });
    await expect(collected).rejects.toThrow("enough");
    expect(interrupted).toEqual([id]);
  });
});

describe("errors", () => {
  test("of Spark have its condition, SQLSTATE, parameters and place", async () => {
    await using server = await fakeSpark({
      // biome-ignore lint/correctness/useYield: it fails before it answers
      async *executePlan() {
        throw refusal(Code.Internal, { errorId: "7", errorClass: "DIVIDE_BY_ZERO" });
      },
      fetchErrorDetails: ({ errorId }) =>
        create(FetchErrorDetailsResponseSchema, {
          rootErrorIdx: 0,
          errors: [
            {
              errorTypeHierarchy: [`org.apache.spark.SparkArithmeticException`, "java.lang.Exception"],
              message: `[DIVIDE_BY_ZERO] Division by zero (${errorId}). SQLSTATE: 22012\n== SQL ==\n1/0`,
              sparkThrowable: {
                errorClass: "DIVIDE_BY_ZERO",
                sqlState: "22012",
                messageParameters: { config: "x" },
                queryContexts: [{ fragment: "1/0" }],
              },
            },
          ],
        }),
    });
    await expect(idsFrom(server.url)).rejects.toMatchObject({
      name: "ExecutionError",
      condition: "DIVIDE_BY_ZERO",
      sqlState: "22012",
      parameters: { config: "x" },
      context: { fragment: "1/0" },
      message: "[DIVIDE_BY_ZERO] Division by zero (7). SQLSTATE: 22012\n  at 1/0",
    });
  });

  test("without details say what came with them", async () => {
    await using server = await fakeSpark({
      config: () => {
        const metadata = {
          errorClass: "INVALID_HANDLE.SESSION_CLOSED",
          sqlState: "HY000",
          messageParameters: '{"handle":"7"}',
        };
        throw refusal(
          Code.Internal,
          metadata,
          "[INVALID_HANDLE.SESSION_CLOSED] The handle 7 is invalid. SQLSTATE: HY000",
        );
      },
    });
    await expect(idsFrom(server.url)).rejects.toMatchObject({
      condition: "INVALID_HANDLE.SESSION_CLOSED",
      parameters: { handle: "7" },
      hint: expect.stringContaining("The server has forgotten the session"),
    });
  });

  test.each([
    [Code.Unauthenticated, "token expired", "does not accept the token: token expired"],
    [Code.PermissionDenied, "not yours", "refuses: not yours"],
    [Code.ResourceExhausted, "message exceeds 134217728", "The message is too large for Spark at 127.0.0.1"],
    [Code.Unimplemented, "unknown service", "does not answer as Spark Connect does"],
  ])("of the way there are told (%i %s)", async (code, said, sentence) => {
    await using server = await fakeSpark({
      config: () => {
        throw new ConnectError(said, code);
      },
    });
    await expect(idsFrom(server.url)).rejects.toThrow(sentence);
  });

  test("name a port at which nobody listens", async () => {
    const socket = createSocketServer().listen(0, "127.0.0.1");
    await once(socket, "listening");
    const { port } = socket.address() as AddressInfo;
    await new Promise((resolve) => socket.close(resolve));
    await expect(idsFrom(`sc://127.0.0.1:${port}`)).rejects.toThrow(`Spark at 127.0.0.1:${port} cannot be reached`);
  });

  test("name a server that is no Spark", async () => {
    const web = createServer((_, response) => response.end("hello")).listen(0, "127.0.0.1");
    await once(web, "listening");
    const { port } = web.address() as AddressInfo;
    await expect(idsFrom(`sc://127.0.0.1:${port}`)).rejects.toThrow("does not answer as Spark Connect does");
    await expect(idsFrom(`sc://127.0.0.1:${port}/;use_ssl=true`)).rejects.toThrow("does not speak TLS");
    web.close();
  });
});
