import { whileRenewing } from "../../../operations/ci/while-renewing";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const minutes = (count: number): number => count * 60_000;
const lasting = (count: number) => () => new Promise<string>((resolve) => setTimeout(resolve, minutes(count), "done"));

test("work of 32 minutes renews its lease three times, and nothing afterwards", async () => {
  let renewals = 0;
  const renew = async (): Promise<void> => {
    renewals += 1;
  };
  const ended = whileRenewing(lasting(32), renew, minutes(10), () => {});
  await jest.advanceTimersByTimeAsync(minutes(60));

  expect([await ended, renewals]).toEqual(["done", 3]);
});

test("a renewal that fails stops nothing, and is tried again", async () => {
  const failures: unknown[] = [];
  const renew = (): Promise<void> => Promise.reject(new Error("no network"));
  const ended = whileRenewing(lasting(25), renew, minutes(10), (error) => failures.push(error));
  await jest.advanceTimersByTimeAsync(minutes(30));

  expect([await ended, failures.length]).toEqual(["done", 2]);
});

test("a slow renewal is not started a second time, and is waited for", async () => {
  const events: string[] = [];
  const renew = async (): Promise<void> => {
    events.push("begins");
    await new Promise((resolve) => setTimeout(resolve, minutes(25)));
    events.push("ends");
  };
  const ended = whileRenewing(lasting(30), renew, minutes(10), () => {}).then(() => events.push("work ended"));
  await jest.advanceTimersByTimeAsync(minutes(60));
  await ended;

  expect(events).toEqual(["begins", "ends", "work ended"]);
});

test("work that fails renews nothing more", async () => {
  let renewals = 0;
  const failing = (): Promise<never> => Promise.reject(new Error("failed"));
  await expect(
    whileRenewing(
      failing,
      async () => {
        renewals += 1;
      },
      minutes(1),
      () => {},
    ),
  ).rejects.toThrow("failed");
  await jest.advanceTimersByTimeAsync(minutes(10));

  expect(renewals).toBe(0);
});
