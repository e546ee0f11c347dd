import { z } from "zod";
import type { DeepReadonly } from "../../fleet/model/cluster";
import { DECISIONS, type Decision } from "./decide/decision";
import { type HeldCluster, heldCluster } from "./held";
import type { Attempt, History } from "./records/history";

const run = z.object({
  at: z.iso.datetime().describe("When it began; of a look at the health, when it was observed."),
  ended: z.iso.datetime().nullable().describe("Null if no end was recorded."),
  result: z
    .enum(["succeeded", "failed", "healthy", "unhealthy", "inconclusive", "running", "died"])
    .describe("died: the lease ended without a result."),
  by: z.string().describe("The runner, which is the address of the run where the CI system has one, or a person."),
  release: z.string(),
  detail: z.string().describe("Why it did not end well; empty if it did."),
});

/** The answer of `fleet status`. */
export const runsReport = z.object({
  version: z.literal(1).describe("Version of this format. It is raised if a property changes or disappears."),
  now: z.iso.datetime(),
  clusters: z.array(
    z.object({
      cluster: z.string(),
      wave: z.string(),
      release: z.string().describe("Release that the cluster should have."),
      decision: z.enum(DECISIONS),
      why: z.string(),
      jobs: z
        .array(z.object({ job: z.enum(["deploy", "health"]), runs: z.array(run).describe("The latest first.") }))
        .describe("The last runs of each job. Only with --ci."),
    }),
  ),
  held: z.array(heldCluster).describe("Clusters that stay on a release although their channels move on."),
});
export type RunsReport = DeepReadonly<z.output<typeof runsReport>>;
export type JobRun = DeepReadonly<z.output<typeof run>>;

/**
 * Returns each cluster with what a rollout does with it now, and with the last runs of the jobs that write records.
 *
 * @param most runs of each job; undefined for none
 */
export function runsOf(
  { decisions, held }: { readonly decisions: readonly Decision[]; readonly held: readonly HeldCluster[] },
  history: History,
  now: number,
  most: number | undefined,
): RunsReport {
  return {
    version: 1,
    now: new Date(now).toISOString(),
    clusters: decisions.map(({ cluster, decision, target, wave, why }) => ({
      ...{ cluster, wave, release: target.release, decision, why },
      jobs: most === undefined ? [] : jobsOf(history.attemptsOf(cluster), now, most),
    })),
    held: [...held],
  };
}

function jobsOf(attempts: readonly Attempt[], now: number, most: number): RunsReport["clusters"][number]["jobs"] {
  const latest = (runs: readonly JobRun[]): JobRun[] => [...runs].reverse().slice(0, most);
  return [
    { job: "deploy", runs: latest(attempts.map((attempt) => deployOf(attempt, now))) },
    { job: "health", runs: latest(attempts.flatMap(healthOf)) },
  ];
}

function deployOf({ ended, renewed, started }: Attempt, now: number): JobRun {
  const last = ended.at(-1);
  const lease = Math.max(...[started, ...renewed].map(({ lease_until }) => Date.parse(lease_until)));
  return {
    at: started.at,
    ended: last?.at ?? null,
    result: last?.result ?? (lease > now ? "running" : "died"),
    by: started.runner,
    release: started.target.release,
    detail: last?.detail ?? "",
  };
}

function healthOf({ observed, started }: Attempt): JobRun[] {
  return observed.map(({ at, by, checks, health }) => ({
    ...{ at, ended: at, result: health, by, release: started.target.release },
    detail: checks
      .filter((check) => check.health !== "healthy")
      .map(({ name, seen }) => `${name}: ${seen}`)
      .join("; "),
  }));
}
