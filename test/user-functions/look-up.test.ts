/** Asynchronous functions that ask a server, which is slow or misbehaves. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type ExecutionError, udf } from "lakewright";
import { testSession } from "lakewright/testing";
import { afterAll, beforeEach, expect, test } from "vitest";

const spark = testSession();
let under = 0;
let most = 0;
let asked = 0;
const waiting = new Set<ServerResponse>();

const server = createServer((request, response) => {
  const id = Number(request.url!.slice(1));
  asked++;
  under++;
  most = Math.max(most, under);
  response.on("close", () => under--);
  if (id === 404) response.writeHead(404).end("unknown");
  else if (id === 500) response.destroy();
  else if (id === 13) waiting.add(response);
  else setImmediate(() => response.end(`name ${id}`));
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeEach(() => {
  most = 0;
  asked = 0;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await spark.stop();
});

const nameOf = udf(
  { id: "bigint not null" },
  "string",
  async ({ id }) => {
    const response = await fetch(`${base}/${id}`, { signal: AbortSignal.timeout(10_000) });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return response.text();
  },
  { name: "nameOf", concurrency: 4, deterministic: false },
);

test("at most so many calls are under way, and answers keep the order of the rows", async () => {
  const rows = await spark.range(20, 60).select("id", nameOf().as("name")).collect();
  expect(rows).toEqual(Array.from({ length: 40 }, (_, index) => ({ id: index + 20, name: `name ${index + 20}` })));
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(4);
  expect(asked).toBe(40);
});

test.each([
  [404, /`nameOf`.*the server answered 404.*id = 404/s],
  [500, /`nameOf`.*failed.*id = 500/s],
])("an answer of %i ends the action and names the row", async (id, message) => {
  const error = (await spark
    .range(id - 2, id + 50)
    .select(nameOf())
    .collect()
    .catch((thrown) => thrown)) as ExecutionError;
  expect(error.condition).toBe("FAILED_EXECUTE_UDF");
  expect(error.message).toMatch(message);
  expect(asked).toBeLessThan(30);
});

test("a server that does not answer is left when the signal is aborted", async () => {
  const aborter = new AbortController();
  const reason = new Error("enough");
  const hanging = spark.range(13, 14).select(nameOf()).collect({ signal: aborter.signal });
  while (waiting.size === 0) await new Promise((resolve) => setImmediate(resolve));
  aborter.abort(reason);
  await expect(hanging).rejects.toBe(reason);
  expect(await spark.range(3).select(nameOf().as("name")).collect()).toEqual([
    { name: "name 0" },
    { name: "name 1" },
    { name: "name 2" },
  ]);
});
