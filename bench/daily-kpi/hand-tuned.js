/**
 * The yardstick: daily-kpi as somebody would write it who knows DuckDB well and needs nothing else from the program.
 *
 * It is plain JavaScript, so that its start costs no more than Node's and DuckDB's own. It does all that the job does:
 * every event is checked, rejected lines are kept with their reasons, output is written beside, made durable, swapped
 * in, read back and compared. With `--lenient` it leaves it to DuckDB what JSON is; with `--unchecked` it only computes
 * and writes the figures.
 */
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { DuckDBInstance } from "@duckdb/node-api";
import { carefulPass, fastPass, settings, uncheckedStatements, verification, writeChecked } from "./sql.js";

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    out: { type: "string" },
    lenient: { type: "boolean", default: false },
    unchecked: { type: "boolean", default: false },
  },
});
const { data = "", out = "", lenient, unchecked } = values;
const quarantine = `${out}-quarantine`;

const connection = await (await DuckDBInstance.create(":memory:")).connect();
await run(settings);
await (unchecked ? runUnchecked() : runChecked());

async function runUnchecked() {
  rmSync(out, { recursive: true, force: true });
  await run(uncheckedStatements(data, out));
}

async function runChecked() {
  const staged = { figures: `${out}.staged`, quarantine: `${quarantine}.staged` };
  for (const folder of Object.values(staged)) rmSync(folder, { recursive: true, force: true });
  await run(fastPass(data, lenient ? "lenient" : "strict")).catch(() => run(carefulPass(data)));
  await run(writeChecked(data, staged));
  replace(out, staged.figures);
  replace(quarantine, staged.quarantine);
  await verify();
}

async function run(statements) {
  for (const statement of statements) await connection.run(statement);
}

function replace(folder, staged) {
  makeDurable(staged);
  const old = `${folder}.old`;
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(staged, folder);
  rmSync(old, { recursive: true, force: true });
}

function makeDurable(path) {
  sync(path);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) makeDurable(inner);
    else sync(inner);
  }
}

function sync(path) {
  const descriptor = openSync(path, "r");
  fsyncSync(descriptor);
  closeSync(descriptor);
}

async function verify() {
  const rows = (await connection.runAndReadAll(verification(out, quarantine))).getRowsJson();
  const [computed, written] = rows.map((row) => JSON.stringify(row));
  if (computed !== written) throw new Error(`Read back ${written}, expected ${computed}.`);
}
