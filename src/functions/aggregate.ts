/**
 * Functions of the rows of a group. All but the counts and the collections skip nulls and are null for a group without
 * values. Examples are over the rows `(word, n)`: `('a', 1), ('b', 2), ('b', 2), (null, null)`.
 */
import { aggregate, distinctAggregate, synonym } from "./define.ts";

/**
 * Any value of the group.
 *
 * @param value - what to take
 * @param ignoreNulls - whether to pass over nulls, false when left out
 * @example anyValue("n", true).isNotNull() // true
 */
export const anyValue = aggregate("any_value(value: any, ignoreNulls?: flag): first nullable", {
  deterministic: false,
});

/**
 * About how many different values there are.
 *
 * @param value - what to count
 * @param error - the standard deviation allowed, 0.05 when left out
 * @example approxCountDistinct("n") // 2
 */
export const approxCountDistinct = aggregate(
  "approx_count_distinct(value: any, error?: writtenFraction): bigint not null",
);

/**
 * A value of the group below which about a fraction of the values lies; an array of them for an array of fractions.
 *
 * @param value - a number, a date, a timestamp or an interval
 * @param percentage - a fraction from 0 to 1, or an array of them
 * @param accuracy - how exact: the error is 1/accuracy, 10000 when left out
 * @example percentileApprox("n", 0.5) // 2
 */
export const percentileApprox = aggregate(
  "percentile_approx(value: measurable, percentage: percentage, accuracy?: integral): approximatePercentile nullable",
);

/**
 * A value of the group below which about a fraction of the values lies; another name of `percentileApprox`.
 *
 * @example approxPercentile("n", 0.1) // 1
 */
export const approxPercentile = synonym(
  "approx_percentile(value: measurable, percentage: percentage, accuracy?: integral): approximatePercentile nullable",
  percentileApprox,
);

/**
 * The mean of the values.
 *
 * @param value - a number or an interval
 * @example avg("n") // 1.6666666666666667
 */
export const avg = aggregate("avg(value: summable): average nullable");

/**
 * The mean of the values; another name of `avg`, which columns made of it have too.
 *
 * @example mean("n") // 1.6666666666666667
 */
export const mean = synonym("mean(value: summable): average nullable", avg, () => "avg");

/**
 * The bits that all values have.
 *
 * @example bitAnd("n") // 0
 */
export const bitAnd = aggregate("bit_and(value: integral): first nullable");

/**
 * The bits that any value has.
 *
 * @example bitOr("n") // 3
 */
export const bitOr = aggregate("bit_or(value: integral): first nullable");

/**
 * The bits that an odd number of values has.
 *
 * @example bitXor("n") // 1
 */
export const bitXor = aggregate("bit_xor(value: integral): first nullable");

/**
 * Whether all values are true.
 *
 * @example boolAnd(col("n").gt(0)) // true
 */
export const boolAnd = aggregate("bool_and(value: boolean): boolean nullable");

/**
 * Whether all values are true; another name of `boolAnd`.
 *
 * @example every(col("n").gt(1)) // false
 */
export const every = synonym("every(value: boolean): boolean nullable", boolAnd);

/**
 * Whether any value is true.
 *
 * @example boolOr(col("n").gt(1)) // true
 */
export const boolOr = aggregate("bool_or(value: boolean): boolean nullable", { aliases: ["any"] });

/**
 * Whether any value is true; another name of `boolOr`.
 *
 * @example some(col("n").gt(2)) // false
 */
export const some = synonym("some(value: boolean): boolean nullable", boolOr);

/**
 * The values that are not null, in no particular order.
 *
 * @example sortArray(collectList("n")) // [1, 2, 2]
 */
export const collectList = aggregate("collect_list(value: any): arrayOfFirst not null", { deterministic: false });

/**
 * The values that are not null, in no particular order; another name of `collectList`.
 *
 * @example sortArray(arrayAgg("word")) // [a, b, b]
 */
export const arrayAgg = synonym("array_agg(value: any): arrayOfFirst not null", collectList);

/**
 * The different values that are not null, in no particular order.
 *
 * @example sortArray(collectSet("n")) // [1, 2]
 */
export const collectSet = aggregate("collect_set(value: distinguishable): arrayOfFirst not null", {
  deterministic: false,
});

/**
 * The correlation of two columns, -1 to 1.
 *
 * @example corr("n", "n") // 1.0
 */
export const corr = aggregate("corr(left: double, right: double): double nullable");

/**
 * The number of rows in which no argument is null; `count("*")` counts all rows.
 *
 * @param values - what must not be null
 * @example count("n") // 3
 */
export const count = aggregate("count(value: any, ...more: any): bigint not null");

/**
 * The number of different values, or rows of values, without nulls.
 *
 * @param values - one or more columns
 * @example countDistinct("word") // 2
 */
