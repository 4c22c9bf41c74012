/** Known weaknesses of the dependencies, where the registry answers. */
import { run } from "./command.ts";
import { type Finding, fail, pass, skip } from "./finding.ts";

interface Audit {
  /** Why the registry did not answer. */
  readonly message?: string;
  readonly metadata?: { readonly vulnerabilities: { readonly total: number } };
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string }>>;
}

export function advisories(folder: string): readonly Finding[] {
  const { output, all } = run(folder, "npm", "audit", "--omit=dev", "--json");
  const audit = parsed(output);
  if (audit?.metadata === undefined) {
    return [skip("advisories", `the registry did not answer: ${audit?.message?.split(" - ")[0] ?? firstLine(all)}`)];
  }
  const found = Object.entries(audit.vulnerabilities ?? {}).map(([name, { severity }]) => `${name} (${severity})`);
  return [found.length === 0 ? pass("advisories", "none known") : fail("advisories", found.join(", "))];
}

function parsed(text: string): Audit | undefined {
  try {
    return JSON.parse(text) as Audit;
  } catch {
    return undefined;
  }
}

const firstLine = (text: string): string => text.trim().split("\n")[0] ?? "";
