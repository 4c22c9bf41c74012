"""PySpark's own client.  usage: REMOTE CASE ROWS; the last line is the seconds that the case took, and those of a processor"""

import sys
import time
import warnings

import pyarrow
from pyspark.sql import SparkSession

warnings.filterwarnings("ignore")
remote, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
spark = SparkSession.builder.remote(remote).getOrCreate()


def one():
    spark.sql("SELECT 1").collect()


wide = spark.range(count).selectExpr("id", "id * 0.5D AS half", "CAST(id AS STRING) AS name")


def rows():
    assert len(wide.collect()) == count


def arrow():
    assert wide.toArrow().num_rows == count


def small():
    for turn in range(1000):
        spark.sql(f"SELECT {turn} AS n").collect()


local = None
if name in ("up", "up-rows"):
    local = pyarrow.table({
        "id": pyarrow.array(range(1_000_000), pyarrow.int64()),
        "name": pyarrow.array([str(i).rjust(92, "x") for i in range(1_000_000)]),
    })


def up():
    assert spark.createDataFrame(local).count() == 1_000_000


one()
started, before = time.perf_counter(), time.process_time()
{"one": one, "rows": rows, "arrow": arrow, "small": small, "up": up, "up-rows": up}[name]()
print(time.perf_counter() - started, time.process_time() - before)
spark.stop()
