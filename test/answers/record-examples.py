"""Records Spark's answers to the examples in the documentation of functions, whose SQL comes on standard input as JSON.

Run: `node --conditions=lakewright:source test/functions/print-examples.ts | python test/answers/record-examples.py` with a
Python that has pyspark 4.2. The rows of an answer are separated by commas; null is `NULL`.
"""

import json
import pathlib
import sys

from recorder import condition, session

PATH = pathlib.Path(__file__).parent / "examples.json"


def answer(spark, query):
    try:
        return ", ".join("NULL" if value is None else value for (value,) in spark.sql(query).collect())
    except Exception as error:  # noqa: BLE001 (whatever Spark says is the answer)
        return "!" + condition(error)


def main():
    queries = json.load(sys.stdin)
    spark = session()
    answers = {query: answer(spark, query) for query in queries}
    PATH.write_text(json.dumps(answers, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
