/** Where nodes are from: the method and the place of a call, which servers tell in errors. */
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Origin } from "../plan/node.ts";
import type { Origin as OriginMessage, OriginSchema } from "./generated/spark/connect/common_pb.ts";

/** The origin of a node; SQL text is its own, and sends none. */
export function encodeOrigin(origin: Origin | undefined): MessageInitShape<typeof OriginSchema> | undefined {
  if (origin?.from !== "call") return undefined;
  const callSite = `${origin.file}:${origin.line}:${origin.column}`;
  return { function: { case: "pythonOrigin", value: { fragment: origin.method, callSite } } };
}

/** The origin that a message tells, as far as it is a call. */
export function decodeOrigin(message: OriginMessage | undefined): Origin | undefined {
  if (message?.function.case !== "pythonOrigin") return undefined;
  const { fragment: method, callSite } = message.function.value;
  const [, file = callSite, line = "0", column = "0"] = /^(.*?):(\d+)(?::(\d+))?$/.exec(callSite) ?? [];
  return { from: "call", method, file, line: Number(line), column: Number(column) };
}
