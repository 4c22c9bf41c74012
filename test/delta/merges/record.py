"""Records what real Spark with Delta Lake makes of the merges of `record.ts`: `recorded.json`, an answer a line.

Run with a Python that has pyspark 4.2: `node test/delta/merges/record.ts 40 | SPARK_REMOTE=sc://host:port python
test/delta/merges/record.py FOLDER`, with a folder for the tables that the server can write to.
"""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "answers"))
folder = sys.argv[1]
session = __import__("recorder").session


def answer(spark, case):
    table = f"delta.`{folder}/merge-{case['seed']}`"
    spark.sql(f"CREATE OR REPLACE TABLE {table} USING delta AS {case['rows']}")
    try:
        spark.sql(case["merge"].replace("{table}", table)).collect()
        rows = [list(row) for row in spark.sql(f"SELECT * FROM {table}").collect()]
        return {"seed": case["seed"], "merge": case["merge"], "rows": sorted(rows, key=str)}
    except Exception as error:  # noqa: BLE001 (whatever Spark says is the answer)
        return {"seed": case["seed"], "merge": case["merge"], "condition": error.getCondition()}


def main():
    spark = session()
    target = pathlib.Path(__file__).parent / "recorded.json"
    answers = []
    for line in sys.stdin:
        answers.append(answer(spark, json.loads(line)))
        written = ",\n".join(json.dumps(entry) for entry in answers)
        target.write_text(f"[\n{written}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
