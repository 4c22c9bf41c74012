/** A thread that checks ranges of files. */
import { parentPort, workerData } from "node:worker_threads";
import { checkLines } from "./check-lines.ts";
import type { Range } from "./line-chunks.ts";
import { LineKernel, type LineProgram } from "./line-kernel.ts";

/** A part of a file to check. */
export interface CheckTask {
  readonly path: string;
  readonly range: Range;
}

const kernel = new LineKernel(workerData as LineProgram);

parentPort!.on("message", ({ path, range }: CheckTask) => {
  checkLines(path, kernel, range).then(
    (checked) => parentPort!.postMessage({ checked }),
    () => parentPort!.postMessage({}),
  );
});
