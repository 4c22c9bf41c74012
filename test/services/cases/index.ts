import type { Theme } from "../program.ts";
import { casts } from "./casts.ts";
import { collections, generators } from "./collections.ts";
import { columns } from "./columns.ts";
import { filters } from "./filters.ts";
import { groupings } from "./grouping.ts";
import { joins } from "./joins.ts";
import { json } from "./json.ts";
import { nulls } from "./nulls.ts";
import { decimals, numbers } from "./numbers.ts";
import { orders, sessions, sets } from "./rows.ts";
import { hashes, texts } from "./texts.ts";
import { times } from "./times.ts";
import { windows } from "./windows.ts";

/** All programs, by what they are about. */
export const themes: readonly Theme[] = [
  columns,
  filters,
  joins,
  groupings,
  windows,
  sets,
  orders,
  nulls,
  generators,
  collections,
  texts,
  numbers,
  decimals,
  times,
  casts,
  json,
  hashes,
  sessions,
];
