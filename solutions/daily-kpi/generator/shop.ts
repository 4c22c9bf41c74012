/** The shop that events happen in: its calendar, its users and its items. */
import { integer, pick, type Random, seeded } from "../../common/random.ts";

export const COUNTRIES = ["AU", "BR", "CA", "DE", "ES", "FR", "GB", "IN", "JP", "US"] as const;
export const CATEGORIES = ["beauty", "books", "clothing", "electronics", "food", "home", "sports", "toys"] as const;

/** Thirty days that touch 31 dates, because they begin and end in the afternoon. */
export const FIRST_SECOND = Date.UTC(2025, 6, 31, 16, 30) / 1000;
export const LAST_SECOND = FIRST_SECOND + 30 * 86_400 - 1;

const USERS = 1000;
const ITEMS = 200;
const GENDERS = ["F", "M", "Other"] as const;

export interface User {
  readonly user_id: string;
  readonly country: (typeof COUNTRIES)[number];
  readonly age: number;
  readonly gender: string;
  readonly registration_date: string;
}

export interface Item {
  readonly item_id: string;
  readonly category: (typeof CATEGORIES)[number];
  readonly price: number;
  readonly brand: string;
  readonly name: string;
}

export interface Shop {
  readonly users: readonly User[];
  readonly items: readonly Item[];
}

/**
 * Makes users and items; every country has users and every category has items.
 *
 * @param seed - the same seed makes the same shop
 */
export function makeShop(seed: number): Shop {
  const random = seeded(seed);
  return {
    users: Array.from({ length: USERS }, (_, index) => makeUser(random, index)),
    items: Array.from({ length: ITEMS }, (_, index) => makeItem(random, index)),
  };
}

/** The first ones go round all countries, the others are drawn. */
function makeUser(random: Random, index: number): User {
  return {
    user_id: `user_${padded(index + 1, 6)}`,
    country: COUNTRIES[index] ?? pick(random, COUNTRIES),
    age: integer(random, 18, 70),
    gender: pick(random, GENDERS),
    registration_date: registrationDate(integer(random, 1, 365)),
  };
}

function makeItem(random: Random, index: number): Item {
  return {
    item_id: `item_${padded(index + 1, 6)}`,
    category: CATEGORIES[index] ?? pick(random, CATEGORIES),
    price: integer(random, 500, 49_999) / 100,
    brand: `Brand_${integer(random, 1, 50)}`,
    name: `Product ${index + 1}`,
  };
}

function registrationDate(daysBefore: number): string {
  const day = new Date((FIRST_SECOND - daysBefore * 86_400) * 1000).toISOString().slice(0, 10);
  return `${day}T00:00:00`;
}

export const padded = (value: number, digits: number): string => String(value).padStart(digits, "0");

/** Days since 1970 of a second, in UTC. */
export const dayOf = (second: number): number => Math.floor(second / 86_400);

/** `2025-07-31`. */
export const isoDate = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** The days that have events. */
export const DAYS: readonly number[] = Array.from(
  { length: dayOf(LAST_SECOND) - dayOf(FIRST_SECOND) + 1 },
  (_, index) => dayOf(FIRST_SECOND) + index,
);
