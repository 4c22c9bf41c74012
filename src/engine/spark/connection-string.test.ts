import { describe, expect, test } from "vitest";
import { AnalysisError } from "../../errors.ts";
import { parseConnectionString } from "./connection-string.ts";

describe("a connection string", () => {
  test.each([
    ["sc://spark.example", { host: "spark.example", port: 15002, secure: false }],
    ["sc://spark.example:1500/", { host: "spark.example", port: 1500, secure: false }],
    ["sc://[::1]:15002", { host: "[::1]", port: 15002, secure: false }],
    ["sc://host/;use_ssl=true;user_id=ann", { host: "host", secure: true, userId: "ann" }],
    ["sc://host/;user_agent=nightly%20job", { userAgent: "nightly job" }],
    ["sc://host/;x-cluster=7;", { headers: { "x-cluster": "7" } }],
    [
      "sc://host/;session_id=0d6ae32c-2f10-4a93-9d5b-5a49f0e9ab6c",
      { sessionId: "0d6ae32c-2f10-4a93-9d5b-5a49f0e9ab6c" },
    ],
  ])("%s is read", (text, expected) => {
    expect(parseConnectionString(text)).toMatchObject(expected);
  });

  test("with a token means TLS, except on this machine", () => {
    expect(parseConnectionString("sc://host:443/;token=a%3Db")).toMatchObject({ token: "a=b", secure: true });
    expect(parseConnectionString("sc://127.0.0.1/;token=secret")).toMatchObject({ secure: false });
    expect(parseConnectionString("sc://localhost/;token=secret;use_ssl=true")).toMatchObject({ secure: true });
  });

  test.each([
    ["http://host", "it must be of the form sc://host:port/;key=value"],
    ["sc://", "behind sc:// there must be a host"],
    ["sc://host:", "behind sc:// there must be a host"],
    ["sc://host:0", "the port must be from 1 to 65535, not 0"],
    ["sc://host:99999", "not 99999"],
    ["sc://host/path", "the path must be empty"],
    ["sc://host/;token", "each parameter must be key=value"],
    ["sc://host/;user_id=%zz", "the value of user_id is not percent-encoded"],
    ["sc://host/;use_ssl=yes", "use_ssl must be true or false"],
    ["sc://host/;session_id=7", "session_id must be a UUID"],
    ["sc://host/;token=secret;use_ssl=false", "the token would travel to host in the clear"],
  ])("%s is refused", (text, sentence) => {
    const read = () => parseConnectionString(text);
    expect(read).toThrow(AnalysisError);
    expect(read).toThrow(sentence);
    expect(read).not.toThrow("secret");
  });
});
