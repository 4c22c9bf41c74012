/** Dates and times by patterns and zones that only Java's rules know. */

import {
  dateType,
  decimalType,
  intType,
  stringType,
  timestampNtzType,
  timestampType,
} from "../../../types/data-type.ts";
import { dateTimeFault } from "../formats/text/datetime-fault.ts";
import { ParsePattern } from "../formats/text/datetime-pattern.ts";
import { FormatPattern } from "../formats/text/format-pattern.ts";
import { StrictReader } from "../formats/text/legacy/legacy-reader.ts";
import { LegacyWriter } from "../formats/text/legacy/legacy-writer.ts";
import { refusedIfRead, tried } from "../formats/text/legacy/refused-before.ts";
import { unrecognizedPattern } from "../formats/text/pattern-refusal.ts";
import { type ZoneRules, zoneOf } from "../formats/time-zone.ts";
import type { ZoneOffsets } from "../formats/zone-offsets.ts";
import { condition } from "../translate-failure.ts";
import type { KernelDefinition } from "./kernel.ts";
import { dateFromParts, timestampFromParts, triedDate, triedTimestamp } from "./temporal/parts.ts";

/** Values made once for each text. */
function remembered<Value>(make: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size > 1000) known.clear();
    const made = make(text);
    known.set(text, made);
    return made;
  };
}

const parser = remembered((pattern) => new ParsePattern(pattern));
const clockParser = remembered((pattern) => {
  // What Spark 2 made of a pattern is no matter of a type that it did not have.
  const made = tried(() => new ParsePattern(pattern));
  if (made === undefined) throw unrecognizedPattern(pattern);
  return made;
});
const writer = remembered((pattern) => new FormatPattern(pattern));
const strictReader = remembered((pattern) => new StrictReader(pattern));
const knownBefore = remembered((pattern) => tried(() => strictReader(pattern)));
const simpleWriter = remembered((pattern) => new LegacyWriter(pattern, "simple"));
const fastWriter = remembered((pattern) => new LegacyWriter(pattern, "fast"));

const readBefore = (text: string, pattern: string, zone: string): bigint | undefined =>
  knownBefore(pattern)?.timestamp(text, offsetsOf(zone));

function offsetsOf(zone: string): ZoneOffsets {
  const offsets = zoneOf(zone);
  if (offsets === undefined) throw condition("INVALID_TIMEZONE", { timeZone: zone });
  return offsets;
}

const rulesOf = (zone: string): ZoneRules => offsetsOf(zone).atLocal;

const clockParts = [intType, intType, intType, intType, intType, decimalType(16, 6)];

export const temporalKernels = {
  read_moment: {
    parameters: [stringType, stringType, stringType],
    result: timestampType,
    call: (text: string, pattern: string, zone: string) => parser(pattern).timestamp(text, rulesOf(zone)),
  },
  read_clock: {
    parameters: [stringType, stringType],
    result: timestampNtzType,
    call: (text: string, pattern: string) => clockParser(pattern).localTimestamp(text, "overlooked"),
  },
  read_legacy: {
    parameters: [stringType, stringType, stringType],
    result: timestampType,
    call: (text: string, pattern: string, zone: string) => strictReader(pattern).timestamp(text, offsetsOf(zone)),
  },
  read_checked: {
    parameters: [stringType, stringType, stringType],
    result: timestampType,
    call: (text: string, pattern: string, zone: string) =>
      parser(pattern).timestamp(text, rulesOf(zone)) ?? refusedIfRead(text, readBefore(text, pattern, zone)),
  },
  read_checked_clock: {
    parameters: [stringType, stringType],
    result: timestampNtzType,
    call: (text: string, pattern: string) =>
      clockParser(pattern).localTimestamp(text, "overlooked") ?? refusedIfRead(text, readBefore(text, pattern, "UTC")),
  },
  moment_fault: { parameters: [stringType, stringType], result: stringType, call: dateTimeFault },
  write_moment: {
    parameters: [timestampType, stringType, stringType],
    result: stringType,
    call: (micros: bigint, pattern: string, zone: string) =>
      writer(pattern).write(micros, offsetsOf(zone).at(micros), zone),
  },
  write_zoned: {
    parameters: [timestampType, timestampNtzType, stringType, stringType],
    result: stringType,
    call: (micros: bigint, local: bigint, pattern: string, zone: string) =>
      writer(pattern).write(micros, local - micros, zone),
  },
  write_legacy: {
    parameters: [timestampType, stringType, stringType],
    result: stringType,
    call: (micros: bigint, pattern: string, zone: string) => simpleWriter(pattern).write(micros, offsetsOf(zone), zone),
  },
  write_legacy_format: {
    parameters: [timestampType, stringType, stringType],
    result: stringType,
    call: (micros: bigint, pattern: string, zone: string) => fastWriter(pattern).write(micros, offsetsOf(zone), zone),
  },
  make_date: { parameters: [intType, intType, intType], result: dateType, call: dateFromParts },
  try_make_date: { parameters: [intType, intType, intType], result: dateType, call: triedDate },
  make_timestamp: { parameters: clockParts, result: timestampNtzType, call: timestampFromParts },
  try_make_timestamp: { parameters: clockParts, result: timestampNtzType, call: triedTimestamp },
  shown_in: {
    parameters: [timestampType, stringType],
    result: timestampNtzType,
    call: (moment: bigint, zone: string) => moment + offsetsOf(zone).at(moment),
  },
  moment_in: {
    parameters: [timestampNtzType, stringType],
    result: timestampType,
    call: (local: bigint, zone: string) => local - offsetsOf(zone).atLocal(local),
  },
} satisfies Readonly<Record<string, KernelDefinition>>;
