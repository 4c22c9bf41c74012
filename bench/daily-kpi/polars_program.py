"""daily-kpi in Polars, lazily and streaming.  usage: FORMAT DATA OUT"""

import os
import sys

import polars as pl


def scan(format, data, name, schema=None):
    if format == "parquet":
        return pl.scan_parquet(f"{data}/{name}.parquet")
    return pl.scan_ndjson(f"{data}/{name}.jsonl", schema=schema)


EVENTS = {
    "user_id": pl.String,
    "item_id": pl.String,
    "event_type": pl.String,
    "ts": pl.Int64,
    "props": pl.Struct({"price": pl.Float64}),
}


def price(format):
    if format == "parquet":
        return pl.col("props").map.get("price").cast(pl.Float64)
    return pl.col("props").struct.field("price")


def main(format, data, out):
    revenue = pl.when(pl.col("event_type") == "purchase").then(price(format)).otherwise(0.0)
    date = pl.from_epoch("ts", time_unit="s").dt.date()
    events = scan(format, data, "events", EVENTS).select(
        "user_id", "item_id", "event_type", date.alias("date"), revenue.alias("revenue")
    )
    daily = (
        events.filter(pl.col("revenue") >= 0)
        .join(scan(format, data, "users").select("user_id", "country"), on="user_id")
        .join(scan(format, data, "items").select("item_id", "category"), on="item_id")
        .group_by("date", "country", "category")
        .agg(
            pl.len().alias("events_total"),
            (pl.col("event_type") == "purchase").sum().alias("purchases"),
            pl.col("revenue").sum(),
            pl.col("user_id").n_unique().alias("unique_users"),
        )
        .sort("date", "country", "category")
        .collect(engine="streaming")
    )
    week = pl.col("revenue").rolling_sum_by("date", window_size="7d").over("country", "category")
    result = daily.with_columns(week.alias("revenue_7d"))
    for (date,), rows in result.group_by(["date"], maintain_order=True):
        os.makedirs(f"{out}/date={date}", exist_ok=True)
        rows.drop("date").write_parquet(f"{out}/date={date}/part.parquet")


main(*sys.argv[1:])
