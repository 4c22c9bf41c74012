import { avro } from "./avro.ts";
import { delta } from "./delta.ts";
import type { Service } from "./service.ts";
import { spark } from "./spark.ts";

/** Every service of the suite, in the order in which they are started. */
export const services: readonly Service[] = [delta, avro, spark];
