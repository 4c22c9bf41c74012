/** What the compiler infers: this file compiles only while the types are these. */
import {
  type ArrayOf,
  type Column,
  col,
  type DataFrame,
  lit,
  type MapOf,
  type SparkSession,
  type StructOf,
  type Untyped,
  udaf,
  udf,
  udtf,
  Window,
  when,
} from "lakewright";
import {
  asc,
  avg,
  coalesce,
  collectList,
  concat,
  count,
  countDistinct,
  dateAdd,
  datediff,
  desc,
  explode,
  length,
  max,
  min,
  round,
  rowNumber,
  split,
  sum,
  toDate,
  transform,
  upper,
  year,
} from "lakewright/functions";
import { type SchemaIn, same } from "./same.ts";

declare const spark: SparkSession;
declare const sales: DataFrame<{
  user: "string";
  amount: "double" | null;
  n: "int";
  day: "date";
  price: "decimal(10,2)";
  tags: ArrayOf<"string">;
}>;
declare const users: DataFrame<{ user: "string"; country: "string" | null; n: "bigint" }>;

export function projections(): void {
  const totals = sales
    .filter(col("amount").gt(3).and(col("user").eq("x")))
    .select("user", sum("amount").as("total"), col("n").plus(1n).as("m"));
  same<SchemaIn<typeof totals>, { user: "string"; total: "double" | null; m: "bigint" }>();

  const all = sales.select("*", upper("user").as("u"), col("amount").multiply(2), col("price").plus(1).as("p"));
  same<SchemaIn<typeof all>["u"], "string">();
  same<SchemaIn<typeof all>["(amount * 2)"], "double" | null>();
  same<SchemaIn<typeof all>["p"], "decimal(10,2)">();
  same<SchemaIn<typeof all>["tags"], ArrayOf<"string">>();

  const changed = sales
    .withColumn("year", year("day"))
    .withColumn("next", dateAdd("day", lit(1)))
    .drop("tags", "price")
    .withColumnRenamed("amount", "value")
    .withColumnsRenamed({ n: "number" });
  same<
    SchemaIn<typeof changed>,
    { user: "string"; value: "double" | null; number: "int"; day: "date"; year: "int"; next: "date" }
  >();

  const several = sales.select("user").withColumns({ size: length("user"), parts: split("user", ",") });
  same<SchemaIn<typeof several>, { user: "string"; size: "int"; parts: ArrayOf<"string"> }>();

  const dropped = sales.drop(col("tags"), sales.col("price"), "day");
  same<SchemaIn<typeof dropped>, { user: "string"; amount: "double" | null; n: "int" }>();
  const starred = sales.select(sales.col("*"), lit(1).as("one")).orderBy(asc("one"), desc("user"));
  same<SchemaIn<typeof starred>, Untyped>();

  const aliased = sales.alias("s").select("s.user", "`day`", col("n").cast("string"));
  same<SchemaIn<typeof aliased>, { user: "dynamic"; day: "dynamic"; n: "string" }>();
}

export function functions(): void {
  const frame = sales.select(
    coalesce("amount", lit(0)).as("amount"),
    explode("tags").as("tag"),
    rowNumber().over(Window.partitionBy("user").orderBy("day")).as("rank"),
    round("amount", 2).as("rounded"),
    toDate("user", "yyyy-MM-dd").as("parsed"),
    datediff("day", toDate(lit("2025-01-01"))).as("days"),
    transform("tags", (tag) => upper(tag)).as("upper"),
    concat("user", lit("-"), "user").as("joined"),
  );
  same<
    SchemaIn<typeof frame>,
    {
      amount: "double";
      tag: "string";
      rank: "int";
      rounded: "double" | null;
      parsed: "date";
      days: "int" | null;
      upper: ArrayOf<"string" | null>;
      joined: "string";
    }
  >();

  const branches = sales.select(
    when(col("amount").gt(3), "high").when(col("amount").gt(1), "low").otherwise(null).as("band"),
    when(col("n").gt(1), 1).otherwise(2).as("k"),
    when(col("n").gt(1), col("amount")).as("v"),
  );
  same<SchemaIn<typeof branches>, { band: "string" | null; k: "int"; v: "double" | null }>();

  const operators = sales.select(
    col("day").plus(1).as("tomorrow"),
    col("n").divide(2).as("half"),
    col("price").divide(2).as("halfPrice"),
    col("n").between(1, 2).as("few"),
    col("user").isin("a", "b").as("known"),
    col("amount").isNull().as("missing"),
    col("amount").eqNullSafe(1).as("one"),
    col("tags").getItem(0).as("first"),
    col("user").cast("DECIMAL(10, 2)").as("decimal"),
    col("user").tryCast("long").as("long"),
  );
  same<
    SchemaIn<typeof operators>,
    {
      tomorrow: "date";
      half: "double";
      halfPrice: "decimal(10,2)";
      few: "boolean";
      known: "boolean";
      missing: "boolean";
      one: "boolean";
      first: "string" | null;
      decimal: "decimal(10,2)";
      long: "bigint" | null;
    }
  >();
}

