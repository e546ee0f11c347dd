import { z } from "zod";
import type { Manifest } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";

/** True if the CRDs of the Prometheus operator exist, and Prometheus reads their objects. */
export function monitored(context: AddonContext): boolean {
  return context.enabled.kube_prometheus_stack === true;
}

const alert = z
  .strictObject({
    name: z.string(),
    reason: z.string().optional().describe("Reason for the threshold or the time."),
    when: z.string().describe("PromQL. The alert fires while it returns anything."),
    during: z.string().describe("How long it must hold, such as 15m."),
    summary: z.string(),
  })
  .readonly();

/** An `.alerts.json` file. */
export const alertData = z.array(alert).readonly();

export type Alert = z.output<typeof alert>;

/** Labels of every rule: Prometheus reads them too if it reads labelled rules only. */
export const RULE_LABELS = { prometheus: "platform" } as const;

/**
 * Returns a PrometheusRule of the platform's alerts, if Prometheus runs, at the severity of the cluster's service level. Each
 * alert links to the section with its name in `docs/runbooks.md`.
 */
export function alertRules(
  context: AddonContext,
  name: string,
  namespace: string,
  alerts: readonly Alert[],
): readonly Manifest[] {
  if (!monitored(context)) return [];
  const rules: Manifest = {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name, namespace, labels: RULE_LABELS },
    spec: {
      groups: [
        {
          name,
          rules: alerts.map(({ name: alert, when, during, summary }) => ({
            alert,
            expr: when,
            for: during,
            labels: { severity: context.service_level.alert_severity },
            annotations: { summary, runbook_url: `${context.runbooks_url}#${alert.toLowerCase()}` },
          })),
        },
      ],
    },
  };
  return [rules];
}
