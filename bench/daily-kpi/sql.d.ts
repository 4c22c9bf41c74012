/** Run once before the other statements. */
export declare const settings: readonly string[];
/** Statements that compute and write the figures, without checks. */
export declare function uncheckedStatements(data: string, out: string): readonly string[];
