"""Records the names that Spark gives to columns without an alias: one for each call of `coercion/calls.txt`.

Run with a Python that has pyspark 4.2: `python test/answers/record-names.py`. Each answer has the call, its arguments as
the query names them, and the columns of the result. Answers that `names.json` has are kept: remove the file to record all of
them anew.
"""

import importlib
import json
import pathlib

from recorder import Recorder, session

functions = importlib.import_module("record-functions")
FOLDER = pathlib.Path(__file__).parent


def call(line):
    name, arguments, _ = functions.parse(line)
    written = [functions.COLUMNS.get(argument.removesuffix("?"), argument.strip("'")) for argument in arguments]
    return {"function": name, "arguments": written}


def record(spark, line, known):
    asked = call(line)
    columns = known.get(json.dumps(asked)) or spark.sql(functions.query(*functions.parse(line))).schema.names
    return {**asked, "columns": columns}


def main():
    spark = session()
    columns = [(column + mark, ddl, mark == "_") for ddl, column in functions.COLUMNS.items() for mark in ("", "_")]
    Recorder(spark).table("t", columns)
    lines = (FOLDER / "coercion/calls.txt").read_text(encoding="utf-8").splitlines()
    # `grouping` needs a group, and windows have names of their own.
    plain = [line for line in lines if not line.endswith(" OVER") and not line.startswith("grouping")]
    path = FOLDER / "names.json"
    answers = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    known = {json.dumps({key: entry[key] for key in ("function", "arguments")}): entry["columns"] for entry in answers}
    answers = [json.dumps(record(spark, line, known), ensure_ascii=False) for line in plain]
    path.write_text("[\n" + ",\n".join(answers) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
