import { defineConfig } from "vitest/config";

/** Resolves `lakewright` to the sources, both for the tests and for the programs that they load. */
const source = { ssr: { resolve: { conditions: ["lakewright:source"] } } };

export default defineConfig({
  test: {
    projects: [
      { ...source, test: { name: "unit", include: ["src/**/*.test.ts"] } },
      {
        ...source,
        test: {
          name: "suite",
          include: ["test/**/*.test.ts", "solutions/**/*.test.ts"],
          exclude: ["test/services/**", "**/node_modules/**"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...source,
        test: {
          name: "services",
          include: ["test/services/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
