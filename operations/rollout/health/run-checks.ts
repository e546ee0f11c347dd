import type { Cluster } from "../../../fleet/model/cluster";
import type { HealthCheck } from "../../../fleet/model/rollouts";
import { withoutSecretsIn } from "../../../fleet/secrets/search";
import { visible } from "../../../language/problem";
import { milliseconds } from "../../../language/words/schedules";
import type { CheckResult, Health } from "../records/record";
import { inconclusive, type Look, type Seen, type Tools } from "./check";
import { lookAtAlerts, lookAtUrl } from "./http";
import { lookAtAddons, lookAtNodes } from "./kubernetes";
import { lookByCommand } from "./processes";

const LOOKS: Readonly<Record<HealthCheck["check"], Look>> = {
  stacks: (_, cluster, { stacks }, signal) => stacks(cluster, signal),
  nodes: lookAtNodes,
  addons: lookAtAddons,
  alerts: lookAtAlerts,
  url: lookAtUrl,
  command: lookByCommand,
};

/** Milliseconds between two looks of a check. */
const PAUSE = 10_000;
const LONGEST = 300;

/** Runs health checks of a cluster, all at the same time. */
export async function runChecks(
  cluster: Cluster,
  checks: readonly (readonly [name: string, check: HealthCheck])[],
  tools: Tools,
): Promise<{ readonly health: Health; readonly checks: readonly CheckResult[] }> {
  const results = await Promise.all(checks.map(([name, check]) => runCheck(name, check, cluster, tools)));
  return { health: worstHealth(results.map(({ health }) => health)), checks: results };
}

/** Returns unhealthy if one is, and healthy only if all are: no data is not health. */
export function worstHealth(all: readonly Health[]): Health {
  if (all.includes("unhealthy")) return "unhealthy";
  return all.length > 0 && all.every((each) => each === "healthy") ? "healthy" : "inconclusive";
}

/** Checks that are not repeated: a plan that is not empty stays so, and lasts minutes. */
const ONCE: readonly HealthCheck["check"][] = ["stacks"];

/** Looks until the cluster is healthy or the time is over. The last look counts. */
async function runCheck(name: string, check: HealthCheck, cluster: Cluster, tools: Tools): Promise<CheckResult> {
  const begin = tools.now();
  const timeout = milliseconds(check.timeout);
  const pause = Math.min(PAUSE, timeout / 10);
  let last: Seen | undefined;
  for (;;) {
    const left = begin + timeout - tools.now();
    const seen = await lookOnce(check, cluster, tools, left);
    // A check that the time-out cut short is less reliable than the one before it.
    if (seen !== undefined) last = seen;
    if (seen?.health === "healthy" || ONCE.includes(check.check) || tools.now() + pause >= begin + timeout) break;
    await tools.sleep(pause);
  }
  const { health, seen } = last ?? inconclusive(`no answer within ${check.timeout}`);
  return { name, health, seen: oneLine(seen), seconds: Math.round((tools.now() - begin) / 100) / 10 };
}

async function lookOnce(check: HealthCheck, cluster: Cluster, tools: Tools, left: number): Promise<Seen | undefined> {
  const signal = AbortSignal.timeout(Math.max(1, Math.ceil(left)));
  try {
    const seen = await LOOKS[check.check](check, cluster, tools, signal);
    return signal.aborted ? undefined : seen;
  } catch (error) {
    return signal.aborted ? undefined : inconclusive(messageOf(error));
  }
}

function messageOf(error: unknown): string {
  const { cause, message } = Object(error) as { readonly message?: string; readonly cause?: unknown };
  const { code, message: reason } = Object(cause) as { readonly code?: string; readonly message?: string };
  return [message ?? String(error), reason || code].filter(Boolean).join(": ");
}

/** Records hold one line, without secrets and without characters that a terminal obeys. */
function oneLine(text: string): string {
  const line = visible(withoutSecretsIn(text).replace(/\s+/g, " ").trim());
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}...` : line;
}
