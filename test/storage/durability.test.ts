import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { beginWrite } from "../../src/storage/folder-writer.ts";
import { createLocalStorage } from "../../src/storage/local-storage.ts";
import { contents, discard, fill, scratchFolder, watchedFiles } from "./crashing-files.ts";

const root = scratchFolder();
afterAll(() => discard(root));

/** The calls that change names or make something durable, in order, with paths below the root. */
async function traceOfOverwrite(): Promise<string[]> {
  const trace: string[] = [];
  const storage = createLocalStorage(
    watchedFiles((call, path) => {
      if (["rename", "sync", "rm"].includes(call))
        trace.push(`${call} ${path.replaceAll(`${root}/`, "").replaceAll(root, ".")}`);
    }),
  );
  const target = join(root, "out");
  await fill(target, { a: "old" });
  const writer = await beginWrite(storage, target, { mode: "overwrite" });
  await fill(writer.stagingPath, { "k=1/b": "new" });
  await writer.commit(["k=1/b"]);
  expect(contents(target)).toEqual({ _SUCCESS: "", "k=1/b": "new" });
  return trace;
}

test("a loss of power finds every step on the disk before the next one begins", async () => {
  const trace = await traceOfOverwrite();
  const work = ".lakewright-work-out";
  const stage = /(\.write-\S+)\/new\/k=1\/b/.exec(trace.join("\n"))![1];
  const decided = trace.findIndex((step) => step.startsWith("rename") && step.endsWith("/.journal"));
  const between = (from: number, to: number): string[] => trace.slice(from + 1, to);
  const [out, into] = [
    trace.indexOf(`rename out ${work}/${stage}/old/0`),
    trace.indexOf(`rename ${work}/${stage}/new out`),
  ];
  const forgotten = trace.findIndex((step) => step.startsWith(`rm ${work}/.journal`));
  const cleaned = trace.findIndex((step) => step.startsWith(`rm ${work}/${stage} `));

  const staged = [`${work}/${stage}/new/k=1/b`, `${work}/${stage}/new/k=1`, `${work}/${stage}/new`, `${work}/${stage}`];
  expect(between(-1, decided)).toEqual(expect.arrayContaining(staged.map((path) => `sync ${path}`)));
  expect(between(decided, out)).toContain(`sync ${work}`);
  expect(into).toBeGreaterThan(out);
  expect(between(into, forgotten)).toEqual(
    expect.arrayContaining(["sync .", `sync ${work}/${stage}/old`, `sync ${work}/${stage}`]),
  );
  expect(between(forgotten, cleaned)).toContain(`sync ${work}`);
});

test("a file that one of several writers makes is on the disk before it has its name, and its name before that is told", async () => {
  const trace: string[] = [];
  const storage = createLocalStorage(
    watchedFiles((call, path) => {
      if (["link", "sync"].includes(call))
        trace.push(`${call} ${path.replaceAll(`${root}/`, "").replaceAll(root, ".")}`);
    }),
  );
  await storage.putIfAbsent(join(root, "commit.json"), new TextEncoder().encode("{}"));
  const [, temporary] = /^sync (\S+)$/.exec(trace[0] ?? "") ?? [];
  expect(temporary).toMatch(/^\./);
  expect(trace).toEqual([`sync ${temporary}`, `link ${temporary} commit.json`, "sync ."]);
});
