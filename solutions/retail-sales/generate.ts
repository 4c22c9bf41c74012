/** Writes `sales.csv` at any scale, and tells what has to be found in it. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { integer, seeded } from "../common/random.ts";
import { writeLines } from "../common/write-lines.ts";

export interface GenerateOptions {
  /** How many sales. */
  readonly sales?: number;
  /** The same seed writes the same bytes. */
  readonly seed?: number;
  /** How many damaged lines to spread among the sales. */
  readonly damaged?: number;
  readonly signal?: AbortSignal;
}

/** What is known of the sales without reading them back. */
export interface PlantedTruth {
  readonly sales: number;
  readonly cents: number;
  /** Cents and sales by store and day: `S001 2025-01-31`. */
  readonly days: ReadonlyMap<string, { readonly cents: number; readonly sales: number }>;
  /** Damaged lines by the reason for which they have to be rejected. */
  readonly rejected: ReadonlyMap<string, number>;
}

const STORES = 20;
const PRODUCTS = 500;
const FIRST_DAY = Date.UTC(2025, 0, 1);
const DAYS = 90;

const line = (...values: readonly (string | number)[]): string => `${values.join(",")}\n`;

/** Lines that no careful job may count or lose, one of each kind; more of them go round. */
const DAMAGED: readonly { readonly reason: string; readonly make: (index: number) => string }[] = [
  { reason: "MALFORMED", make: (index) => line(`D${index}`, "2025-01-05 10:00:00", "S001") },
  { reason: "NULL_KEY", make: (index) => line(`D${index}`, "2025-01-05 10:00:00", "", "P1", 1, "1.00") },
  { reason: "INVALID_TIMESTAMP", make: (index) => line(`D${index}`, "05.01.2025", "S001", "P1", 1, "1.00") },
  {
    reason: "INVALID_QUANTITY",
    make: (index) => line(`D${index}`, "2025-01-05 10:00:00", "S001", "P1", "two", "1.00"),
  },
  { reason: "INVALID_PRICE", make: (index) => line(`D${index}`, "2025-01-05 10:00:00", "S001", "P1", 1, "1.005") },
  { reason: "NEGATIVE_PRICE", make: (index) => line(`D${index}`, "2025-01-05 10:00:00", "S001", "P1", 1, "-1.00") },
];

interface Counted extends PlantedTruth {
  cents: number;
  readonly days: Map<string, { cents: number; sales: number }>;
  readonly rejected: Map<string, number>;
}

/**
 * Writes the file into a folder and returns the planted truth, which is counted while the sales are made.
 *
 * @param folder - made when it does not exist; files in it are replaced
 * @param options - `sales` (20,000), `seed`, `damaged` lines (none)
 * @throws when the folder cannot be written, or the signal's reason
 * @example
 * ```ts
 * const { cents } = await generate("data", { sales: 20_000 });
 * ```
 */
export async function generate(folder: string, options: GenerateOptions = {}): Promise<PlantedTruth> {
  const { sales = 20_000, seed = 20_250_101, damaged = 0, signal } = options;
  const truth: Counted = { sales, cents: 0, days: new Map(), rejected: new Map() };
  await mkdir(folder, { recursive: true });
  await writeLines(join(folder, "sales.csv"), saleLines(sales, seed, damaged, truth), signal);
  return truth;
}

function* saleLines(count: number, seed: number, damaged: number, truth: Counted): Generator<string> {
  const random = seeded(seed);
  yield "TransactionID,Timestamp,StoreID,ProductID,Quantity,UnitPrice\n";
  let made = 0;
  for (let index = 0; index < count; index++) {
    const store = `S${String(integer(random, 1, STORES)).padStart(3, "0")}`;
    const product = integer(random, 1, PRODUCTS);
    const time = timeOf(integer(random, 0, DAYS * 86_400 - 1));
    const [quantity, cents] = [integer(random, 1, 9), integer(random, 50, 20_000)];
    note(truth, `${store} ${time.slice(0, 10)}`, quantity * cents);
    yield line(`T${index}`, time, store, `P${product}`, quantity, (cents / 100).toFixed(2));
    for (; made < Math.floor(((index + 1) * damaged) / count); made++) yield damagedLine(made, truth);
  }
}

const timeOf = (second: number): string =>
  new Date(FIRST_DAY + second * 1000).toISOString().slice(0, 19).replace("T", " ");

function note(truth: Counted, key: string, cents: number): void {
  const day = truth.days.get(key) ?? { cents: 0, sales: 0 };
  truth.days.set(key, day);
  day.cents += cents;
  day.sales += 1;
  truth.cents += cents;
}

function damagedLine(index: number, { rejected }: Counted): string {
  const { reason, make } = DAMAGED[index % DAMAGED.length]!;
  rejected.set(reason, (rejected.get(reason) ?? 0) + 1);
  return make(index);
}
