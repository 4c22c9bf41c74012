import { PassThrough, Writable } from "node:stream";
import { afterAll, expect, test } from "vitest";
import { SparkSession } from "../index.ts";
import { completionsOf } from "./sql-completion.ts";
import { prompt } from "./sql-prompt.ts";

const spark = SparkSession.create();
afterAll(() => spark.stop());

test("a statement runs when its semicolon is typed, whatever lines it has", async () => {
  const input = new PassThrough();
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const ran: string[] = [];
  const run = async (statement: string): Promise<void> => void ran.push(statement);
  const done = prompt({ spark, input, output, run });
  input.end("SELECT 1,\n  ';'\n;\nSELECT 2; SELECT 3;\nSELECT 4\nquit\n");
  await done;
  expect(ran).toEqual(["SELECT 1,\n  ';'", "SELECT 2", "SELECT 3"]);
});

test("the end of a line is completed, keywords in the case that was begun", () => {
  const words = ["SELECT", "SEMI", "sales", "sequence"];
  expect(completionsOf("SE", words)).toEqual([["SELECT", "SEMI", "sequence"], "SE"]);
  expect(completionsOf("select * from sa", words)).toEqual([["sales"], "sa"]);
  expect(completionsOf("sel", words)).toEqual([["select"], "sel"]);
  expect(completionsOf("select ", words)).toEqual([[], ""]);
});
