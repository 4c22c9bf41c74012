/** What looks after tables with a log of their own, as statements. */
import type { MaintenanceCommand } from "../../plan/maintenance-command.ts";
import { stringLiteral } from "../../types/identifier.ts";
import { fieldSql } from "../../types/type-name.ts";
import { encodeName } from "../names.ts";
import { clause, conditionClause, type Statements } from "./clauses.ts";

export const maintenanceStatements = {
  "optimize table": ({ table, condition, zOrderBy, isFull = false, purges = false }, print) => {
    const where = conditionClause("WHERE", condition, print);
    if (purges) return `REORG TABLE ${encodeName(table)}${where} APPLY (PURGE)`;
    const columns = zOrderBy.map((name) => encodeName([name])).join(", ");
    return `OPTIMIZE ${encodeName(table)}${clause("FULL", isFull)}${where}${clause(`ZORDER BY (${columns})`, columns !== "")}`;
  },
  "vacuum table": ({ table, retainHours, dryRun }) =>
    `VACUUM ${encodeName(table)}${clause(`RETAIN ${retainHours} HOURS`, retainHours !== undefined)}${clause("DRY RUN", dryRun)}`,
  "restore table": ({ table, to }) =>
    `RESTORE TABLE ${encodeName(table)} TO ${
      "version" in to ? `VERSION AS OF ${to.version}` : `TIMESTAMP AS OF ${stringLiteral(to.timestamp)}`
    }`,
  "clone table": ({ name, source, isShallow, version, path, ifNotExists }) =>
    `CREATE TABLE ${ifNotExists ? "IF NOT EXISTS " : ""}${encodeName(name)} ${isShallow ? "SHALLOW" : "DEEP"} CLONE ` +
    `${encodeName(source)}${clause(`VERSION AS OF ${version}`, version !== undefined)}` +
    clause(`LOCATION ${stringLiteral(path ?? "")}`, path !== undefined),
  "convert table": ({ table, partitions }) => {
    const columns = partitions?.fields.map((field) => fieldSql(field, " ")).join(", ");
    return `CONVERT TO DELTA ${encodeName(table)}${clause(`PARTITIONED BY (${columns})`, columns !== undefined)}`;
  },
  "generate manifest": ({ table, mode }) => `GENERATE ${encodeName([mode])} FOR TABLE ${encodeName(table)}`,
  "repair files": ({ table, dryRun }) => `FSCK REPAIR TABLE ${encodeName(table)}${clause("DRY RUN", dryRun)}`,
} satisfies Statements<MaintenanceCommand["kind"]>;
