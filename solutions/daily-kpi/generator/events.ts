/** The events of a shop, one after the other: drawn at random, yet with exact numbers of every kind. */
import { apportion, Deck, integer, pick, type Random, seeded, shuffled } from "../../common/random.ts";
import { CATEGORIES, COUNTRIES, DAYS, dayOf, FIRST_SECOND, LAST_SECOND, type Shop } from "./shop.ts";

export type EventType = "add_to_cart" | "click" | "purchase" | "remove_from_cart" | "view";

/** An event by the positions of its user and item in the shop, money in cents. */
export interface Event {
  readonly index: number;
  readonly user: number;
  readonly item: number;
  readonly type: EventType;
  readonly second: number;
  /** Of a purchase; below zero when it has to be rejected. */
  readonly cents: number;
  /** `quantity` of an add_to_cart, `duration` of a view. */
  readonly detail: number;
}

/** How many events of 50,000 are of each kind; the negative purchases are what the job has to reject. */
const KINDS = {
  add_to_cart: 10_139,
  click: 10_007,
  remove_from_cart: 9_993,
  view: 9_960,
  purchase: 8_524,
  negative: 1_377,
} as const;

/** What an event is about. */
interface Scene {
  readonly user: number;
  readonly item: number;
  readonly second: number;
}

/**
 * Makes events in no order of time.
 *
 * The kinds come in exactly the proportions of `KINDS`; the first events that are no purchases go once through every
 * date, country and category, so that no combination is missing once there are a few thousand events.
 *
 * @param shop - its users and items
 * @param count - how many
 * @param seed - the same seed makes the same events
 */
export function* makeEvents(shop: Shop, count: number, seed: number): Generator<Event> {
  const random = seeded(seed);
  const deck = new Deck(apportion(count, KINDS));
  const tour = makeTour(shop, random);
  for (let index = 0; index < count; index++) {
    const kind = deck.draw(random);
    const paid = kind === "purchase" || kind === "negative";
    const { user, item, second } = (paid ? undefined : tour.next().value) ?? anyScene(shop, random);
    const cents = kind === "purchase" ? price(shop, item, random) : kind === "negative" ? -integer(random, 1, 4999) : 0;
    yield {
      index,
      user,
      item,
      type: kind === "negative" ? "purchase" : kind,
      second,
      cents,
      detail: detail(kind, random),
    };
  }
}

/** Near the item's list price. */
const price = (shop: Shop, item: number, random: Random): number =>
  Math.round(shop.items[item]!.price * integer(random, 90, 110));

function detail(kind: string, random: Random): number {
  if (kind === "add_to_cart") return integer(random, 1, 5);
  return kind === "view" ? integer(random, 5, 300) : 0;
}

const anyScene = (shop: Shop, random: Random): Scene => ({
  user: Math.floor(random() * shop.users.length),
  item: Math.floor(random() * shop.items.length),
  second: integer(random, FIRST_SECOND, LAST_SECOND),
});

function* makeTour(shop: Shop, random: Random): Generator<Scene, undefined> {
  const users = COUNTRIES.map((country) => positions(shop.users, (user) => user.country === country));
  const items = CATEGORIES.map((category) => positions(shop.items, (item) => item.category === category));
  const stops = DAYS.flatMap((day) => users.flatMap((of) => items.map((among) => ({ day, of, among }))));
  for (const { day, of, among } of shuffled(random, stops)) {
    yield { user: pick(random, of), item: pick(random, among), second: secondOf(day, random) };
  }
  return undefined;
}

function positions<Value>(values: readonly Value[], fits: (value: Value) => boolean): number[] {
  return values.flatMap((value, index) => (fits(value) ? [index] : []));
}

function secondOf(day: number, random: Random): number {
  const first = Math.max(FIRST_SECOND, day * 86_400);
  const last = Math.min(LAST_SECOND, day * 86_400 + 86_399);
  return integer(random, first, last);
}

/** The position of an event's date among the days that have events. */
export const dayIndex = (event: Event): number => dayOf(event.second) - DAYS[0]!;
