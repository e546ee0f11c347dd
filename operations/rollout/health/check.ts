import type { Cluster } from "../../../fleet/model/cluster";
import type { HealthCheck } from "../../../fleet/model/rollouts";
import type { Health } from "../records/record";

/** Result of one health check. */
export interface Seen {
  readonly health: Health;
  readonly seen: string;
}

/** Functions of the machine that health checks call, so that tests can replace them. */
export interface Tools {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly environment: NodeJS.ProcessEnv;
  /** Plans the cluster's stacks. */
  readonly stacks: (cluster: Cluster, signal: AbortSignal) => Promise<Seen>;
}

/** Checks a cluster once. An error counts as inconclusive. */
export type Look = (check: HealthCheck, cluster: Cluster, tools: Tools, signal: AbortSignal) => Promise<Seen>;

export const healthy = (seen: string): Seen => ({ health: "healthy", seen });
export const unhealthy = (seen: string): Seen => ({ health: "unhealthy", seen });
export const inconclusive = (seen: string): Seen => ({ health: "inconclusive", seen });

/**
 * Replaces `{cluster}`, `{slug}`, `{region}` and `{account}` in a text. Their values contain no characters that have a special meaning in
 * URLs or commands.
 */
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
