/** What the main thread and the one that watches it tell each other. */

/** An action to be watched, or without a deadline one that is over. */
export interface Watched {
  readonly number: number;
  /** When its calls are to be ended, by the shared clock. */
  readonly deadline?: number;
  /** Whether Ctrl-C ends its calls. */
  readonly interrupts?: boolean;
}

/** What the watching thread did while the main one was held: it took over Ctrl-C, or ends a call. */
export type Ended = { readonly interrupted: boolean } | { readonly number: number };

/** What stacks show below the calls of an action. */
export const frameName = (number: number): string => `lakewright action ${number}`;
