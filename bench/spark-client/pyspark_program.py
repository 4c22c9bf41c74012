"""PySpark's own client.  usage: REMOTE CASE ROWS; the last line is the seconds that the case took"""

import sys
import time
import warnings

import pyarrow
from pyspark.sql import SparkSession

warnings.filterwarnings("ignore")
remote, name, rows = sys.argv[1], sys.argv[2], int(sys.argv[3])
spark = SparkSession.builder.remote(remote).getOrCreate()


def one():
    spark.sql("SELECT 1").collect()


def down():
    frame = spark.range(rows).selectExpr("id", "id * 0.5D AS half", "CAST(id AS STRING) AS name")
    assert frame.toArrow().num_rows == rows


def small():
    for turn in range(1000):
        spark.sql(f"SELECT {turn} AS n").collect()


local = None
if name == "up":
    local = pyarrow.table({
        "id": pyarrow.array(range(1_000_000), pyarrow.int64()),
        "name": pyarrow.array([str(i).rjust(92, "x") for i in range(1_000_000)]),
    })


def up():
    assert spark.createDataFrame(local).count() == 1_000_000


one()
started = time.perf_counter()
{"one": one, "down": down, "small": small, "up": up}[name]()
print(time.perf_counter() - started)
spark.stop()
