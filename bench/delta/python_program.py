"""delta-rs and Spark in the Delta benchmarks.  usage: ENGINE CASE and its arguments; a line of JSON for each figure"""

import glob
import json
import os
import shutil
import sys
import time

TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds():
    """Of this process and all that it started, such as Spark's."""
    total, waiting = time.process_time(), children_of(os.getpid())
    while waiting:
        pid = waiting.pop()
        try:
            fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
            total += (int(fields[11]) + int(fields[12])) / TICKS
            waiting += children_of(pid)
        except FileNotFoundError:
            continue
    return total


def children_of(pid):
    tasks = glob.glob(f"/proc/{pid}/task/*/children")
    return [int(child) for task in tasks for child in open(task).read().split()]


def timed(name, times, work):
    seconds, used, answer = [], [], ""
    for turn in range(int(times)):
        started, before = time.perf_counter(), processor_seconds()
        answer = work(turn)
        seconds.append(time.perf_counter() - started)
        used.append(processor_seconds() - before)
    return {"name": name, "seconds": seconds, "cpuSeconds": used, "answer": str(answer)}


def tell(figure):
    print(json.dumps(figure), flush=True)


def text(values):
    return " ".join(str(value) for value in values)


class DeltaRs:
    def __init__(self):
        import deltalake

        self.deltalake = deltalake

    def query(self, table, sql):
        context = self.deltalake.QueryBuilder().register("t", self.deltalake.DeltaTable(table))
        return [column[0].as_py() for column in pyarrow_table(context.execute(sql)).columns]

    def count_files(self, table):
        return self.deltalake.DeltaTable(table).get_add_actions().num_rows

    def append(self, table, rows):
        self.deltalake.write_deltalake(table, rows, mode="append")

    def merge(self, table, changes):
        import pyarrow.parquet

        target = self.deltalake.DeltaTable(table)
        merger = target.merge(pyarrow.parquet.read_table(changes), "t.id = s.id", source_alias="s", target_alias="t")
        merger.when_matched_update_all().when_not_matched_insert_all().execute()

    def planner(self, table):
        context = self.deltalake.QueryBuilder().register("t", self.deltalake.DeltaTable(table))

        def plan(condition):
            # The plan names the first of the files, not how many there are.
            pyarrow_table(context.execute(f"EXPLAIN SELECT count(*) FROM t WHERE {condition}"))
            return ""

        return plan


def pyarrow_table(reader):
    import pyarrow

    return pyarrow.table(reader.read_all() if hasattr(reader, "read_all") else reader)


class Spark:
    def __init__(self):
        from pyspark.sql import SparkSession

        jars = ",".join(glob.glob(os.path.join(os.environ["LAKEWRIGHT_BENCH_DELTA_JARS"], "*.jar")))
        settings = {
            "spark.jars": jars,
            "spark.ui.enabled": "false",
            "spark.driver.memory": "6g",
            "spark.sql.shuffle.partitions": "2",
            "spark.databricks.delta.snapshotPartitions": "2",
            "spark.sql.session.timeZone": "UTC",
            "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
            "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
        }
        builder = SparkSession.builder.master("local[*]")
        for name, value in settings.items():
            builder = builder.config(name, value)
        self.session = builder.getOrCreate()
        self.session.sparkContext.setLogLevel("ERROR")

    def query(self, table, sql):
        self.session.read.format("delta").load(table).createOrReplaceTempView("t")
        return list(self.session.sql(sql).collect()[0])

    def count_files(self, table):
        return self.session.sql(f"DESCRIBE DETAIL delta.`{table}`").collect()[0]["numFiles"]

    def merge(self, table, changes):
        self.session.sql(
            f"MERGE INTO delta.`{table}` AS t USING parquet.`{changes}` AS s ON t.id = s.id "
            "WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *"
        ).collect()

    def planner(self, table):
        rows = self.session.read.format("delta").load(table)
        return lambda condition: len(rows.filter(condition).inputFiles())


def scan(engine, table, whole, span, times):
    for name, sql in [("the whole table", whole), ("a span of time", span)]:
        engine.query(table, sql)
        tell(timed(name, times, lambda _: text(engine.query(table, sql))))


def snapshot(engine, table):
    tell(timed("snapshot", 1, lambda _: engine.count_files(table)))


def appended(turn):
    import pyarrow

    numbers = range(turn * 1000, (turn + 1) * 1000)
    columns = {
        "id": pyarrow.array(numbers, pyarrow.int64()),
        "moment": pyarrow.array(numbers, pyarrow.timestamp("us", "UTC")),
        "country": pyarrow.array(["country"] * len(numbers)),
        "amount": pyarrow.array([number % 100 for number in numbers], pyarrow.int64()).cast(pyarrow.decimal128(21, 2)),
        "quantity": pyarrow.array([number % 9 for number in numbers], pyarrow.int32()),
        "note": pyarrow.array([f"sale number {number}" for number in numbers]),
    }
    columns["amount"] = columns["amount"].cast(pyarrow.decimal128(10, 2))
    return pyarrow.table(columns)


def commit(engine, table, times):
    import pyarrow.parquet

    plain, warm_up = f"{table}-plain", 5
    os.mkdir(plain)
    pairs = []
    for turn in range(int(times) + warm_up):
        rows = appended(turn)
        write = timed("", 1, lambda _: pyarrow.parquet.write_table(rows, f"{plain}/{turn}.parquet"))
        pairs.append((timed("", 1, lambda _: engine.append(table, rows)), write))
    shutil.rmtree(plain)

    def figure(name, number):
        pick = lambda key: [number(whole[key][0], part[key][0]) for whole, part in pairs[warm_up:]]
        tell({"name": name, "seconds": pick("seconds"), "cpuSeconds": pick("cpuSeconds"), "answer": times})

    figure("append", lambda whole, _: whole)
    figure("Parquet alone", lambda _, part: part)
    figure("beyond Parquet", lambda whole, part: whole - part)


def merge(engine, table, changes, sums):
    figure = timed("merge", 1, lambda _: engine.merge(table, changes))
    tell({**figure, "answer": text(engine.query(table, sums))})


def plan(engine, table, condition, small, times):
    engine.planner(small)(condition)
    planned = engine.planner(table)
    tell(timed("the first plan", 1, lambda _: planned(condition)))
    tell(timed("a later plan", times, lambda _: planned(condition)))


CASES = {"scan": scan, "snapshot": snapshot, "commit": commit, "merge": merge, "plan": plan}


def main(engine, case, *arguments):
    CASES[case]({"delta-rs": DeltaRs, "spark": Spark}[engine](), *arguments)


main(*sys.argv[1:])
