/** A process that changes a catalogue: `node child.ts <command> <JSON argument>`. */
import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { Catalogue } from "../../src/catalogue/catalogue.ts";
import { isLakewrightError } from "../../src/errors.ts";
import { createEmpty, newTable } from "../../src/execution/tables/new-table.ts";
import { tableOfRows } from "../../src/execution/tables/table-rows.ts";
import { beginWrite } from "../../src/storage/folder-writer.ts";
import { createLocalStorage, localStorage } from "../../src/storage/local-storage.ts";
import { intType, structField, structType } from "../../src/types/data-type.ts";
import { fill, watchedFiles } from "../storage/crashing-files.ts";

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const name = { namespace: "default", name: "t" };

export interface SaveArgument {
  readonly warehouse: string;
  /** The name of the only column, and the content of the only file. */
  readonly generation: string;
  readonly mode: "error" | "overwrite";
  /** At which call of the file system the process kills itself, counted from when the rows are staged. */
  readonly killAt?: number;
}

/** What `saveAsTable` does, with a file that stands for the rows. */
export async function save({ warehouse, generation, mode, killAt }: SaveArgument): Promise<void> {
  let left = Number.POSITIVE_INFINITY;
  const storage = createLocalStorage(
    watchedFiles(() => {
      if (--left === 0) process.kill(process.pid, "SIGKILL");
    }),
  );
  const catalogue = new Catalogue(storage, warehouse);
  const table = await newTable({ name, schema: structType([structField(generation, intType)]) }, catalogue);
  const write = tableOfRows(table, { kind: "one row" }, mode, catalogue);
  const writer = await beginWrite(storage, write.folder, { mode: "overwrite" });
  const file = `part-00000-${writer.writeId}-c000.parquet`;
  await fill(writer.stagingPath, { [file]: generation });
  left = killAt ?? left;
  await write.place!(async () => void (await writer.commit([file])), writer.writeId);
}

interface RaceArgument {
  readonly warehouse: string;
  readonly start: string;
  readonly own: string;
}

/** Makes, drops and renames tables beside another process that does the same, and says what it did. */
async function race({ warehouse, start, own }: RaceArgument): Promise<void> {
  const catalogue = new Catalogue(localStorage, warehouse);
  say("ready");
  while (!existsSync(start)) await delay(1);
  const schema = structType([structField(own, intType)]);
  for (let round = 0; round < 15; round++) {
    const shared = await newTable({ name: { namespace: "default", name: `shared_${round}` }, schema }, catalogue);
    say(`shared_${round} ${await outcome(() => createEmpty(shared, false, catalogue))}`);
    const mine = await newTable({ name: { namespace: "default", name: `${own}_${round}` }, schema }, catalogue);
    await createEmpty(mine, false, catalogue);
    if (round % 2 === 1) await catalogue.changeRelation(mine, ({ drop }) => drop(mine));
  }
}

async function outcome(work: () => Promise<void>): Promise<string> {
  try {
    await work();
    return "made";
  } catch (error) {
    return isLakewrightError(error) ? String(error.condition) : String(error);
  }
}

const commands: Readonly<Record<string, (argument: never) => Promise<void>>> = { save, race };

if (process.argv[1] === import.meta.filename) {
  const [, , command, argument] = process.argv;
  await commands[command!]!(JSON.parse(argument!) as never);
}
