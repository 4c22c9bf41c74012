/** What the job tells the person who started it. */

import type { TableFormat } from "../common/table-format.ts";

/** Where everything lies, and what one may do next. */
export function reportNext(
  { out, quarantine, data }: Readonly<Record<"out" | "quarantine" | "data", string>>,
  format: TableFormat,
  say: (line: string) => void,
): void {
  say(`Input       ${data}`);
  say(`Figures     ${out}`);
  say(`Quarantine  ${quarantine}`);
  say("Next (in a checkout, npm run -s lakewright -- …):");
  say(
    format === "delta"
      ? `  lakewright sql "SELECT * FROM delta.\`${out}\` LIMIT 20"`
      : `  lakewright show ${out} --limit 20`,
  );
  say(`  lakewright show ${quarantine}`);
  say("  lakewright run daily-kpi --damaged 20       broken lines among the events");
  say("  lakewright run daily-kpi --experiments      what repartition and coalesce do");
  say("  lakewright run daily-kpi --rows 10_000_000  more events");
  say("  lakewright run daily-kpi --data FOLDER      events, users and items of your own");
}