export function joins(): void {
  const left = sales.drop("n").join(users, "user", "left");
  same<SchemaIn<typeof left>["country"], "string" | null>();
  same<SchemaIn<typeof left>["n"], "bigint" | null>();
  same<SchemaIn<typeof left>["user"], "string">();

  const byColumns = sales.join(users, sales.col("user").eq(users.col("user"))).select(sales.col("user"), "country");
  same<SchemaIn<typeof byColumns>, { user: "string"; country: "string" | null }>();

  const semi = sales.join(users, ["user"], { how: "left_semi" });
  same<SchemaIn<typeof semi>, SchemaIn<typeof sales>>();
  const crossed = sales.select("day").crossJoin(users.select("country"));
  same<SchemaIn<typeof crossed>, { day: "date"; country: "string" | null }>();
  const full = sales.select("user", "day").join(users.select("user", "country"), "user", "full");
  same<SchemaIn<typeof full>, { user: "string"; day: "date" | null; country: "string" | null }>();
}

export function groups(): void {
  const joined = sales.drop("n").join(users, "user", "left");
  const totals = joined
    .groupBy("country")
    .agg(sum("amount"), countDistinct("user").as("users"), avg("price").as("avg"), max("day"));
  same<
    SchemaIn<typeof totals>,
    {
      country: "string" | null;
      "sum(amount)": "double" | null;
      users: "bigint";
      avg: "decimal(10,2)" | null;
      "max(day)": "date" | null;
    }
  >();

  const dimensions = ["user", "country"] as const;
  const counts = joined.groupBy(...dimensions).count();
  same<SchemaIn<typeof counts>, { user: "string"; country: "string" | null; count: "bigint" }>();
  const shortcut = sales.groupBy("user").sum("n", "amount");
  same<SchemaIn<typeof shortcut>, { user: "string"; "sum(n)": "bigint" | null; "sum(amount)": "double" | null }>();
  const subtotals = sales.rollup("user", "day").agg(collectList("n").as("all"));
  same<SchemaIn<typeof subtotals>, { user: "string" | null; day: "date" | null; all: ArrayOf<"int"> }>();
  const global = sales.agg(count("*").as("rows"), min("n").as("least"));
  same<SchemaIn<typeof global>, { rows: "bigint"; least: "int" | null }>();

  const one = joined.groupBy("day").pivot("country", ["IN", "US"]).agg(sum("amount").as("total"));
  same<SchemaIn<typeof one>, { day: "date"; IN: "double" | null; US: "double" | null }>();
  const two = joined
    .groupBy("day")
    .pivot("country", ["IN", "US"])
    .agg(sum("amount").as("total"), count("user").as("n"));
  same<SchemaIn<typeof two>["IN_total"], "double" | null>();
  same<SchemaIn<typeof two>["US_n"], "bigint" | null>();
}

export function sets(): void {
  const union = users.select("user", "n").union(sales.select("user", "n"));
  same<SchemaIn<typeof union>, { user: "string"; n: "bigint" }>();
  const loose = users.select("user", "country").unionByName(sales.select("user", "day"), { allowMissingColumns: true });
  same<SchemaIn<typeof loose>, { user: "string"; country: "string" | null; day: "date" | null }>();
  const filled = sales.na.fill(0, { subset: ["amount"] });
  same<SchemaIn<typeof filled>["amount"], "double">();
  const complete = sales.na.drop();
  same<SchemaIn<typeof complete>["amount"], "double">();
}

export function sources(): void {
  const read = spark.read
    .schema(
      "user STRING NOT NULL, amount DECIMAL(10, 2), tags ARRAY<STRING>, n long, at STRUCT<x: INT, y: MAP<STRING, INT>>",
    )
    .json("events.jsonl");
  same<
    SchemaIn<typeof read>,
    {
      user: "string";
      amount: "decimal(10,2)" | null;
      tags: ArrayOf<"string" | null> | null;
      n: "bigint" | null;
      at: StructOf<{ x: "int" | null; y: MapOf<"string", "int" | null> | null }> | null;
    }
  >();

  const hidden = read.select("user", "_metadata");
  same<SchemaIn<typeof hidden>, { user: "string"; _metadata: "dynamic" }>();

  const rows = spark.createDataFrame([{ id: 1, name: "a", at: new Date(), tags: ["x"], inner: { ok: true } }]);
  same<
    SchemaIn<typeof rows>,
    { id: "number"; name: "string"; at: "timestamp"; tags: ArrayOf<"string">; inner: StructOf<{ ok: "boolean" }> }
  >();
  const later = rows.select(dateAdd("at", col("id")).as("later"), col("inner.ok").as("ok"), col("r.id").as("id"));
  same<SchemaIn<typeof later>, { later: "date"; ok: "boolean"; id: "dynamic" }>();
  const range = spark.range(10);
  same<SchemaIn<typeof range>, { id: "bigint" }>();
}

