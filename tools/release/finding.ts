/** What a check has found. */
export interface Finding {
  readonly check: string;
  /** `skip`: could not be looked at here, which the line says. */
  readonly result: "pass" | "fail" | "skip";
  readonly detail: string;
}

export const pass = (check: string, detail: string): Finding => ({ check, result: "pass", detail });
export const fail = (check: string, detail: string): Finding => ({ check, result: "fail", detail });
export const skip = (check: string, detail: string): Finding => ({ check, result: "skip", detail });

const marks: Record<Finding["result"], string> = { pass: "ok  ", fail: "FAIL", skip: "skip" };

export const printed = ({ check, result, detail }: Finding): string =>
  `${marks[result]}  ${check}: ${detail.trimEnd().replaceAll("\n", "\n      ")}\n`;
