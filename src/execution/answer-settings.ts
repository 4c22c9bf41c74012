/** Settings of Spark that change what queries answer, and that are not obeyed: each has Spark's default. */

/** The default of a setting, and what holds with it. */
export interface FixedSetting {
  readonly is: "fixed";
  readonly value: string;
  readonly why: string;
}

const fixed = (value: string, why: string): FixedSetting => ({ is: "fixed", value, why });

/** What would give other answers, were it only taken without an effect. */
export const answerSettings: Readonly<Record<string, FixedSetting>> = {
  "spark.sql.analyzer.lowerEmptyGroupingSetToGlobalAggregate.enabled": fixed(
    "true",
    "GROUPING SETS (()) has one row where there are none to group",
  ),
  "spark.sql.crossJoin.enabled": fixed("true", "joins without a condition are allowed"),
  "spark.sql.decimalOperations.allowPrecisionLoss": fixed("true", "decimals lose digits before they are null"),
  "spark.sql.function.concatBinaryAsString": fixed("false", "binary values joined are binary"),
  "spark.sql.function.eltOutputAsString": fixed("false", "elt of binary values is binary"),
  "spark.sql.lateralColumnAlias.enableImplicitResolution": fixed("true", "a select list may use its own names"),
  "spark.sql.legacy.allowHashOnMapType": fixed("false", "maps have no hash"),
  "spark.sql.legacy.allowNegativeScaleOfDecimal": fixed("false", "decimals have no negative scale"),
  "spark.sql.legacy.allowParameterlessCount": fixed("false", "count has an argument"),
  "spark.sql.legacy.allowStarWithSingleTableIdentifierInCount": fixed("false", "count(t.*) counts no rows"),
  "spark.sql.legacy.allowUdfParameterToShadowParameterlessFunction": fixed(
    "false",
    "current_user and its like are calls where no column has their name",
  ),
  "spark.sql.legacy.bangEqualsNot": fixed("false", "! stands before a condition only"),
  "spark.sql.legacy.castComplexTypesToString.enabled": fixed(
    "false",
    "arrays and structs are written as text with null",
  ),
  "spark.sql.legacy.codingErrorAction": fixed("false", "what cannot be encoded is an error"),
  "spark.sql.legacy.consecutiveStringLiterals.enabled": fixed("false", "'a''b' has one quote in it"),
  "spark.sql.legacy.createEmptyCollectionUsingStringType": fixed(
    "false",
    "array() and map() have no type of their own",
  ),
  "spark.sql.legacy.decimal.retainFractionDigitsOnTruncate": fixed(
    "false",
    "decimals keep the digits before the point",
  ),
  "spark.sql.legacy.exponentLiteralAsDecimal.enabled": fixed("false", "1e3 is a double"),
  "spark.sql.legacy.followThreeValuedLogicInArrayExists": fixed("true", "exists may be null"),
  "spark.sql.legacy.groupingIdWithAppendedUserGroupBy": fixed("false", "grouping_id() is that of the sets"),
  "spark.sql.legacy.integerGroupingId": fixed("false", "grouping_id() is a BIGINT"),
  "spark.sql.legacy.interval.enabled": fixed("false", "intervals have the types of ANSI"),
  "spark.sql.legacy.javaCharsets": fixed("false", "encode and decode have the character sets of the documentation"),
  "spark.sql.legacy.literal.pickMinimumPrecision": fixed("true", "numbers have as many digits as are written"),
  "spark.sql.legacy.lpadRpadAlwaysReturnString": fixed("false", "binary values are padded as such"),
  "spark.sql.legacy.negativeIndexInArrayInsert": fixed("false", "-1 is behind the last element"),
  "spark.sql.legacy.nullInEmptyListBehavior": fixed("false", "nothing is in an empty list"),
  "spark.sql.legacy.parser.havingWithoutGroupByAsWhere": fixed("false", "HAVING alone makes one group"),
  "spark.sql.legacy.percentileDiscCalculation": fixed("false", "percentile_disc is that of the standard"),
  "spark.sql.legacy.scalarSubqueryCountBugBehavior": fixed("false", "a count in a subquery without rows is 0"),
  "spark.sql.legacy.setopsPrecedence.enabled": fixed("false", "INTERSECT comes before UNION and EXCEPT"),
  "spark.sql.legacy.statisticalAggregate": fixed("false", "the deviation of one value is null"),
  "spark.sql.legacy.typeCoercion.datetimeToString.enabled": fixed(
    "false",
    "texts become dates where they are compared",
  ),
  "spark.sql.mapKeyDedupPolicy": fixed("EXCEPTION", "maps have each key once"),
  "spark.sql.optimizer.decorrelateExistsSubqueryLegacyIncorrectCountHandling.enabled": fixed(
    "false",
    "a count in a subquery without rows is 0",
  ),
  "spark.sql.optimizer.decorrelateSubqueryLegacyIncorrectCountHandling.enabled": fixed(
    "false",
    "a count in a subquery without rows is 0",
  ),
  "spark.sql.parser.escapedStringLiterals": fixed("false", "a backslash in a text escapes what follows"),
  "spark.sql.parser.singleCharacterPipeOperator.enabled": fixed("true", "a bar between queries is a pipe"),
  "spark.sql.path.enabled": fixed("false", "names are looked up in the current namespace"),
};
