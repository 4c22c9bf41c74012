/** The public members of PySpark 4.2's classes. */
export const members = {
  DataFrame: words(`
    agg alias approxQuantile asTable cache checkpoint coalesce colRegex collect columns corr count cov
    createGlobalTempView createOrReplaceGlobalTempView createOrReplaceTempView createTempView crossJoin
    crosstab cube describe distinct drop dropDuplicates dropDuplicatesWithinWatermark drop_duplicates dropna
    dtypes exceptAll executionInfo exists explain fillna filter first foreach foreachPartition freqItems
    groupBy groupby groupingSets head hint inputFiles intersect intersectAll isEmpty isLocal isStreaming join
    lateralJoin limit localCheckpoint mapInArrow mapInPandas melt mergeInto metadataColumn na nearestByJoin
    observe offset orderBy pandas_api persist plot printSchema randomSplit rdd registerTempTable repartition
    repartitionById repartitionByRange replace rollup sameSemantics sample sampleBy scalar schema select
    selectExpr semanticHash show sort sortWithinPartitions sparkSession stat storageLevel subtract summary
    tail take to toArrow toDF toJSON toLocalIterator toPandas transform transpose union unionAll unionByName
    unpersist unpivot where withColumn withColumnRenamed withColumns withColumnsRenamed withMetadata
    withWatermark write writeStream writeTo zipWithIndex
  `),
  Column: words(`
    alias asc asc_nulls_first asc_nulls_last astype between bitwiseAND bitwiseOR bitwiseXOR cast contains desc
    desc_nulls_first desc_nulls_last dropFields endswith eqNullSafe getField getItem ilike isNaN isNotNull
    isNull isin like name otherwise outer over rlike startswith substr transform try_cast when withField
  `),
  GroupedData: words(`
    agg apply applyInArrow applyInPandas applyInPandasWithState avg cogroup count max mean min pivot sum
    transformWithState transformWithStateInPandas
  `),
  Window: words(`
    currentRow orderBy partitionBy rangeBetween rowsBetween unboundedFollowing unboundedPreceding
  `),
  WindowSpec: words(`
    orderBy partitionBy rangeBetween rowsBetween
  `),
  DataFrameReader: words(`
    changes csv format jdbc json load option options orc parquet schema table text xml
  `),
  DataFrameWriter: words(`
    bucketBy clusterBy csv format insertInto jdbc json mode option options orc parquet partitionBy save
    saveAsTable sortBy text xml
  `),
  DataFrameWriterV2: words(`
    append clusterBy create createOrReplace option options overwrite overwritePartitions partitionedBy replace
    tableProperty using
  `),
  MergeIntoWriter: words(`
    WhenMatched WhenNotMatched WhenNotMatchedBySource merge whenMatched whenNotMatched whenNotMatchedBySource
    withSchemaEvolution
  `),
  DataFrameNaFunctions: words(`
    drop fill replace
  `),
  DataFrameStatFunctions: words(`
    approxQuantile corr cov crosstab freqItems sampleBy
  `),
  SparkSession: words(`
    Builder active addArtifact addArtifacts addTag builder catalog clearProgressHandlers clearTags client conf
    copyFromLocalToFs createDataFrame dataSource emptyDataFrame getActiveSession getTags interruptAll
    interruptOperation interruptTag newSession profile range read readStream registerProgressHandler
    removeProgressHandler removeTag sparkContext sql stop streams table tvf udf udtf version
  `),
  Catalog: words(`
    analyzeTable cacheTable clearCache createDatabase createExternalTable createTable currentCatalog
    currentDatabase databaseExists dropDatabase dropGlobalTempView dropTable dropTempView dropView
    functionExists getCreateTableString getDatabase getFunction getTable getTableProperties isCached
    listCatalogs listColumns listDatabases listFunctions listPartitions listTables listViews recoverPartitions
    refreshByPath refreshTable registerFunction setCurrentCatalog setCurrentDatabase tableExists truncateTable
    uncacheTable
  `),
  TableValuedFunction: words(`
    collations explode explode_outer inline inline_outer json_tuple posexplode posexplode_outer
    python_worker_logs range sql_keywords stack variant_explode variant_explode_outer
  `),
} as const;

/** The name of a class of PySpark. */
export type ClassName = keyof typeof members;

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
