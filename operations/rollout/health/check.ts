import type { Cluster } from "../../../fleet/model/cluster";
import type { HealthCheck } from "../../../fleet/model/rollouts";
import type { Health } from "../records/record";

/** What one look at a cluster saw. */
export interface Seen {
  readonly health: Health;
  readonly seen: string;
}

/** What health checks use of the machine, so that tests can replace it. */
export interface Tools {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly environment: NodeJS.ProcessEnv;
  /** Plans the cluster's stacks. */
  readonly stacks: (cluster: Cluster, signal: AbortSignal) => Promise<Seen>;
}

/** Looks at a cluster once. What it throws is inconclusive. */
export type Look = (check: HealthCheck, cluster: Cluster, tools: Tools, signal: AbortSignal) => Promise<Seen>;

export const healthy = (seen: string): Seen => ({ health: "healthy", seen });
export const unhealthy = (seen: string): Seen => ({ health: "unhealthy", seen });
export const inconclusive = (seen: string): Seen => ({ health: "inconclusive", seen });

/** Replaces `{cluster}`, `{slug}`, `{region}` and `{account}` in a text. None of them contains anything that a URL or a program would read otherwise. */
export function filled(text: string, { account, name, slug, tfvars }: Cluster): string {
  const values: Readonly<Record<string, string>> = {
    cluster: name,
    slug,
    region: tfvars.common.aws_region,
    account: account.id,
  };
  return text.replace(/\{([a-z]+)\}/g, (whole, word: string) =>
    Object.hasOwn(values, word) ? (values[word] ?? whole) : whole,
  );
}
