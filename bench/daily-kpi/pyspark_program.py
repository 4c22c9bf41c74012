"""daily-kpi as a PySpark program, for Spark itself and for Sail.  usage: ENGINE FORMAT DATA OUT"""

import sys

from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as F

# Sail takes no numbers for text, and a struct is cheaper for both: only Parquet has the map.
PROPS = {"jsonl": "STRUCT<price: DOUBLE>", "parquet": "MAP<STRING, STRING>"}
EVENTS = "event_id STRING, user_id STRING, item_id STRING, event_type STRING, ts BIGINT, props "
USERS = "user_id STRING, country STRING, age INT, gender STRING, registration_date STRING"
ITEMS = "item_id STRING, category STRING, price DOUBLE, brand STRING, name STRING"


def session(engine):
    if engine == "sail":
        from pysail.spark import SparkConnectServer

        server = SparkConnectServer()
        server.start()
        _, port = server.listening_address
        return SparkSession.builder.remote(f"sc://127.0.0.1:{port}").getOrCreate(), server
    builder = SparkSession.builder.master("local[*]").config("spark.ui.enabled", "false")
    tuned = builder.config("spark.driver.memory", "4g").config("spark.sql.shuffle.partitions", "2")
    return tuned.getOrCreate(), None


def main(engine, format, data, out):
    spark, server = session(engine)
    spark.conf.set("spark.sql.session.timeZone", "UTC")

    def read(name, schema):
        reader = spark.read.schema(schema)
        return reader.parquet(f"{data}/{name}.parquet") if format == "parquet" else reader.json(f"{data}/{name}.jsonl")

    price = F.col("props")["price"].cast("double")
    events = (
        read("events", EVENTS + PROPS[format])
        .withColumn("date", F.to_date(F.timestamp_seconds("ts")))
        .withColumn("revenue", F.when(F.col("event_type") == "purchase", price).otherwise(F.lit(0.0)))
        .filter(F.col("revenue") >= 0)
    )
    enriched = events.join(F.broadcast(read("users", USERS)), "user_id").join(
        F.broadcast(read("items", ITEMS).drop("price")), "item_id"
    )
    daily = enriched.groupBy("date", "country", "category").agg(
        F.count("*").alias("events_total"),
        F.count(F.when(F.col("event_type") == "purchase", 1)).alias("purchases"),
        F.sum("revenue").alias("revenue"),
        F.countDistinct("user_id").alias("unique_users"),
    )
    day = F.datediff("date", F.lit("1970-01-01").cast("date"))
    week = Window.partitionBy("country", "category").orderBy(day).rangeBetween(-6, 0)
    result = daily.withColumn("revenue_7d", F.sum("revenue").over(week)).orderBy("date", "country", "category")
    result.write.mode("overwrite").partitionBy("date").parquet(out)
    spark.stop()
    if server is not None:
        server.stop()


main(*sys.argv[1:])
