/** Functions of users: code does not travel. */
import type { ExpressionDecoders, ExpressionEncoders } from "../codec.ts";
import { noPlan, noProgram, refusing } from "../refusal.ts";

export const userFunctionEncoders: ExpressionEncoders<"user function" | "user table function"> = {
  "user function": ({ name }) => {
    throw noProgram(`the function ${name}`);
  },
  "user table function": ({ name }) => {
    throw noProgram(`the table function ${name}`);
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
