import type { Manifest } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";

/** Whether the CRDs of the Prometheus operator exist, and something reads them. */
export function monitored(context: AddonContext): boolean {
  return context.enabled.has("kube_prometheus_stack");
}

export interface Alert {
  readonly name: string;
  /** PromQL; the alert fires while it returns anything. */
  readonly when: string;
  /** How long it must hold, such as `15m`. */
  readonly during: string;
  readonly summary: string;
}

/** What every rule of ours carries: where only labelled rules are read, ours are. */
export const RULE_LABELS = { prometheus: "platform" } as const;

/**
 * Alerts of the platform about itself, at the severity of the cluster's service level. Each links to the section of its name in
 * `docs/runbooks.md`; a test holds that there is one.
 */
export function alertRules(context: AddonContext, name: string, namespace: string, alerts: readonly Alert[]): Manifest {
  return {
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
}
