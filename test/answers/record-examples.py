"""Records Spark's answers to the examples in the documentation of functions, whose SQL comes on standard input as JSON.

Run: `node --conditions=lakewright:source test/functions/print-examples.ts | python test/answers/record-examples.py` with a
Python that has pyspark 4.2. The rows of a value are separated by commas; null is `NULL`. A
type is followed by a question mark when the column is nullable. Answers that `examples.json` has are kept: remove the file to
record all of them anew.
"""

import json
import pathlib
import sys

from recorder import Recorder, condition, session

PATH = pathlib.Path(__file__).parent / "examples.json"


def answer(recorder, query):
    try:
        rows = recorder.spark.sql(f"SELECT CAST(value AS STRING) FROM ({query})").collect()
    except Exception as error:  # noqa: BLE001 (whatever Spark says is the answer)
        return {"value": "!" + condition(error)}
    value = ", ".join("NULL" if text is None else text for (text,) in rows)
    return {"value": value, "type": recorder.ask(query)}


def main():
    queries = json.load(sys.stdin)
    recorder = Recorder(session())
    known = json.loads(PATH.read_text(encoding="utf-8")) if PATH.exists() else {}
    answers = {query: known.get(query) or answer(recorder, query) for query in queries}
    PATH.write_text(json.dumps(answers, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
