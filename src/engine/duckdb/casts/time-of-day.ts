/** Casts to times of day. */
import { attempted, bySource, type CastRequest, type CastWriter } from "./cast-writer.ts";

/** SQL of the time of day so many microseconds after midnight. */
export const ofMicroseconds = (microseconds: string): string =>
  `(TIME '00:00:00' + to_microseconds((${microseconds})::BIGINT))`;

/** Digits that the type does not have are cut. */
function cut(microseconds: string, { to }: CastRequest): string {
  const digits = to.kind === "time" ? to.precision : 6;
  const step = 10 ** (6 - digits);
  return ofMicroseconds(step === 1 ? microseconds : `(${microseconds} // ${step}) * ${step}`);
}

const timeText: CastWriter = (request) =>
  attempted(request, cut(request.kernel("parse_time", [request.value]), request));

export const timeCast = bySource({
  string: timeText,
  char: timeText,
  varchar: timeText,
  time: (request) => cut(`epoch_us(${request.value})`, request),
});
