/** The patterns of text formats that name none, where patterns are those of Spark 2. */
export const legacyFormats = { date: "yyyy-MM-dd", timestamp: "yyyy-MM-dd'T'HH:mm:ss.SSSXXX" } as const;
