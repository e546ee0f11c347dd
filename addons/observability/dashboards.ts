import type { AddonName } from "../catalogue";
import type { Manifest } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { type Dashboard, dashboardManifest } from "../parts/dashboard";
import { monitored } from "../parts/monitoring";
import { OPERATIONS } from "./dashboards-operations";
import { TRAFFIC } from "./dashboards-traffic";

/** Dashboards of addons whose charts bring none. */
export const DASHBOARDS = { ...OPERATIONS, ...TRAFFIC } as const satisfies Partial<Record<AddonName, Dashboard>>;

const OF: Readonly<Record<string, Dashboard>> = DASHBOARDS;

/** The dashboard of an addon, where there is a Grafana to show it. */
export function dashboardOf(
  addon: { readonly name: string; readonly namespace: string },
  context: AddonContext,
): readonly Manifest[] {
  const dashboard = OF[addon.name];
  return dashboard === undefined || !monitored(context) ? [] : [dashboardManifest(addon, dashboard)];
}
