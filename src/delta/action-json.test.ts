import { describe, expect, test } from "vitest";
import { formatActions, parseActions } from "./action-json.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const parse = (text: string) => parseActions(bytes(text), "/t/_delta_log/0.json");

test("fields and kinds that are not known are kept", () => {
  const text =
    '{"add":{"path":"a","partitionValues":{"k":null},"size":1,"modificationTime":2,"dataChange":true,"other":[1]}}\n{"later":{"x":1}}\n';
  const actions = parse(text);
  expect(actions[0]?.add).toMatchObject({ path: "a", partitionValues: { k: null }, other: [1] });
  expect(new TextDecoder().decode(formatActions(actions))).toBe(text);
});

test("empty lines are skipped, and kinds that are null", () => {
  expect(parse('\n{"txn":{"appId":"a","version":1},"add":null}\r\n\n')).toEqual([{ txn: { appId: "a", version: 1 } }]);
});

describe("a line that is no action is refused with its number", () => {
  test.each([
    ['{"txn":{"appId":"a","version":1}}\n{"add":{"pa', "line 2 is no action, it is not JSON"],
    ["[1]", "line 1 is no action, it is no JSON object"],
    ['{"add":{"path":"a","size":1}}', "add.partitionValues is no object"],
    ['{"protocol":7}', "protocol is no object"],
  ])("%s", (text, reason) => {
    expect(() => parse(text)).toThrow(reason);
    expect(() => parse(text)).toThrow("/t/_delta_log/0.json");
  });
});
