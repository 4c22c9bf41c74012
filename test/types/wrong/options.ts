import { type DataFrame, SparkSession } from "lakewright";

declare const sales: DataFrame;
const spark = SparkSession.create();

// no file format has the option 'headr' to read (did you mean header?)
spark.read.option("headr", true);
spark.read.option("HEADER", true).option("multiLine" as string, true);
// no file format has the option 'quoteAl' to write (did you mean quote, quoteAll?)
sales.write.option("quoteAl", true);
// Object literal may only specify known properties, but 'headr' does not exist in type 'OptionsOn<"csv", "read">'. Did you mean to write 'header'?
spark.read.csv("a", { headr: true });
// Type 'number' is not assignable to type '"false" | "true" | boolean | null | undefined'.
spark.read.csv("a", { header: 1 });
// Object literal may only specify known properties, and 'rowTag' does not exist in type 'OptionsOn<"json", "read">'.
spark.read.json("a", { rowTag: "row" });
