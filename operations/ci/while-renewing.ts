/**
 * Does work that may take hours, and renews what would expire meanwhile. One renewal runs at a time. One that fails is reported, and the
 * next one tries again, because nothing has expired yet.
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
