SELECT ps_partkey, sum(ps_supplycost * ps_availqty) AS value
FROM partsupp, supplier, nation
WHERE ps_suppkey = s_suppkey AND s_nationkey = n_nationkey AND n_name = 'GERMANY'
GROUP BY ps_partkey
HAVING CAST(sum(ps_supplycost * ps_availqty) AS DOUBLE) > (
  SELECT CAST(sum(ps_supplycost * ps_availqty) AS DOUBLE) * CAST('0.0001' AS DOUBLE) / CAST('{scale}' AS DOUBLE)
  FROM partsupp, supplier, nation
  WHERE ps_suppkey = s_suppkey AND s_nationkey = n_nationkey AND n_name = 'GERMANY')
ORDER BY value DESC, ps_partkey
