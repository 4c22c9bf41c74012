/** Every expression of the plan, and every expression message: what is missing here does not compile. */
import type { ExpressionKind } from "../../plan/expression.ts";
import type { ExpressionCase, ExpressionDecoders, ExpressionEncoders } from "../codec.ts";
import { callDecoders, callEncoders } from "./calls.ts";
import { columnDecoders, columnEncoders } from "./columns.ts";
import { queryDecoders, queryEncoders } from "./queries.ts";
import { userFunctionDecoders, userFunctionEncoders } from "./user-functions.ts";

export const expressionEncoders = {
  ...columnEncoders,
  ...callEncoders,
  ...queryEncoders,
  ...userFunctionEncoders,
} satisfies ExpressionEncoders<ExpressionKind>;

export const expressionDecoders = {
  ...columnDecoders,
  ...callDecoders,
  ...queryDecoders,
  ...userFunctionDecoders,
} satisfies ExpressionDecoders<ExpressionCase>;
