/**
 * cdktf captures a stack trace for every token, a quarter of the whole synth time, and has no setting against it; no trace is ever
 * shown, because errors name the construct. V8's hook for it is off while a cluster is built; errors keep their own traces.
 */
export function withoutTraces<Result>(build: () => Result): Result {
  const { captureStackTrace } = Error;
  Error.captureStackTrace = () => {};
  try {
    return build();
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
}
