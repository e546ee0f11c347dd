import { setTimeout as sleep } from "node:timers/promises";
import { apiError, isRateLimit } from "./api-error";
import { type CiContext, required } from "./context";
import type { Host } from "./host";

/** Milliseconds between tries of a call that GitLab refused because of its rate, which it counts by the minute. */
const WAITS = [5_000, 15_000, 40_000] as const;

/** Returns the service of the CI system; undefined if it has no API that jobs can write to. */
export async function hostOf(context: CiContext, waits: readonly number[] = WAITS): Promise<Host | undefined> {
  const { api, repository, system } = context;
  if (api === null || repository === null) return undefined;
  const token = required(context, "FLEET_CI_TOKEN");
  const open = async (): Promise<Host> =>
    system === "gitlab"
      ? (await import("./gitlab-host")).gitlabHost(api, repository, token)
      : (await import("./github-host")).githubHost(api, repository, token, system === "github");
  return patiently(await tried(open, waits, token), waits, token);
}

/** Returns the service so that every call is tried again if it came too often, and fails with an error for people. */
function patiently(host: Host, waits: readonly number[], token: string): Host {
  const calls = Object.entries(host) as [string, (...args: unknown[]) => Promise<unknown>][];
  const patient = calls.map(([name, call]) => [name, (...args: unknown[]) => tried(() => call(...args), waits, token)]);
  return Object.fromEntries(patient) as Host;
}

async function tried<Result>(
  call: () => Promise<Result>,
  [wait, ...more]: readonly number[],
  token: string,
): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (wait === undefined || !isRateLimit(error)) throw apiError(error, token);
    await sleep(wait);
    return tried(call, more, token);
  }
}
