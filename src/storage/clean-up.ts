/** What is to be undone at the end, the last first: an `AsyncDisposableStack`, which Node.js 22 does not have. */
export class CleanUp implements AsyncDisposable {
  readonly #steps: (() => PromiseLike<void>)[] = [];

  /** Notes something to do at the end. */
  defer(step: () => PromiseLike<void>): void {
    this.#steps.push(step);
  }

  /** Notes that something is to be disposed of at the end. */
  use(resource: AsyncDisposable): void {
    this.defer(() => resource[Symbol.asyncDispose]());
  }

  /** Does all of it, and throws the first failure when all is done. */
  async [Symbol.asyncDispose](): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.#steps.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
