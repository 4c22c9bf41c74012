/** Progress: a bar on a terminal, plain lines elsewhere; always on standard error. */
import { isInteractive, paint } from "./terminal.ts";

const width = 24;

/** What a job's progress is drawn by. */
export interface ProgressDisplay {
  step(step: string, share?: number): void;
  /** Writes a line without disturbing the bar. */
  line(text: string): void;
  done(): void;
}

export const progressDisplay = (): ProgressDisplay => (isInteractive() ? new Bar() : new Lines());

class Lines implements ProgressDisplay {
  #last = "";

  step(step: string): void {
    if (step === this.#last) return;
    this.#last = step;
    process.stderr.write(`${step}\n`);
  }

  line(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  done(): void {}
}

class Bar implements ProgressDisplay {
  #started = performance.now();
  #step = "";
  #shown = false;

  step(step: string, share?: number): void {
    if (step !== this.#step) {
      this.#step = step;
      this.#started = performance.now();
    }
    this.#clear();
    process.stderr.write(
      share === undefined ? paint("dim", step) : `${this.#bar(share)} ${step}${this.#remaining(share)}`,
    );
    this.#shown = true;
  }

  line(text: string): void {
    this.#clear();
    process.stderr.write(`${text}\n`);
  }

  done(): void {
    this.#clear();
  }

  #bar(share: number): string {
    const filled = Math.round(Math.min(1, Math.max(0, share)) * width);
    return `${paint("green", "█".repeat(filled))}${paint("dim", "░".repeat(width - filled))} ${String(Math.round(share * 100)).padStart(3)} %`;
  }

  #remaining(share: number): string {
    const seconds = (performance.now() - this.#started) / 1000;
    if (share <= 0.02 || seconds < 1) return "";
    return paint("dim", ` ${Math.ceil((seconds / share) * (1 - share))} s left`);
  }

  #clear(): void {
    if (this.#shown) process.stderr.write("\r\u001b[2K");
    this.#shown = false;
  }
}
