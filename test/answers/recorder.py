"""What the recorders of this folder share: a Spark session, views without rows, and the names of types."""

import json
import logging

from pyspark.sql import SparkSession
from pyspark.sql.types import ArrayType, MapType, StructType


def session():
    logging.disable(logging.CRITICAL)
    builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    settings = {"spark.sql.session.timeZone": "UTC", "spark.sql.timeType.enabled": "true", "spark.log.level": "OFF"}
    for key, value in settings.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


class Recorder:
    def __init__(self, spark):
        self.spark = spark
        self.java = spark.sparkContext._jvm
        self.types = self.java.org.apache.spark.sql.types.DataType

    def type_json(self, ddl):
        """The type of a DDL string in which `not null` may also stand after the element of an array or map."""
        spark_type = json.loads(self.types.fromDDL(ddl.replace(" not null", "")).json())
        if ddl.startswith("array<") and ddl.endswith(" not null>"):
            spark_type["containsNull"] = False
        if ddl.startswith("map<") and ddl.endswith(" not null>"):
            spark_type["valueContainsNull"] = False
        return spark_type

    def table(self, name, columns):
        """A view without rows: `columns` are (name, type, nullable)."""
        fields = [
            {"name": column, "type": self.type_json(ddl), "nullable": nullable, "metadata": {}}
            for column, ddl, nullable in columns
        ]
        schema = self.types.fromJson(json.dumps({"type": "struct", "fields": fields}))
        rows = self.java.java.util.ArrayList()
        self.spark._jsparkSession.createDataFrame(rows, schema).createOrReplaceTempView(name)

    def ask(self, query):
        """The schema of a query, or the condition of the error."""
        return self.analyse(query)[0]

    def analyse(self, query):
        """The schema of a query and its first expression as Spark's analyzer leaves it."""
        try:
            frame = self.spark._jsparkSession.sql(query)
            schema = StructType.fromJson(json.loads(frame.schema().json()))
        except Exception as error:  # noqa: BLE001 (whatever Spark says is the answer)
            return "!" + condition(error), None
        answer = "; ".join(text(field.dataType) + ("?" if field.nullable else "") for field in schema.fields)
        return answer, frame.queryExecution().analyzed().expressions()


def condition(error):
    for source in (error, getattr(error, "java_exception", None)):
        found = source.getCondition() if hasattr(source, "getCondition") else None
        if found:
            return found.removeprefix("DATATYPE_MISMATCH.")
    return "UNKNOWN"


def text(type):
    """The name of a type that also says what may hold null."""
    if isinstance(type, ArrayType):
        return f"array<{text(type.elementType)}{null(type.containsNull)}>"
    if isinstance(type, MapType):
        return f"map<{text(type.keyType)},{text(type.valueType)}{null(type.valueContainsNull)}>"
    if isinstance(type, StructType):
        return f"struct<{','.join(f'{f.name}:{text(f.dataType)}{null(f.nullable)}' for f in type.fields)}>"
    return type.simpleString()


def null(nullable):
    return "" if nullable else " not null"
