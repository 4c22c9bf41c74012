/** Lines that no careful job may count or lose: broken ones, and events that lack something. */
import { FIRST_SECOND } from "./shop.ts";

/** A damaged line and the reason for which it has to be rejected. */
export interface DamagedLine {
  readonly line: string;
  readonly reason: string;
}

const event = (index: number, fields: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({
    event_id: `damaged_${index}`,
    user_id: "user_000001",
    item_id: "item_000001",
    event_type: "click",
    ts: FIRST_SECOND,
    props: {},
    ...fields,
  });

/** One of each kind; a file with more of them goes round. */
const KINDS: readonly { readonly reason: string; readonly make: (index: number) => string }[] = [
  { reason: "MALFORMED", make: (index) => event(index, {}).slice(0, -20) },
  { reason: "NULL_KEY", make: (index) => event(index, { user_id: null }) },
  { reason: "MALFORMED", make: (index) => event(index, { ts: "yesterday" }) },
  { reason: "UNKNOWN_USER", make: (index) => event(index, { user_id: `user_9${index}` }) },
  { reason: "MALFORMED", make: (index) => `no JSON at all, line ${index}` },
  { reason: "UNKNOWN_ITEM", make: (index) => event(index, { item_id: `item_9${index}` }) },
  { reason: "NULL_KEY", make: (index) => event(index, { ts: undefined }) },
  { reason: "INVALID_PRICE", make: (index) => event(index, { event_type: "purchase", props: { price: "free" } }) },
  { reason: "INVALID_PRICE", make: (index) => event(index, { event_type: "purchase" }) },
  { reason: "MALFORMED", make: (index) => event(index, { ts: FIRST_SECOND + 0.7 }) },
  { reason: "MALFORMED", make: (index) => event(index, {}).replace(/}$/, ",}") },
  { reason: "MALFORMED", make: (index) => event(index, { ts: String(FIRST_SECOND) }) },
  { reason: "INVALID_TIME", make: (index) => event(index, { ts: FIRST_SECOND * 1_000_000 }) },
];

/** The damaged line of a number. */
export function damagedLine(index: number): DamagedLine {
  const { reason, make } = KINDS[index % KINDS.length]!;
  return { reason, line: make(index) };
}
