/** What a run of the services suite lends to a service. */
export interface Workspace {
  /** A private folder of this run, removed at its end unless something failed. */
  readonly folder: string;
  /** Kept between runs: virtual environments, jars. Everything in it is keyed by versions. */
  readonly cache: string;
  /** Aborted when the run is interrupted. */
  readonly signal: AbortSignal;
  /** The names of services that are left out. */
  readonly without: ReadonlySet<string>;
  /** Tells the person who waits what is going on. */
  report(line: string): void;
}

/** Whether a service can be had on this machine; the reason is a sentence for the person who runs the suite. */
export type Availability = { readonly available: true } | { readonly available: false; readonly reason: string };

/** A service that answered its health check. */
export interface RunningService {
  /** Variables that tell the tests where the service is. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ends the service and every process it made. */
  stop(): Promise<void>;
}

/** A real service that the suite compares with; one file each, listed in `registry.ts`. */
export interface Service {
  readonly name: string;
  /** What is installed, by package name. */
  readonly versions: Readonly<Record<string, string>>;
  /** Makes what the service needs, as far as it is not in the cache yet, or says why it cannot be had. */
  available(workspace: Workspace): Promise<Availability>;
  /**
   * Starts the service and waits until it answers.
   *
   * @throws Error when it ends or stays silent; its log lies in the workspace as `<name>.log`
   */
  start(workspace: Workspace): Promise<RunningService>;
}

/** Thrown while preparing a service: it cannot be had here, which is no fault of the project. */
export class UnavailableError extends Error {
  override readonly name = "UnavailableError";
}
