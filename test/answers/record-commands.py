"""Records the commands that PySpark sends for statements: `commands.json`.

Run with a Python that has pyspark[connect] 4.2, and a server: `SPARK_REMOTE=sc://host:port python test/answers/record-commands.py`.
Nothing is executed: the client's calls are caught. A command has its statement and the bytes of the message in base64.
"""

import base64
import json
import os
import pathlib

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

FOLDER = pathlib.Path(__file__).parent
STATEMENTS = [
    'df.write.parquet("out")',
    'df.write.format("csv").mode("overwrite").option("header", True).partitionBy("id").save("out")',
    'df.write.mode("append").saveAsTable("shop.sales")',
    'df.write.bucketBy(4, "id").sortBy("id").mode("ignore").saveAsTable("t")',
    'df.write.insertInto("t", overwrite=True)',
    'df.writeTo("shop.t").using("parquet").tableProperty("a", "b").partitionedBy(F.col("id")).create()',
    'df.writeTo("t").overwrite(F.col("id") > 1)',
    'df.writeTo("t").append()',
    'df.createOrReplaceTempView("v")',
    'df.createGlobalTempView("v")',
    'df.mergeInto("t", F.expr("t.id = id")).whenMatched(F.col("id") > 1).update({"n": F.lit(1)}).whenNotMatched().insertAll().whenNotMatchedBySource().delete().merge()',
]


class Caught(Exception):
    pass


def main():
    spark = SparkSession.builder.remote(os.environ["SPARK_REMOTE"]).getOrCreate()
    client = spark.client
    caught = []

    def catch(command, *_, **__):
        caught.append(command)
        raise Caught

    client.execute_command = catch
    known = {"df": spark.range(3), "F": F}
    recorded = []
    for statement in STATEMENTS:
        try:
            eval(statement, dict(known))  # noqa: S307 (the statements are ours)
        except Caught:
            recorded.append({"statement": statement, "command": base64.b64encode(caught[-1].SerializeToString()).decode()})
    content = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in recorded)
    (FOLDER / "commands.json").write_text(f"[\n{content}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
