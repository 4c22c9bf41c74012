/** `lakewright list`. */
import { Command } from "commander";
import { formatOption, type OutputFormat, print } from "../output.ts";
import { loadJob, systemNames } from "../systems.ts";

export const listCommand = (): Command =>
  new Command("list")
    .description("list the systems that come with the package")
    .addOption(formatOption())
    .action(async ({ format }: { readonly format: OutputFormat }) => {
      const jobs = await Promise.all(
        systemNames().map(async (name) => ({ name, description: (await loadJob(name)).description ?? "" })),
      );
      await print(jobs, { format });
    });
