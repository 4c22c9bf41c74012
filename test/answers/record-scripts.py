"""Records what real Spark makes of the scripts in `scripts/*.txt` and the queries in `queries/*.txt`, one a line: `<topic>.json`.

Run with a Python that has pyspark 4.2: `python test/answers/record-scripts.py [topic …]`. An answer has the script with the columns
and rows that it gives, or the condition and the SQLSTATE of its error. A script that does not end is interrupted.
"""

import json
import pathlib
import sys
import threading

sys.argv, topics = sys.argv[:1], sys.argv[1:]
recorder = __import__("record-results")
session = __import__("recorder").session

FOLDERS = [pathlib.Path(__file__).parent / name for name in ("scripts", "queries")]
PATIENCE = 120


def answer(spark, script):
    timer = threading.Timer(PATIENCE, spark.interruptAll)
    timer.start()
    try:
        frame = spark.sql(script)
        columns = [f"{f.name}: {recorder.text(f.dataType)}{recorder.null(f.nullable)}" for f in frame.schema.fields]
        return {"script": script, "columns": columns, "rows": [[recorder.value(held) for held in row] for row in frame.collect()]}
    except Exception as error:  # noqa: BLE001 (whatever Spark says is the answer)
        found = error.getCondition() if hasattr(error, "getCondition") else None
        state = error.getSqlState() if hasattr(error, "getSqlState") else None
        unnamed = f"UNKNOWN: {str(error).splitlines()[0][:200]}"
        return {"script": script, "condition": found or unnamed, "sqlState": state}
    finally:
        timer.cancel()


def main():
    spark = session()
    for path in sorted(path for folder in FOLDERS for path in folder.glob("*.txt")):
        if topics and path.stem not in topics:
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        answers = [answer(spark, line) for line in lines if line.strip() and not line.startswith("#")]
        written = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in answers)
        path.with_suffix(".json").write_text(f"[\n{written}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
