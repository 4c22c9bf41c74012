"""Runs SQL statements in Python's DuckDB.  usage: STATEMENT…"""

import sys

import duckdb

connection = duckdb.connect()
for statement in sys.argv[1:]:
    connection.execute(statement)
