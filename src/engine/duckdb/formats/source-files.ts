import type { Leaf } from "../../../plan/resolved.ts";
import type { SourceDetails } from "./describe.ts";
import type { SourceFile } from "./format.ts";

/** The files that are read for a leaf, whoever found them. */
export const filesOf = (leaf: Leaf): readonly Pick<SourceFile, "path" | "size" | "modifiedAt">[] =>
  leaf.listed?.groups.flatMap(({ files }) => files) ?? (leaf.details as SourceDetails | undefined)?.files ?? [];
