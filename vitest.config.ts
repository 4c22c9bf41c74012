import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Resolves `lakewright` to the sources, both for the tests and for the programs that they load. */
const source = { ssr: { resolve: { conditions: ["lakewright:source"] } } };

export default defineConfig({
  test: {
    // Much of the time tests wait, for files and for the database: one worker leaves two processors idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        ...source,
        test: { name: "unit", include: ["src/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
      },
      {
        // Its files are many and import nearly all: each worker does so once. What a file leaves behind reaches the next one,
        // so that no file may count on what is not there yet.
        ...source,
        test: {
          name: "suite",
          isolate: false,
          include: ["test/**/*.test.ts", "solutions/**/*.test.ts"],
          exclude: ["test/services/**", "test/storage/**", "**/node_modules/**"],
          setupFiles: ["test/connect/every-plan.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Simulated processes replace a module of the storage, which a set-up that loads the library would keep as it is.
        ...source,
        test: { name: "storage", include: ["test/storage/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
      },
      {
        ...source,
        test: {
          name: "services",
          isolate: false,
          include: ["test/services/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // They share one Spark, which two of them keep busy.
          maxWorkers: 2,
        },
      },
    ],
  },
});