export const countDistinct = distinctAggregate("count(value: any, ...more: any): bigint not null");

/**
 * The number of rows in which a condition is true.
 *
 * @example countIf(col("n").gt(1)) // 2
 */
export const countIf = aggregate("count_if(condition: boolean): bigint not null");

/**
 * The covariance of two columns that hold a whole population.
 *
 * @example round(covarPop("n", "n"), 4) // 0.2222
 */
export const covarPop = aggregate("covar_pop(left: double, right: double): double nullable");

/**
 * The covariance of two columns that hold a sample.
 *
 * @example round(covarSamp("n", "n"), 4) // 0.3333
 */
export const covarSamp = aggregate("covar_samp(left: double, right: double): double nullable");

/**
 * The first value of the group, in whatever order its rows come.
 *
 * @param value - what to take
 * @param ignoreNulls - whether to pass over nulls, false when left out
 * @example first("n", true).isNotNull() // true
 */
export const first = aggregate("first(value: any, ignoreNulls?: flag): first nullable", {
  deterministic: false,
});

/**
 * The first value of the group or window; another name of `first`.
 *
 * @example firstValue("n").over(Window.orderBy(col("n").desc())) // 2, 2, 2, 2
 */
export const firstValue = synonym("first_value(value: any, ignoreNulls?: flag): first nullable", first);

/**
 * Whether a column of a grouping set is aggregated away, 1, or not, 0.
 *
 * @param column - a column of the grouping
 */
export const grouping = aggregate("grouping(column: any): tinyint not null");

/**
 * A number whose bits say which grouping columns are aggregated away.
 *
 * @param columns - the columns of the grouping; all of them when left out
 */
export const groupingId = aggregate("grouping_id(...columns: any): bigint not null");

/**
 * How heavy the tails of the values' distribution are.
 *
 * @example round(kurtosis("n"), 4) // -1.5
 */
export const kurtosis = aggregate("kurtosis(value: double): double nullable");

/**
 * The last value of the group, in whatever order its rows come.
 *
 * @param value - what to take
 * @param ignoreNulls - whether to pass over nulls, false when left out
 * @example last("n", true).isNotNull() // true
 */
export const last = aggregate("last(value: any, ignoreNulls?: flag): first nullable", {
  deterministic: false,
});

/**
 * The last value of the group or window; another name of `last`.
 *
 * @example lastValue("n").over(Window.orderBy("n")) // NULL, 1, 2, 2
 */
export const lastValue = synonym("last_value(value: any, ignoreNulls?: flag): first nullable", last);

/**
 * The texts one after the other.
 *
 * @param text - what to join
 * @param delimiter - what to put between them, nothing when left out
 * @example length(listagg("word", ", ")) // 7
 */
export const listagg = aggregate("listagg(text: sameText, delimiter?: value sameText): first nullable", {
  deterministic: false,
});

/**
 * The texts one after the other; another name of `listagg`.
 *
 * @example length(stringAgg("word")) // 3
 */
export const stringAgg = synonym("string_agg(text: sameText, delimiter?: value sameText): first nullable", listagg);

/**
 * The greatest value.
 *
 * @example max("n") // 2
 */
export const max = aggregate("max(value: orderable): first nullable");

/**
 * The value of the row in which another is greatest; with a count, an array of so many values.
 *
 * @param value - what to give
 * @param order - what to compare
 * @param count - how many values
 * @example maxBy("word", "n") // b
 */
export const maxBy = aggregate("max_by(value: any, order: orderable, count?: constantInt): firstOrSeveral nullable");

/**
 * The value in the middle.
 *
 * @param value - a number or an interval
 * @example median("n") // 2.0
 */
export const median = aggregate("median(value: numericOrInterval): percentile nullable");

/**
 * The least value.
 *
 * @example min("n") // 1
 */
export const min = aggregate("min(value: orderable): first nullable");

/**
 * The value of the row in which another is least; with a count, an array of so many values.
 *
 * @param value - what to give
 * @param order - what to compare
 * @param count - how many values
 * @example minBy("word", "n") // a
 */
export const minBy = aggregate("min_by(value: any, order: orderable, count?: constantInt): firstOrSeveral nullable");

/**
 * The most frequent value; of several equally frequent ones any, or with `deterministic` the least.
 *
 * @param value - what to count
 * @param deterministic - false when left out
 * @example mode("n") // 2
 */
export const mode = aggregate("mode(value: any, deterministic?: onlyConstantBoolean): first nullable");

/**
 * The value below which a fraction of the values lies, between two values where it must; an array of them for an array of
 * fractions.
 *
 * @param value - a number or an interval
 * @param percentage - a fraction from 0 to 1, or an array of them
 * @param frequency - how often each value counts, once when left out
 * @example percentile("n", 0.25) // 1.5
 */
