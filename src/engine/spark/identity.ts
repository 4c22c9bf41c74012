/** Who asks: what each request says of its session. */
import type { SparkAddress } from "./connection-string.ts";

/** What all requests have in common. */
export interface Identity {
  readonly sessionId: string;
  readonly userContext: { readonly userId: string; readonly userName: string };
  readonly clientType: string;
}

/** The identity of a new session, or of the one that the address names. */
export function identityOf({ sessionId, userId = "", userAgent }: SparkAddress): Identity {
  return {
    sessionId: sessionId ?? crypto.randomUUID(),
    userContext: { userId, userName: userId },
    clientType: userAgent === undefined ? "lakewright" : `${userAgent} lakewright`,
  };
}