export async function rows(): Promise<void> {
  const totals = sales.groupBy("user").agg(sum("amount").as("total"));
  for await (const row of totals.toLocalIterator()) same<typeof row, { user: string; total: number | null }>();
  const [exact] = await users.collect({ longs: "bigint" });
  same<NonNullable<typeof exact>["n"], bigint>();
  const first = await sales.select("tags").first();
  same<typeof first, { tags: string[] } | null>();
  const arrays = await users.select("user", "n").collect({ rows: "array" });
  same<(typeof arrays)[number], (string | number)[]>();
}

export function userFunctions(): void {
  const fee = udf({ amount: "double not null", n: "int" }, "double", ({ amount, n }) => {
    same<[typeof amount, typeof n], [number, number | null]>();
    return n === null ? null : amount * n;
  });
  const label = udf({ text: "string" }, "string not null", async ({ text }) => `<${text ?? ""}>`);
  const twice = udf.vectorized({ amount: "double" }, "double", ({ amount }, rows) => {
    same<[typeof amount, typeof rows], [ArrayLike<number | null>, number]>();
    return new Float64Array(rows);
  });
  const doubled = sales.select(twice("amount").as("twice"));
  same<SchemaIn<typeof doubled>, { twice: "double" | null }>();
  const mapped = sales.mapBatches(async ({ user, tags }, rows) => {
    same<[typeof user, typeof tags], [ArrayLike<string>, ArrayLike<string[]>]>();
    return { user, n: new Int32Array(rows) };
  }, "user STRING NOT NULL, n INT");
  same<SchemaIn<typeof mapped>, { user: "string"; n: "int" | null }>();

  const frame = sales.select(fee().as("fee"), fee({ amount: "price" }).as("priced"), label("user").as("label"));
  same<SchemaIn<typeof frame>, { fee: "double" | null; priced: "double" | null; label: "string" }>();
}

/** Nothing is known, and nothing is in the way. */
export function untyped(anything: DataFrame, name: string, names: string[]): void {
  const computed = anything
    .filter(col("whatever").gt(3))
    .select("a", col("b").plus(1).as("c"), sum("d"))
    .filter(col("c").lt(3));
  same<SchemaIn<typeof computed>["a"], "dynamic">();
  same<SchemaIn<typeof computed>["sum(d)"], "dynamic">();
  sales.select(...names).filter(col("unknown from here on").eq("x"));
  sales.select(...["a", "b"].map((each) => col(each))).filter(col("anything").gt(1));
  sales.withColumn(name, lit(1)).select("user", "who knows");
  sales.select(upper("user").over(Window.partitionBy("n"))).select("a name that the compiler does not work out");
  anything.join(sales, "user").groupBy("user").agg(sum("amount").as("s"));
  spark.read.json("x.json").select("anything");

  const bigger = (column: Column): Column => column.plus(1);
  const helped = sales.select("user", bigger(col("amount")).as("z")).filter(col("z").gt(1));
  same<SchemaIn<typeof helped>, { user: "string"; z: "dynamic" }>();

  const any: DataFrame = sales;
  const enrich = <T extends { user: "string" }>(frame: DataFrame<T>): DataFrame<T> => frame;
  same<SchemaIn<ReturnType<typeof enrich<SchemaIn<typeof sales>>>>, SchemaIn<typeof sales>>();
  any.union(enrich(sales));
}

// Aggregates and table functions of the user's.
const longest = udaf({ text: "string not null" }, "int", {
  zero: () => 0,
  reduce: (state, { text }) => Math.max(state, text.length),
  merge: (left, right) => Math.max(left, right),
  finish: (state) => state,
});
const words = udtf({ text: "string" }, "word STRING NOT NULL, length INT", function* ({ text }) {
  same<typeof text, string | null>();
  yield { word: "to", length: 2 };
});
declare const anyone: DataFrame<{ name: "string" }>;
const measured = anyone.agg(longest("name").as("longest"));
same<SchemaIn<typeof measured>, { longest: "int" | null }>();

const spoken = spark.table(words(lit("to be")));
same<SchemaIn<typeof spoken>, { word: "string"; length: "int" | null }>();
