"""Records what Spark answers to the statements of statements.sql: python record-statements.py sc://HOST:PORT > recorded.json"""

import json
import re
import sys
from pathlib import Path

from pyspark.sql import SparkSession

spark = SparkSession.builder.remote(sys.argv[1]).getOrCreate()
warehouse = spark.conf.get("spark.sql.warehouse.dir")


def shown(value):
    if value is None or isinstance(value, bool):
        return value
    text = str(value).replace(warehouse, "<warehouse>").replace(f"Spark {spark.version}", "<maker>")
    return re.sub(r"\w{3} \w{3} \d\d \d\d:\d\d:\d\d \w+ \d{4}", "<time>", text)


def answer(sql):
    try:
        frame = spark.sql(sql)
        columns = [[field.name, field.dataType.simpleString(), field.nullable] for field in frame.schema.fields]
        return {"sql": sql, "columns": columns, "rows": [[shown(value) for value in row] for row in frame.collect()]}
    except Exception as error:
        state = error.getSqlState()
        return {"sql": sql, "error": error.getCondition(), **({"sqlState": state} if state else {})}


lines = Path(__file__).with_name("statements.sql").read_text().splitlines()
statements = [line for line in lines if line and not line.startswith("--")]
print("[\n" + ",\n".join("  " + json.dumps(answer(statement)) for statement in statements) + "\n]")
