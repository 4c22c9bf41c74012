/**
 * The versions that keys have after changes, as a plan: what the table says of them and what the changes say are put in
 * the order of time, and every stretch in which nothing that is tracked changes is a version.
 */
import type { DataFrame } from "../../dataframe/dataframe.ts";
import type { Column } from "../../functions/column.ts";
import { col, lit, when } from "../../functions/constructors.ts";
import {
  coalesce,
  first,
  lag,
  lead,
  max,
  maxBy,
  min,
  minBy,
  rowNumber,
  struct,
  sum,
  Window,
} from "../../functions/index.ts";
import { quoted } from "../../types/identifier.ts";
import type { Dimension } from "./dimension.ts";
import { keyName, valueName, valuesOf } from "./names.ts";

const named = (name: string): Column => col(name) as Column;
const keyNames = ({ keys }: Dimension): readonly string[] => keys.map((_, index) => keyName(index));

/**
 * What a merge has to do to the table: a row for each version that comes, changes or goes.
 *
 * `known` is the start of the version in the table, null for one that comes; `goes` says that it goes. Beside the keys:
 * `start`, `end`, `number` and `values`.
 *
 * @param given - the changes: keys, `at`, `gone` and `values`
 */
export function changedVersions(table: DataFrame, given: DataFrame, dimension: Dimension): DataFrame {
  const keys = keyNames(dimension);
  const known = knownVersions(table, given, dimension);
  const kept = mergedVersions(moments(known, given, keys), dimension);
  const changed = kept.filter(isOther);
  const going = known.join(
    kept.filter(named("version").isNotNull()).select(...keys, named("version.start").as("start")),
    [...keys, "start"],
    "anti",
  );
  return numbered(changed, table, dimension)
    .select(...keys, named("version.start").as("known"), lit(false).as("goes"), "start", "end", "number", "values")
    .unionByName(
      going.select(...keys, named("start").as("known"), lit(true).as("goes"), "start", "end", "number", "values"),
    );
}

/** The versions in the table of the keys that the changes are about. */
function knownVersions(table: DataFrame, given: DataFrame, dimension: Dimension): DataFrame {
  const { startAt, endAt, current, surrogateKey } = dimension;
  const own = (name: string): Column => named(quoted(name));
  return table
    .select(
      ...dimension.keys.map(({ name }, index) => own(name).as(keyName(index))),
      own(startAt.name).as("start"),
      own(endAt).as("end"),
      (current === undefined ? named("end").isNull() : own(current)).as("holds"),
      (surrogateKey === undefined ? lit(null).cast("bigint") : own(surrogateKey)).as("number"),
      valuesOf(dimension, ({ name }) => own(name)).as("values"),
    )
    .join(given.select(...keyNames(dimension)).distinct(), keyNames(dimension), "semi");
}

/** What is said of a key at a time: by a change before a version in the table, by that before the end of another. */
function moments(known: DataFrame, given: DataFrame, keys: readonly string[]): DataFrame {
  const begins = known.select(
    ...keys,
    named("start").as("at"),
    lit(1).as("rank"),
    lit(false).as("gone"),
    "values",
    struct("start", "end", "holds", "number", "values").as("version"),
  );
  const ends = known
    .filter(named("end").isNotNull())
    .select(...keys, named("end").as("at"), lit(0).as("rank"), lit(true).as("gone"), ...nothing("values", "version"));
  const changes = given.select(...keys, "at", lit(2).as("rank"), "gone", "values", ...nothing("version"));
  return begins
    .unionByName(ends)
    .unionByName(changes)
    .groupBy(...keys, "at")
    .agg(maxBy(struct("gone", "values", "rank"), "rank").as("said"), first("version", true).as("version"));
}

const nothing = (...names: readonly string[]) => names.map((name) => lit(null).as(name));

/** Stretches of equal state as versions; of several versions in the table that become one, the first is kept. */
function mergedVersions(moments: DataFrame, dimension: Dimension): DataFrame {
  const keys = keyNames(dimension);
  const inTime = Window.partitionBy(...keys).orderBy("at");
  const state = struct(
    named("said.gone"),
    ...dimension.tracked.map((index) => named(`said.values.${valueName(index)}`)),
  );
  const isFirst = lag(state).over(inTime).eqNullSafe(state).not();
  return moments
    .withColumn("first", when(isFirst, 1).otherwise(0))
    .withColumn("stretch", sum("first").over(inTime.rowsBetween(Window.unboundedPreceding, Window.currentRow)))
    .groupBy(...keys, "stretch")
    .agg(
      min("at").as("start"),
      min("said.gone").as("gone"),
      // What is not tracked comes from the changes where there are any, or merging them again would change it.
      maxBy("said.values", struct(named("said.rank").eq(2), named("at"))).as("values"),
      minBy("version", when(named("version").isNotNull(), named("at"))).as("version"),
    )
    .withColumn("end", lead("start").over(Window.partitionBy(...keys).orderBy("start")))
    .filter(named("gone").not());
}

/** Whether a version is not in the table as it is. */
const same = (name: string): Column => named(`version.${name}`).eqNullSafe(named(name)) as Column;
const isOther = same("start")
  .and(same("end"))
  .and(same("values"))
  .and(named("version.holds").eqNullSafe(named("end").isNull()))
  .not();

/** New versions with numbers above those in the table. */
function numbered(changed: DataFrame, table: DataFrame, { surrogateKey, keys }: Dimension): DataFrame {
  if (surrogateKey === undefined) return changed.withColumn("number", named("version.number"));
  const greatest = table.select(coalesce(max(named(quoted(surrogateKey))), lit(0)).as("greatest"));
  const isNew = named("version").isNull();
  const order = rowNumber().over(Window.partitionBy(isNew).orderBy(...keys.map((_, index) => keyName(index)), "start"));
  return changed
    .crossJoin(greatest)
    .withColumn("number", when(isNew, named("greatest").plus(order)).otherwise(named("version.number")));
}
