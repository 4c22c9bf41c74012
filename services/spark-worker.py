"""A real Spark for tests: answers JSON lines on a Unix socket, and Spark Connect on a port, until its standard input closes.

Started as `spark-worker.py SOCKET FOLDER JARS [PORT MEMORY]`: the jars of Delta Lake and Avro, as far as they are there, the port of Spark Connect, a
free one by itself, and the memory of the virtual machine. Each connection has a session of its
own, so temporary views, settings and user functions of one test file never meet those of another; tables of the
catalogue are shared.
"""

import json
import os
import socketserver
import sys
import textwrap
import threading
import traceback
from functools import cache

from py4j.java_gateway import JavaPackage, JVMView
from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as F
from pyspark.sql import types as T

from spark_answer import encode_error, encode_frame
from spark_home import spark_home


# The logs of tests are short and their folders small: fifty partitions for each log, and ten thousand tasks for each folder
# that VACUUM or RESTORE lists, would take most of the time.
DELTA = {
    "spark.databricks.delta.snapshotPartitions": "1",
    "spark.sql.sources.parallelPartitionDiscovery.parallelism": "2",
    "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
    "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
}


# Each call of a function of Spark looks its class up anew, by asking for it in ten packages.
for names in (JVMView, JavaPackage):
    names.__getattr__ = cache(names.__getattr__)


def start_spark(folder, jars, port, memory):
    os.environ["SPARK_HOME"] = spark_home()
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": memory,
        # Each query of a test runs once: a compiler that takes its time over it only takes the processors of the others.
        # What that one makes fills the room that Java has for it by itself, and is then made over and over.
        "spark.driver.extraJavaOptions": "-Duser.timezone=UTC -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=512m -XX:+UseSerialGC",
        # Pages that nobody looks at would keep the plans of a thousand queries.
        "spark.sql.ui.retainedExecutions": "1",
        "spark.ui.retainedJobs": "1",
        "spark.ui.retainedStages": "1",
        "spark.local.dir": os.path.join(folder, "scratch"),
        "spark.sql.warehouse.dir": os.path.join(folder, "warehouse"),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "2",
        # To plan a query anew on its way takes longer than to run it on a few rows.
        "spark.sql.adaptive.enabled": "false",
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": port,
        **({"spark.jars": jars} if jars else {}),
        **(DELTA if "delta-spark" in jars else {}),
    }
    builder = SparkSession.builder.master("local[2]").appName("lakewright-services")
    for key, value in settings.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def start_connect(spark, folder):
    """Serves Spark Connect from the same Spark on a free port, which a file tells."""
    package = spark._jvm.org.apache.spark.sql.connect.service
    service = getattr(getattr(package, "SparkConnectService$"), "MODULE$")
    service.start(spark._jsc.sc())
    with open(os.path.join(folder, "connect-port"), "w") as file:
        file.write(str(service.localPort()))


def run_sql(spark, request):
    return encode_frame(spark.sql(request["text"]))


def run_python(spark, request):
    scope = {"spark": spark, "F": F, "T": T, "Window": Window, **request.get("given", {})}
    exec(compile(textwrap.dedent(request["code"]), "<python>", "exec"), scope)
    result = scope.get("result")
    if not isinstance(result, DataFrame):
        raise TypeError("the snippet must assign a DataFrame to the name `result`")
    return encode_frame(result)


def run_read(spark, request):
    reader = spark.read.format(request["format"]).options(**request.get("options", {}))
    if "schema" in request:
        reader = reader.schema(request["schema"])
    return encode_frame(reader.load(request["path"]))


def run_write(spark, request):
    frame = spark.sql(request["sql"])
    writer = frame.write.format(request["format"]).options(**request.get("options", {}))
    if "mode" in request:
        writer = writer.mode(request["mode"])
    if request.get("partitionBy"):
        writer = writer.partitionBy(*request["partitionBy"])
    writer.save(request["path"])
    return {"schema": [], "schemaJson": {"type": "struct", "fields": []}, "rows": []}


OPERATIONS = {"sql": run_sql, "python": run_python, "read": run_read, "write": run_write}


def reply(spark, line):
    request = json.loads(line)
    try:
        # An answer that JSON cannot hold is an error of the request, not of the connection.
        return json.dumps({"id": request["id"], "answer": OPERATIONS[request["op"]](spark, request)}, allow_nan=False)
    except Exception as error:
        traceback.print_exc()
        return json.dumps({"id": request["id"], "error": encode_error(error)})


class Connection(socketserver.StreamRequestHandler):
    def handle(self):
        session = self.server.spark.newSession()
        for line in self.rfile:
            self.wfile.write(reply(session, line).encode() + b"\n")


class Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    request_queue_size = 64


def main(socket_path, folder, jars, port="0", memory="2g"):
    spark = start_spark(folder, jars, port, memory)
    start_connect(spark, folder)
    with Server(socket_path, Connection) as server:
        server.spark = spark
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sys.stdin.buffer.read()
        server.shutdown()
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
