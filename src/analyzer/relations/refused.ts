import { UnsupportedError } from "../../errors.ts";

/** The handler of a relation that this analyzer does not know: refused by name. */
export const refused = (what: string) => (): never => {
  throw new UnsupportedError(`${what} is not supported yet`, {
    hint: "See the README for what works today.",
    parameters: { feature: what },
  });
};
