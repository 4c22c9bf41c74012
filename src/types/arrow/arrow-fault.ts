import { ExecutionError } from "../../errors.ts";

/** Bytes that should be a stream of Arrow, and are not. */
export const brokenStream = (what: string): ExecutionError =>
  new ExecutionError(`the bytes are no stream of Arrow: ${what}`, {
    hint: "Send what Arrow's writers of streams give, not a file of Arrow.",
  });
