/** Milliseconds that a busy service is waited for, all in all. */
const LONGEST_WAIT = 60_000;

/** Asks again after the time that a busy service names. Slack accepts about one message a second for a channel. */
export function patientFetch(longest = LONGEST_WAIT): typeof fetch {
  let left = longest;
  return async (input, init) => {
    for (;;) {
      const response = await fetch(input, init);
      if (response.status !== 429) return response;
      const seconds = Number(response.headers.get("retry-after") ?? "1");
      const wait = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : 1000;
      if (wait > left) return response;
      left -= wait;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  };
}
