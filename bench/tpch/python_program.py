"""The queries of TPC-H as SQL text on a peer.  usage: ENGINE DATA SCALE NAMES; a line of JSON for each query"""

import datetime
import decimal
import json
import sys
import time
from pathlib import Path

TABLES = ["region", "nation", "supplier", "customer", "part", "partsupp", "orders", "lineitem"]


def spark(session, data):
    for table in TABLES:
        session.read.parquet(f"{data}/{table}.parquet").createOrReplaceTempView(table)
    return lambda sql: [list(row) for row in session.sql(sql).collect()]


def pyspark(data):
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[*]").config("spark.ui.enabled", "false")
    tuned = builder.config("spark.driver.memory", "4g").config("spark.sql.shuffle.partitions", "4")
    return spark(tuned.getOrCreate(), data)


def sail(data):
    from pysail.spark import SparkConnectServer
    from pyspark.sql import SparkSession

    # Held for as long as the program runs: a server that nothing holds stops, and its clients wait for it.
    sail.server = SparkConnectServer()
    sail.server.start()
    return spark(SparkSession.builder.remote(f"sc://127.0.0.1:{sail.server.listening_address[1]}").getOrCreate(), data)


def polars(data):
    import polars

    context = polars.SQLContext({table: polars.scan_parquet(f"{data}/{table}.parquet") for table in TABLES})
    return lambda sql: [list(row) for row in context.execute(sql).collect(engine="streaming").rows()]


def plain(value):
    return str(value) if isinstance(value, (decimal.Decimal, datetime.date)) else value


def main(engine, data, scale, names):
    run = {"pyspark": pyspark, "sail": sail, "polars": polars}[engine](data)
    for name in names.split(","):
        sql = (Path(__file__).parent / "sql" / f"{name}.sql").read_text().replace("{scale}", scale)
        started = time.perf_counter()
        try:
            answer = {"rows": [[plain(value) for value in row] for row in run(sql)]}
        except Exception as error:
            answer = {"error": str(error)[:200]}
        print(json.dumps({"name": name, "seconds": time.perf_counter() - started, **answer}), flush=True)


main(*sys.argv[1:])
