/** What the generator knows about its events without reading them back: the values that the job has to find. */
import { dayIndex, type Event } from "./events.ts";
import { CATEGORIES, COUNTRIES, DAYS, isoDate, type Shop } from "./shop.ts";

/** The figures of a date, country and category; money in cents, so that sums are exact. */
export interface PlantedRow {
  readonly date: string;
  readonly country: string;
  readonly category: string;
  readonly eventsTotal: number;
  readonly purchases: number;
  readonly revenueCents: number;
  readonly uniqueUsers: number;
  /** Of the last seven calendar days, this one included. */
  readonly revenue7dCents: number;
}

export interface PlantedTruth {
  /** All events, without damaged lines. */
  readonly events: number;
  /** Events that count. */
  readonly accepted: number;
  /** Purchases with a negative price, which do not count. */
  readonly negative: number;
  readonly negativeCents: number;
  /** By date, country and category, sorted. */
  readonly rows: readonly PlantedRow[];
}

const CELLS = DAYS.length * COUNTRIES.length * CATEGORIES.length;

/** Counts events as they are made, in arrays with a place for each date, country and category. */
export class Tally {
  readonly #events = new Uint32Array(CELLS);
  readonly #purchases = new Uint32Array(CELLS);
  readonly #cents = new Float64Array(CELLS);
  readonly #unique = new Uint32Array(CELLS);
  readonly #seen: Uint8Array;
  readonly #users: number;
  readonly #countryOf: Uint8Array;
  readonly #categoryOf: Uint8Array;
  #negative = 0;
  #negativeCents = 0;

  constructor(shop: Shop) {
    this.#users = shop.users.length;
    this.#seen = new Uint8Array(CELLS * this.#users);
    this.#countryOf = Uint8Array.from(shop.users, (user) => COUNTRIES.indexOf(user.country));
    this.#categoryOf = Uint8Array.from(shop.items, (item) => CATEGORIES.indexOf(item.category));
  }

  add(event: Event): void {
    if (event.cents < 0) {
      this.#negative++;
      this.#negativeCents += event.cents;
      return;
    }
    const cell = cellOf(dayIndex(event), this.#countryOf[event.user]!, this.#categoryOf[event.item]!);
    this.#events[cell]!++;
    this.#purchases[cell]! += event.type === "purchase" ? 1 : 0;
    this.#cents[cell]! += event.cents;
    this.#meet(cell, event.user);
  }

  #meet(cell: number, user: number): void {
    const place = cell * this.#users + user;
    this.#unique[cell]! += 1 - this.#seen[place]!;
    this.#seen[place] = 1;
  }

  truth(): PlantedTruth {
    const accepted = this.#events.reduce((sum, count) => sum + count, 0);
    return {
      events: accepted + this.#negative,
      accepted,
      negative: this.#negative,
      negativeCents: this.#negativeCents,
      rows: [...this.#rows()],
    };
  }

  *#rows(): Generator<PlantedRow> {
    for (const [day, epochDay] of DAYS.entries()) {
      for (const [country, countryName] of COUNTRIES.entries()) {
        for (const [category, categoryName] of CATEGORIES.entries()) {
          const cell = cellOf(day, country, category);
          if (this.#events[cell] === 0) continue;
          yield {
            date: isoDate(epochDay),
            country: countryName,
            category: categoryName,
            eventsTotal: this.#events[cell]!,
            purchases: this.#purchases[cell]!,
            revenueCents: this.#cents[cell]!,
            uniqueUsers: this.#unique[cell]!,
            revenue7dCents: this.#week(day, country, category),
          };
        }
      }
    }
  }

  #week(day: number, country: number, category: number): number {
    let cents = 0;
    for (let back = 0; back < 7 && back <= day; back++) cents += this.#cents[cellOf(day - back, country, category)]!;
    return cents;
  }
}

const cellOf = (day: number, country: number, category: number): number =>
  (day * COUNTRIES.length + country) * CATEGORIES.length + category;
