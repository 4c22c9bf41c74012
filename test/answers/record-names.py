"""Records the names that Spark gives to columns without an alias: one for each call of `coercion/calls.txt`.

Run with a Python that has pyspark 4.2: `python test/answers/record-names.py`. Each answer has the call, its arguments as
the query names them, and the columns of the result.
"""

import importlib
import json
import pathlib

from recorder import Recorder, session

functions = importlib.import_module("record-functions")
FOLDER = pathlib.Path(__file__).parent


def record(spark, line):
    name, arguments, over = functions.parse(line)
    schema = spark._jsparkSession.sql(functions.query(name, arguments, over)).schema()
    written = [functions.COLUMNS.get(argument.removesuffix("?"), argument.strip("'")) for argument in arguments]
    return {"function": name, "arguments": written, "columns": [field.name() for field in schema.fields()]}


def main():
    spark = session()
    columns = [(column + mark, ddl, mark == "_") for ddl, column in functions.COLUMNS.items() for mark in ("", "_")]
    Recorder(spark).table("t", columns)
    lines = (FOLDER / "coercion/calls.txt").read_text(encoding="utf-8").splitlines()
    # `grouping` needs a group, and windows have names of their own.
    plain = [line for line in lines if not line.endswith(" OVER") and not line.startswith("grouping")]
    answers = [json.dumps(record(spark, line), ensure_ascii=False) for line in plain]
    (FOLDER / "names.json").write_text("[\n" + ",\n".join(answers) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
