import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { discard, lakewright, put, scratchFolder } from "./scratch.ts";

const folder = scratchFolder();
afterAll(() => discard(folder));

describe("lakewright show", () => {
  test.each([
    ["a missing path", () => join(folder, "none"), "PATH_NOT_FOUND"],
    [
      "text that is called Parquet",
      () => put(join(folder, "text.parquet"), "no Parquet, but long enough\n"),
      "FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER",
    ],
  ])("says in sentences what is wrong with %s, without a stack", async (_, path, condition) => {
    const { code, output, errors } = await lakewright("show", path());
    expect({ code, output }).toEqual({ code: 1, output: "" });
    expect(errors).toMatch(new RegExp(`^error: \\[${condition}\\] `));
    expect(errors).not.toMatch(/\n\s+at .*(?:node:|\/src\/)/);
  });
});
