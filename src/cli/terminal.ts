/** What a terminal can show, and a file or pipe cannot. */
import { styleText } from "node:util";

/** Text in a colour, on a terminal; plain when the output is piped or NO_COLOR is set. */
export const paint = (colour: "red" | "green" | "yellow" | "cyan" | "dim" | "bold", text: string): string =>
  styleText(colour, text, { stream: process.stderr, validateStream: true });

/** Whether standard error is a terminal. */
export const isInteractive = (): boolean => process.stderr.isTTY === true;
