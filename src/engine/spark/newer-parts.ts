/** What Spark Connect got after 4.0, so that an older server is not asked for what it would misread. */
import type { Plan } from "../../connect/generated/spark/connect/base_pb.ts";

/** A part of a plan and the version that it came with. */
export interface NewerPart {
  readonly what: string;
  readonly since: string;
}

/** By the names of messages. */
const messages: Readonly<Record<string, NewerPart>> = {
  "spark.connect.ChunkedCachedLocalRelation": { what: "Rows sent in chunks", since: "4.1" },
  "spark.connect.Expression.DirectShufflePartitionID": { what: "repartitionById", since: "4.1" },
  "spark.connect.DataType.Time": { what: "The type TIME", since: "4.1" },
  "spark.connect.Expression.Literal.Time": { what: "The type TIME", since: "4.1" },
  "spark.connect.DataType.Geometry": { what: "The type GEOMETRY", since: "4.1" },
  "spark.connect.DataType.Geography": { what: "The type GEOGRAPHY", since: "4.1" },
  "spark.connect.RelationChanges": { what: "The changes of a table", since: "4.2" },
  "spark.connect.NearestByJoin": { what: "A nearest-by join", since: "4.2" },
};

/** The newest part of a plan; undefined where a server of 4.0 knows all of it. */
export function newestPart(plan: Plan): NewerPart | undefined {
  let newest: NewerPart | undefined;
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return;
    const part = "$typeName" in value ? messages[String(value.$typeName)] : undefined;
    if (part !== undefined && (newest === undefined || newest.since < part.since)) newest = part;
    for (const child of Object.values(value)) visit(child);
  };
  visit(plan);
  return newest;
}

/** Whether a server is older than a version; servers whose versions are not Spark's are taken to be new enough. */
export function isOlder(server: string, since: string): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)(?:\.|$)/.exec(server) ?? [];
  if (major === undefined) return false;
  const [wantedMajor, wantedMinor] = since.split(".").map(Number) as [number, number];
  return Number(major) < wantedMajor || (Number(major) === wantedMajor && Number(minor) < wantedMinor);
}
