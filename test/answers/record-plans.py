"""Records the plans that PySpark sends for the programs of `programs.txt` and `results/`: `plans.json`.

Run with a Python that has pyspark[connect] 4.2, and a server: `SPARK_REMOTE=sc://host:port python test/answers/record-plans.py`.
Tables are views of the server, so that plans name them. A plan has the program, the set of tables, and the bytes of the
message in base64; plans of rows that Python holds (`ROWS`) have their answers too.
"""

import base64
import datetime
import decimal
import importlib
import json
import pathlib
import sys

from pyspark.sql import SparkSession

sys.path.insert(0, str(pathlib.Path(__file__).parent))
programs = importlib.import_module("record-programs")
results = importlib.import_module("record-results")

FOLDER = pathlib.Path(__file__).parent
TOPICS = ["aggregates", "shapes", "statistics", "subqueries", "table-functions", "windows"]

ROWS = [
    'spark.createDataFrame([("é", 1), (None, 2), ("", None)], "s STRING, n INT")',
    'spark.createDataFrame([([1, None], {"k": 1.5}, (1, "x"))], "a ARRAY<INT>, m MAP<STRING, DOUBLE>, s STRUCT<i: INT, t: STRING>")',
    'spark.createDataFrame([(1, 2.5, True, b"x"), (2, float("nan"), False, b"")], ["a", "b", "c", "d"])',
    'spark.createDataFrame([(decimal.Decimal("1.50"), datetime.date(2025, 2, 1), datetime.datetime(2025, 2, 1, 3, 4, 5, 6))], "d DECIMAL(10,2), day DATE, at TIMESTAMP")',
    'spark.createDataFrame([(datetime.timedelta(days=-1, seconds=1),)], "i INTERVAL DAY TO SECOND")',
    'spark.createDataFrame([{"b": 1, "a": "x"}, {"b": None, "a": "y"}])',
    'spark.createDataFrame([], "a INT NOT NULL, b STRING")',
    'spark.createDataFrame([(3,), (1,)], "n BIGINT NOT NULL").filter("n > 1").toDF("m")',
]


def lines(path):
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def views(spark, known, tables):
    """The names that programs use, with views in place of tables."""
    for name in tables:
        known[name].createOrReplaceTempView(name)
    return known | {name: spark.table(name) for name in tables}


def plan(program, known, python):
    frame = eval(python(program), dict(known))  # noqa: S307 (the programs are ours)
    return frame._plan.to_proto(frame._session.client).SerializeToString()


def record(tables, texts, known, python):
    for program in texts:
        try:
            yield {"program": program, "tables": tables, "plan": base64.b64encode(plan(program, known, python)).decode()}
        except Exception as error:  # noqa: BLE001 (some programs fail already in the client)
            print(program, str(error).splitlines()[0], file=sys.stderr)


def main():
    spark = SparkSession.builder.getOrCreate()
    known = views(spark, programs.names(spark), programs.TABLES)
    recorded = list(record("programs", lines(FOLDER / "programs.txt"), known, programs.python))
    tables = json.loads((FOLDER / "results" / "tables.json").read_text(encoding="utf-8"))
    known = views(spark, results.names(spark), tables)
    texts = [line for topic in TOPICS for line in lines(FOLDER / "results" / "relations" / f"{topic}.txt")]
    recorded += list(record("results", texts, known, results.python))
    known = {"spark": spark, "datetime": datetime, "decimal": decimal}
    for entry in record("rows", ROWS, known, str):
        recorded.append(results.answer(entry["program"], known) | entry)
    content = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in recorded)
    (FOLDER / "plans.json").write_text(f"[\n{content}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
