"""Records the files that Spark writes for the cases of `cases.json`, and the Parquet files that the cases start from.

Run: `python test/writing/record-writing.py` with a Python that has pyspark 4.2. The id of a write, which Spark makes at
random, is `ID` in the recorded names.
"""

import gzip
import json
import os
import pathlib
import random
import re
import shutil
import tempfile

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

HERE = pathlib.Path(__file__).parent

VALUES = """
SELECT * FROM VALUES
 (1, true, 1Y, 1S, 1L, 1.5F, 1.5D, 1.50BD, 1BD, CAST(1 AS DECIMAL(38,10)), 'text', X'0102FF', DATE'2024-02-29',
  TIMESTAMP'2024-02-29 10:20:30.123456', TIMESTAMP_NTZ'2024-02-29 10:20:30.5', INTERVAL '1 02:03:04.5' DAY TO SECOND, INTERVAL '1-2' YEAR TO MONTH, 'ab'),
 (2, false, -128Y, -32768S, -9223372036854775808L, CAST('NaN' AS FLOAT), CAST('Infinity' AS DOUBLE), -0.01BD, -12BD, CAST(0 AS DECIMAL(38,10)), '', X'', DATE'0001-01-01',
  TIMESTAMP'0001-01-01 00:00:00', TIMESTAMP_NTZ'1582-10-10 00:00:00', INTERVAL '-0 00:00:00.000001' DAY TO SECOND, INTERVAL '-5-0' YEAR TO MONTH, ''),
 (3, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null),
 (4, true, 127Y, 32767S, 9223372036854775807L, 1.0E10F, 1.0E-5D, 99.99BD, 99BD, CAST('0.0000001234' AS DECIMAL(38,10)), 'quote " back \\\\ comma , é', X'41', DATE'9999-12-31',
  TIMESTAMP'9999-12-31 23:59:59.999999', TIMESTAMP_NTZ'1969-12-31 23:59:59.999', INTERVAL '100 00:00:00' DAY TO SECOND, INTERVAL '0-0' YEAR TO MONTH, ' x '),
 (5, true, 0Y, 0S, 0L, 0.1F, CAST('-0.0' AS DOUBLE), 0BD, 0BD, CAST('-0.0000000001' AS DECIMAL(38,10)), 'new\\nline', X'00', DATE'1582-10-10',
  TIMESTAMP'1900-01-01 12:00:00.001', TIMESTAMP_NTZ'0099-03-01 00:00:00', INTERVAL '0 00:00:00' DAY TO SECOND, INTERVAL '1-0' YEAR TO MONTH, 'null')
 AS t(id, flag, tiny, small, big, single, double, money, whole, fine, text, bytes, day, moment, clock, duration, months, code)
"""

NESTED = """
SELECT * FROM VALUES
 (1, array(1, null, 3), array(array('a', null), null), map('k', 1, 'n', null), map(1, 'one'), named_struct('a', 1, 'b', 'x'),
  named_struct('inner', named_struct('d', DATE'2024-01-01', 't', TIMESTAMP'2024-01-01 01:02:03.004005'), 'list', array(1.5BD)), array(named_struct('v', 1, 'w', CAST(null AS INT))), map(DATE'2024-01-01', true), map(TIMESTAMP'2024-01-01 00:00:00', 1.5D)),
 (2, array(), array(), map(), map(), named_struct('a', null, 'b', null),
  named_struct('inner', null, 'list', array()), array(), map(), map()),
 (3, null, null, null, null, null, null, null, null, null)
 AS t(id, numbers, lists, counts, names, pair, deep, rows, days, moments)
"""

NUMBERS = """
SELECT CAST(id AS INT) AS id, id % 7 AS big, CAST(id % 3 AS INT) AS small, concat('key ', id % 11) AS text,
  CASE WHEN id % 5 = 0 THEN null ELSE id / 4 END AS ratio, DATE'2024-01-01' + CAST(id % 4 AS INT) AS day,
  TIMESTAMP'2024-01-01 00:00:00' + make_dt_interval(0, CAST(id % 6 AS INT), 0, 0.5) AS moment, id % 2 = 0 AS flag,
  CAST(id AS DECIMAL(10, 2)) / 3BD AS money, CAST(id AS DECIMAL(38, 0)) AS wide, array(id % 2, null) AS list,
  named_struct('a', id % 3, 'b', CAST(id AS STRING)) AS pair, CAST(concat('b', id % 5) AS BINARY) AS bytes,
  CAST(id % 3 AS FLOAT) AS single
FROM RANGE(0, 100, 1, 1)
"""


