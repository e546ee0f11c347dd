/** Milliseconds that a busy service is waited for, all in all. */
const LONGEST_WAIT = 60_000;

/** Timeout of a request in milliseconds. */
const TIMEOUT = 15_000;

/**
 * Repeats a request after the delay in the response of a busy service: 429, or 403 with a time as GitHub sends it. Slack accepts about one
 * message a second for a channel.
 */
export function patientFetch(longest = LONGEST_WAIT): typeof fetch {
  let left = longest;
  return async (input, init) => {
    for (;;) {
      // A time-out of the caller would count the waits too.
      const response = await fetch(input, { ...init, signal: AbortSignal.timeout(TIMEOUT) });
      const seconds = response.headers.get("retry-after");
      if (response.status !== 429 && !(response.status === 403 && seconds !== null)) return response;
      const number = Number(seconds ?? "1");
      const wait = Number.isFinite(number) && number >= 0 ? number * 1000 : 1000;
      if (wait > left) return response;
      left -= wait;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  };
}
