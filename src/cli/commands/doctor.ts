/** `lakewright doctor`: whether the machine is fit, and what the engine will use of it. */
import { access, constants, statfs } from "node:fs/promises";
import { availableParallelism, freemem, tmpdir, totalmem } from "node:os";
import { Command } from "commander";
import { SparkSession } from "../../index.ts";
import { formatOption, type OutputFormat, print } from "../output.ts";
import { version } from "../version.ts";

interface Finding {
  readonly check: string;
  readonly found: string;
  readonly fit: boolean;
}

export const doctorCommand = (): Command =>
  new Command("doctor")
    .description("check Node.js, the platform, the engine, the temporary folder and the memory")
    .addOption(formatOption())
    .action(async ({ format }: { readonly format: OutputFormat }) => {
      const findings = [own(), node(), platform(), await engine(), await temporaryFolder(), memory()];
      await print(findings, { format });
      if (findings.some(({ fit }) => !fit)) process.exitCode = 1;
    });

const own = (): Finding => ({ check: "lakewright", found: version(), fit: true });

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  return { check: "Node.js", found: process.versions.node, fit: major > 22 || (major === 22 && minor >= 18) };
}

const platform = (): Finding => ({
  check: "platform",
  found: `${process.platform}-${process.arch}, ${availableParallelism()} cores`,
  fit: true,
});

async function engine(): Promise<Finding> {
  try {
    await using spark = SparkSession.create();
    const rows = await spark.range(3).count();
    return { check: "embedded engine", found: `DuckDB ${await duckdbVersion()}`, fit: rows === 3 };
  } catch (error) {
    return { check: "embedded engine", found: error instanceof Error ? error.message : String(error), fit: false };
  }
}

const duckdbVersion = async (): Promise<string> => (await import("@duckdb/node-api")).version();

async function temporaryFolder(): Promise<Finding> {
  const folder = tmpdir();
  try {
    await access(folder, constants.W_OK);
    const { bavail, bsize } = await statfs(folder);
    return { check: "temporary folder", found: `${folder}, ${gigabytes(bavail * bsize)} free`, fit: true };
  } catch (error) {
    return {
      check: "temporary folder",
      found: `${folder}: ${error instanceof Error ? error.message : String(error)}`,
      fit: false,
    };
  }
}

const memory = (): Finding => ({
  check: "memory",
  found: `${gigabytes(freemem())} free of ${gigabytes(totalmem())}`,
  fit: true,
});

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