def odd_texts(spark):
    """Texts in which everything that a format treats specially stands beside everything else."""
    source = random.Random(7)
    pieces = ["a", "b c", '"', "\\", ",", ";", "\n", "\r", "\r\n", "\t", "#", " ", "  ", "\u00e9", "\U0001f600", "\x01", "\x7f", "\x08", "\x0c", "'", "null", "/", "|", "\u2028"]
    texts = ["", None, " ", '"', '""', "\\", "#", "# a", " a ", "\u00a0a\u00a0", "a\\", '\\"', "\u0000"[:0]]
    texts += ["".join(source.choice(pieces) for _ in range(source.randint(1, 6))) for _ in range(387)]
    rows = [(index, texts[index], texts[-1 - index]) for index in range(len(texts))]
    return spark.createDataFrame(rows, "id INT, first STRING, last STRING")


def session():
    builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    settings = {
        "spark.sql.session.timeZone": "UTC",
        "spark.log.level": "OFF",
        "spark.driver.extraJavaOptions": "-Duser.timezone=UTC",
        "spark.sql.shuffle.partitions": "4",
    }
    for key, value in settings.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def make_inputs(spark, folder):
    frames = {"values": spark.sql(VALUES), "nested": spark.sql(NESTED), "numbers": spark.sql(NUMBERS), "texts": odd_texts(spark)}
    for name, frame in frames.items():
        with tempfile.TemporaryDirectory() as scratch:
            frame.coalesce(1).write.mode("overwrite").parquet(f"{scratch}/out")
            [part] = pathlib.Path(f"{scratch}/out").glob("*.parquet")
            shutil.copy(part, folder / f"{name}.parquet")


def columns(names):
    return [F.col(name[1:]).desc() if name.startswith("-") else F.col(name) for name in names]


STEPS = {
    "select": lambda frame, names: frame.select(*names),
    "limit": lambda frame, count: frame.limit(count),
    "below": lambda frame, limit: frame.filter(F.col("id") < limit),
    "coalesce": lambda frame, count: frame.coalesce(count),
    "repartition": lambda frame, args: frame.repartition(*args),
    "repartitionByRange": lambda frame, args: frame.repartitionByRange(args[0], *columns(args[1:])),
    "orderBy": lambda frame, names: frame.orderBy(*columns(names)),
    "sortWithinPartitions": lambda frame, names: frame.sortWithinPartitions(*columns(names)),
    "partitionId": lambda frame, name: frame.withColumn(name, F.spark_partition_id()),
    "union": lambda frame, count: frame.union(frame.repartition(count, "id")),
    "count": lambda frame, name: frame.groupBy(name).count(),
    "distinct": lambda frame, names: frame.select(*names).distinct(),
}


def built(spark, case):
    frame = spark.read.parquet(str(HERE / "inputs" / f"{case['input']}.parquet"))
    for step in case.get("steps", []):
        [(name, argument)] = step.items()
        frame = STEPS[name](frame, argument)
    return frame


def condition(error):
    found = getattr(error, "getCondition", lambda: None)()
    return f"!{found or str(error).splitlines()[0]}"


def content(path, case):
    data = path.read_bytes()
    if path.name.endswith(".gz"):
        data = gzip.decompress(data)
    return data.hex() if "encoding" in case.get("options", {}) else data.decode("utf-8")


def files(spark, folder, case):
    found = {}
    for path in sorted(pathlib.Path(folder).rglob("part-*")):
        name = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID", str(path.relative_to(folder)))
        if case["format"] == "parquet":
            rows = spark.read.parquet(str(path)).selectExpr(case["shows"]).collect() if "shows" in case else None
            found[name] = spark.read.parquet(str(path)).count() if rows is None else sorted(row[0] for row in rows)
        else:
            found[name] = content(path, case)
    return found


def record(spark, case):
    with tempfile.TemporaryDirectory() as scratch:
        spark.conf.set("spark.sql.session.timeZone", case.get("zone", "UTC"))
        try:
            writer = built(spark, case).write.format(case["format"]).options(**case.get("options", {}))
            if "partitionBy" in case:
                writer = writer.partitionBy(*case["partitionBy"])
            writer.save(f"{scratch}/out")
        except Exception as error:  # noqa: BLE001 (whatever Spark says is the answer)
            return condition(error)
        return files(spark, f"{scratch}/out", case)


def main():
    spark = session()
    (HERE / "inputs").mkdir(exist_ok=True)
    if os.environ.get("KEEP_INPUTS") is None:
        make_inputs(spark, HERE / "inputs")
    cases = json.loads((HERE / "cases.json").read_text(encoding="utf-8"))
    answers = {case["name"]: record(spark, case) for case in cases}
    (HERE / "recorded.json").write_text(json.dumps(answers, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
