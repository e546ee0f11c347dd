/**
 * Runs work that may last hours, and renews a lease or a token before it expires. Renewals do not overlap. A failed renewal is reported,
 * and the next one tries again before the expiry.
 *
 * @param every milliseconds between renewals
 */
export async function whileRenewing<Result>(
  work: () => Promise<Result>,
  renew: () => Promise<void>,
  every: number,
  onFailure: (error: unknown) => void,
): Promise<Result> {
  let renewal: Promise<void> | undefined;
  const timer = setInterval(() => {
    renewal ??= renew()
      .catch(onFailure)
      .finally(() => {
        renewal = undefined;
      });
  }, every);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await renewal;
  }
}
