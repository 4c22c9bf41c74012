/** Functions of users: code does not travel. */
import type { ExpressionDecoders, ExpressionEncoders } from "../codec.ts";
import { noMessage, noPlan, refusing } from "../refusal.ts";

const instead = "Use Spark's own functions or SQL text, or run the program on the embedded engine.";

export const userFunctionEncoders: ExpressionEncoders<"user function" | "user table function"> = {
  "user function": ({ name }) => {
    throw noMessage(`a function of TypeScript (${name})`, instead);
  },
  "user table function": ({ name }) => {
    throw noMessage(`a table function of TypeScript (${name})`, instead);
  },
};

const languages = { pythonUdf: "Python", scalarScalaUdf: "Scala", javaUdf: "Java" } as const;

type Case = "commonInlineUserDefinedFunction" | "typedAggregateExpression" | "extension";

export const userFunctionDecoders: ExpressionDecoders<Case> = {
  commonInlineUserDefinedFunction: ({ functionName, function: { case: language } }) => {
    throw noPlan(
      `The user-defined function ${functionName} in ${language === undefined ? "no language" : languages[language]}`,
      "Use Spark's own functions or SQL text.",
    );
  },
  typedAggregateExpression: refusing(() => noPlan("A typed aggregate of Scala", "Use Spark's own aggregates.")),
  extension: ({ typeUrl }) => {
    throw noPlan(`The extension ${typeUrl} in an expression`, "Leave it out.");
  },
};
