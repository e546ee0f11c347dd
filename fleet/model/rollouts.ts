import type { z } from "zod";
import type { healthCheck } from "../schema/rollouts/health-check";
import type { rollouts } from "../schema/rollouts/rollouts";
import type { selector } from "../schema/rollouts/selector";
import type { Cluster, DeepReadonly } from "./cluster";

/** `definitions/rollouts.yaml` */
export type Rollouts = DeepReadonly<z.output<typeof rollouts>>;
export type Wave = Rollouts["waves"][number];
export type Freeze = Rollouts["freezes"][number];
export type Selector = DeepReadonly<z.output<typeof selector>>;
export type HealthCheck = DeepReadonly<z.output<typeof healthCheck>>;

/** The facts about a cluster that selectors compare. */
export type Selectable = Pick<Cluster, "meta" | "name" | "tfvars">;

const oneOf = (wanted: string | readonly string[] | undefined, value: string | undefined): boolean =>
  wanted === undefined ||
  (value !== undefined && (typeof wanted === "string" ? wanted === value : wanted.includes(value)));

/** True if all keys of a selector match a cluster. */
export function selects(selector: Selector, { meta, name, tfvars }: Selectable): boolean {
  const { account, channel, cluster, labels = {}, owner, region, tier } = selector;
  return (
    oneOf(cluster, name) &&
    oneOf(channel, meta.RELEASE_MODEL) &&
    oneOf(tier, meta.TIER) &&
    oneOf(account, meta.ACCOUNT) &&
    oneOf(region, tfvars.common.aws_region) &&
    oneOf(owner, meta.OWNER) &&
    Object.entries(labels).every(([key, values]) => oneOf(values, ownLabel(tfvars.rollout.labels, key)))
  );
}

/** Returns the value of a label; undefined if a cluster does not have it. */
export function ownLabel(labels: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

/** True if a freeze or a wave with a selector is about a cluster. */
export function isAbout({ except, select }: Pick<Freeze, "except" | "select">, cluster: Selectable): boolean {
  return (select === undefined || selects(select, cluster)) && !(except !== undefined && selects(except, cluster));
}

/** Returns the positions of the waves that select a cluster. The last wave has the rest if it selects nothing itself. */
export function wavesOf({ waves }: Pick<Rollouts, "waves">, cluster: Selectable): number[] {
  const selecting = waves.flatMap((wave, index) =>
    wave.select !== undefined && isAbout(wave, cluster) ? [index] : [],
  );
  const last = waves.length - 1;
  if (selecting.length > 0 || last < 0 || waves[last]?.select !== undefined) return selecting;
  const { except } = waves[last] ?? {};
  return except !== undefined && selects(except, cluster) ? [] : [last];
}
