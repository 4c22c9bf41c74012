/** The type of spans of time: structs of a first moment and of the moment after the last. */
import { type DataType, type StructType, structField, structType } from "../types/data-type.ts";

export const timeWindowType = (moment: DataType): StructType =>
  structType([structField("start", moment), structField("end", moment)]);

/** Whether values of a type are spans of time. */
export function isTimeWindow(type: DataType): type is StructType {
  if (type.kind !== "struct") return false;
  const [start, end, ...rest] = type.fields;
  const isMoment = start?.type.kind === "timestamp" || start?.type.kind === "timestamp_ntz";
  return isMoment && start.name === "start" && end?.name === "end" && end.type.kind === start.type.kind && !rest.length;
}

/** The type of the moments of a span; that of a moment itself. */
export const momentOf = (type: DataType): DataType => (isTimeWindow(type) ? type.fields[1]!.type : type);
