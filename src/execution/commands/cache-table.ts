/** Tables kept in memory, and what the session knows of files forgotten. */
import { AnalysisError } from "../../errors.ts";
import type { ObjectName } from "../../plan/catalogue-command.ts";
import type { ReadTable } from "../../plan/relation.ts";
import type { Handlers } from "./context.ts";
import { circumstances } from "./views.ts";

type CacheCommand = "cache table" | "uncache table" | "refresh" | "analyze table";

/** The relation under which a table's rows are kept. */
export const tableRead = (name: ObjectName): ReadTable => ({
  kind: "read table",
  name,
  options: {},
  isStreaming: false,
});

export const cacheHandlers: Handlers<CacheCommand> = {
  "cache table": async ({ name, query, lazy }, context) => {
    if (query !== undefined) {
      await context.schemaOf(query);
      const view = { name: name.at(-1)!, plan: query, ...circumstances(context) };
      context.names.views.create(view, { global: false, replace: false });
    }
    await context.names.lookUp(name);
    context.cache(tableRead(name), "MEMORY_AND_DISK");
    if (!lazy) await context.store(tableRead(name));
  },
  "uncache table": async ({ name, ifExists }, context) => {
    if (name === undefined) return context.uncacheAll();
    if ((await context.names.find(name)) !== undefined) return context.uncache(tableRead(name));
    if (!ifExists) throw await context.names.notFound(name);
  },
  // Files are listed anew for each action; only rows that are kept can be old.
  refresh: async ({ target }, context) => {
    if ("path" in target) return context.forgetRows();
    await context.names.lookUp(target.table);
    await context.forgetRows();
  },
  // Statistics are taken from the files when a query runs; none are kept.
  "analyze table": async ({ target }, context) => {
    if ("namespace" in target)
      return void (await context.catalogue.namespace(context.names.namespaceName(target.namespace)));
    const found = await context.names.lookUp(target.table);
    if (found.is === "temporary view" || found.relation.kind === "view") throw viewWithoutStatistics(target.table);
  },
};

const viewWithoutStatistics = (name: ObjectName): AnalysisError =>
  new AnalysisError(`The ANALYZE TABLE command does not support views: ${name.join(".")}`, {
    condition: "UNSUPPORTED_FEATURE.ANALYZE_VIEW",
    sqlState: "0A000",
    hint: "Analyze the tables that the view reads.",
  });
