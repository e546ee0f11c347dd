import type { KubernetesSupport } from "../../fleet/model/cluster";
import type { KubernetesMinor } from "../../language/words/kubernetes-minor";
import type { Rollback, Support } from "./report";

const DAY = 24 * 60 * 60 * 1000;

/** Days after the end of an upgrade on which EKS rolls it back. */
const ROLLBACK_DAYS = 7;

/** Returns the days of support that are left of a version; nothing if its dates are unknown. */
export function supportOf(minor: KubernetesMinor, dates: KubernetesSupport, today: string): Support[] {
  const known = dates[minor];
  if (known === undefined) return [];
  const { extended_until, standard_until } = known;
  const [standard_days, extended_days] = [daysBetween(today, standard_until), daysBetween(today, extended_until)];
  return [{ minor, standard_until, standard_days, extended_until, extended_days }];
}

/** Facts that decide on a rollback. */
export interface RollbackFacts {
  readonly from: KubernetesMinor;
  readonly dates: KubernetesSupport;
  readonly policy: "EXTENDED" | "STANDARD";
  readonly today: string;
  /** Components that must be rolled back before the control plane. */
  readonly first: readonly string[];
}

/** Returns until when EKS can roll back an upgrade that ends today, and what must go back first. */
export function rollbackOf({ dates, first, from, policy, today }: RollbackFacts): Rollback {
  const refused = (reason: string): Rollback => ({ possible: false, reason, last_day: null, first: [] });
  const known = dates[from];
  if (known !== undefined && today > known.extended_until)
    return refused(`support of Kubernetes ${from} ended on ${known.extended_until}`);
  if (known !== undefined && today > known.standard_until && policy !== "EXTENDED")
    return refused(
      `Kubernetes ${from} is in extended support since ${known.standard_until}, which requires upgrade_policy: EXTENDED`,
    );
  const end = policy === "EXTENDED" ? known?.extended_until : known?.standard_until;
  const last_day = [dayAfter(today, ROLLBACK_DAYS), end ?? "9999"].sort()[0] ?? null;
  return { possible: true, reason: null, last_day, first };
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}
