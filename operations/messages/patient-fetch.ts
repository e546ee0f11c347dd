/** Milliseconds that a busy service is waited for, all in all. */
const LONGEST_WAIT = 60_000;

/** Milliseconds after which a service that does not answer is given up. */
const TIMEOUT = 15_000;

/**
 * Asks again after the time that a busy service names: by 429, or by 403 with a time as GitHub does. Slack accepts about one message a
 * second for a channel.
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