export const percentile = aggregate(
  "percentile(value: numericOrInterval, percentage: percentage, frequency?: integral): percentile nullable",
);

/**
 * The product of the values.
 *
 * @example product("n") // 4.0
 */
export const product = aggregate("product(value: double): double nullable");

/**
 * The mean of the second argument over the rows in which neither is null.
 *
 * @param y - the dependent variable
 * @param x - the independent variable
 * @example round(regrAvgx("n", "n"), 4) // 1.6667
 */
export const regrAvgx = aggregate("regr_avgx(y: numeric, x: numeric): averageOfSecond nullable");

/**
 * The mean of the first argument over the rows in which neither is null.
 *
 * @example round(regrAvgy("n", "n"), 4) // 1.6667
 */
export const regrAvgy = aggregate("regr_avgy(y: numeric, x: numeric): average nullable");

/**
 * The number of rows in which neither argument is null.
 *
 * @example regrCount("n", "n") // 3
 */
export const regrCount = aggregate("regr_count(y: numeric, x: numeric): bigint not null");

/**
 * Where the regression line meets the y axis.
 *
 * @example round(regrIntercept("n", "n"), 4) // 0.0
 */
export const regrIntercept = aggregate("regr_intercept(y: double, x: double): double nullable");

/**
 * The coefficient of determination of the regression line.
 *
 * @example regrR2("n", "n") // 1.0
 */
export const regrR2 = aggregate("regr_r2(y: double, x: double): double nullable");

/**
 * The slope of the regression line.
 *
 * @example round(regrSlope("n", "n"), 4) // 1.0
 */
export const regrSlope = aggregate("regr_slope(y: double, x: double): double nullable");

/**
 * The sum of squares of x about its mean.
 *
 * @example round(regrSxx("n", "n"), 4) // 0.6667
 */
export const regrSxx = aggregate("regr_sxx(y: double, x: double): double nullable");

/**
 * The sum of products of y and x about their means.
 *
 * @example round(regrSxy("n", "n"), 4) // 0.6667
 */
export const regrSxy = aggregate("regr_sxy(y: double, x: double): double nullable");

/**
 * The sum of squares of y about its mean.
 *
 * @example round(regrSyy("n", "n"), 4) // 0.6667
 */
export const regrSyy = aggregate("regr_syy(y: double, x: double): double nullable");

/**
 * How much the values' distribution leans to one side.
 *
 * @example round(skewness("n"), 4) // -0.7071
 */
export const skewness = aggregate("skewness(value: double): double nullable");

/**
 * The standard deviation of a sample.
 *
 * @example round(stddev("n"), 4) // 0.5774
 */
export const stddev = aggregate("stddev(value: double): double nullable");

/**
 * The standard deviation of a sample; another name of `stddev`.
 *
 * @example round(std("n"), 4) // 0.5774
 */
export const std = synonym("std(value: double): double nullable", stddev);

/**
 * The standard deviation of a sample; another name of `stddev`.
 *
 * @example round(stddevSamp("n"), 4) // 0.5774
 */
export const stddevSamp = synonym("stddev_samp(value: double): double nullable", stddev);

/**
 * The standard deviation of a whole population.
 *
 * @example round(stddevPop("n"), 4) // 0.4714
 */
export const stddevPop = aggregate("stddev_pop(value: double): double nullable");

/**
 * The sum of the values; fails on overflow.
 *
 * @param value - a number or an interval
 * @example sum("n") // 5
 */
export const sum = aggregate("sum(value: summable): total nullable");

/**
 * The sum of the different values; fails on overflow.
 *
 * @param value - a number or an interval
 * @example sumDistinct("n") // 3
 */
export const sumDistinct = distinctAggregate("sum(value: summable): total nullable");

/**
 * The mean of the values, or null where it overflows.
 *
 * @example tryAvg("n") // 1.6666666666666667
 */
export const tryAvg = aggregate("try_avg(value: summable): average nullable");

/**
 * The sum of the values, or null where it overflows.
 *
 * @example trySum("n") // 5
 */
export const trySum = aggregate("try_sum(value: summable): total nullable");

/**
 * The variance of a whole population.
 *
 * @example round(varPop("n"), 4) // 0.2222
 */
export const varPop = aggregate("var_pop(value: double): double nullable");

/**
 * The variance of a sample.
 *
 * @example round(variance("n"), 4) // 0.3333
 */
export const variance = aggregate("variance(value: double): double nullable");

/**
 * The variance of a sample; another name of `variance`.
 *
 * @example round(varSamp("n"), 4) // 0.3333
 */
export const varSamp = synonym("var_samp(value: double): double nullable", variance);
