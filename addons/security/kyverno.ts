import { z } from "zod";
import { sameTwice } from "../../language/twice";
import { dnsLabel } from "../../language/words/kubernetes";
import { defineHelmAddon, type Values } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { type AddonRule, reportItems, reportKey, reportOption } from "../contract/rule";
import { alertRules, monitored } from "../parts/monitoring";
import { ONE_AT_A_TIME, resources, SYSTEM_TOLERATIONS, spreadOverZones } from "../parts/pods";

const options = z.strictObject({
  pod_security_standard: z
    .enum(["baseline", "restricted"])
    .nullable()
    .describe("Pod Security Standard whose policies are installed. null for your own policies only."),
  validation_failure_action: z
    .enum(["Audit", "Enforce"])
    .describe("Audit reports violations (PolicyReports). Enforce refuses them."),
  failure_policy: z
    .enum(["Ignore", "Fail"])
    .describe(
      "What the API server does while Kyverno does not answer. Ignore: accept everything. Fail: refuse everything.",
    ),
  excluded_namespaces: z
    .array(dnsLabel)
    .describe("Namespaces that Kyverno ignores, besides those of Kubernetes and of the addons."),
  exceptions_namespace: dnsLabel
    .nullable()
    .describe("The only namespace in which a PolicyException has an effect. null for none."),
});

type Options = z.output<typeof options>;

const EXCLUDED = ["options", "excluded_namespaces"] as const;
const excludedAlready = (name: string): string => `${name} is excluded already. Remove it`;

const RULES: readonly AddonRule<Options>[] = [
  ({ system_namespaces }, { excluded_namespaces }) =>
    reportItems(EXCLUDED, excluded_namespaces, [
      (name) => reportKey(system_namespaces.includes(name), [], excludedAlready(name)),
    ]),
  (_, { excluded_namespaces }) => sameTwice(EXCLUDED, excluded_namespaces, String, excludedAlready),
  (_, { pod_security_standard, validation_failure_action }) =>
    reportOption(
      pod_security_standard === null && validation_failure_action === "Enforce",
      "validation_failure_action",
      "has no effect because pod_security_standard is not set, and your own policies set their action themselves. Remove it",
    ),
];

const leftAlone = ({ system_namespaces }: AddonContext, { excluded_namespaces }: Options) => [
  ...system_namespaces,
  ...excluded_namespaces,
];

/** Returns the values of one of the chart's four controllers. */
function controller(component: string, context: AddonContext): Values {
  return {
    replicas: context.service_level.replicas,
    podDisruptionBudget: { ...ONE_AT_A_TIME, minAvailable: null }, // the chart refuses both
    topologySpreadConstraints: spreadOverZones({
      "app.kubernetes.io/instance": "kyverno",
      "app.kubernetes.io/component": component,
    }),
    serviceMonitor: { enabled: monitored(context) },
  };
}

/** Policies for what may run on the cluster. The platform itself is outside: a policy must not stop what repairs the cluster. */
export const kyverno = defineHelmAddon({
  name: "kyverno",
  summary: "Admission policies: the Pod Security Standards, audited or enforced, and your own",
  namespace: "kyverno",
  pod_security: "restricted",
  requires: [],
  after: ["coredns", "kube_prometheus_stack"],
  conflicts_with: [],
  served_ports: [9443], // its webhooks
  accepts_privileged: ({ excluded_namespaces, validation_failure_action }) =>
    validation_failure_action === "Enforce" ? excluded_namespaces : null,
  singleton: true,
  api_groups: ["kyverno.io", "policies.kyverno.io"],
  crds: "upgraded",
  wait: true, // its webhook refuses policies while it is not there
  options,
  checks: RULES,

  values: (context, given) => ({
    // The CRDs are in the chart's templates, and a job after each upgrade moves what is stored to the new version. All of the
    // chart's jobs run Kyverno's own images at the chart's version.
    crds: { install: true, migration: { enabled: true }, annotations: { "helm.sh/resource-policy": "keep" } },
    global: { priorityClassName: "system-cluster-critical", tolerations: SYSTEM_TOLERATIONS },
    webhooksCleanup: { enabled: true }, // otherwise webhooks without a server would remain
    config: {
      // The API server does not call Kyverno for these namespaces, so they work while it is down. The chart adds its own.
      webhooks: {
        namespaceSelector: {
          matchExpressions: [
            { key: "kubernetes.io/metadata.name", operator: "NotIn", values: leftAlone(context, given) },
          ],
        },
      },
    },
    features: {
      forceFailurePolicyIgnore: { enabled: given.failure_policy === "Ignore" }, // for policies of your own, too
      policyExceptions: {
        enabled: given.exceptions_namespace !== null,
        namespace: given.exceptions_namespace ?? "",
      },
    },
    admissionController: {
      ...controller("admission-controller", context),
      container: { resources: resources("100m", "512Mi") },
    },
    backgroundController: { ...controller("background-controller", context), resources: resources("50m", "256Mi") },
    cleanupController: { ...controller("cleanup-controller", context), resources: resources("20m", "256Mi") },
    reportsController: { ...controller("reports-controller", context), resources: resources("50m", "512Mi") },
    grafana: { enabled: monitored(context) },
  }),

  further_charts: [
    {
      chart: "kyverno_policies",
      order: "after",
      included: (_context, { pod_security_standard }) => pod_security_standard !== null,
      values: (context, given) => ({
        policyType: "ValidatingPolicy", // the others are deprecated
        podSecurityStandard: given.pod_security_standard,
        validationFailureAction: given.validation_failure_action,
        failurePolicy: given.failure_policy,
        vpolExclude: { excludeNamespaces: leftAlone(context, given) },
        background: true, // reports what was there before
      }),
    },
  ],

  manifests: (context) =>
    alertRules(context, "kyverno", "kyverno", [
      {
        name: "KyvernoDoesNotAnswer",
        when: 'sum by (name) (rate(apiserver_admission_webhook_rejection_count{name=~".*kyverno.*", error_type!="no_error"}[10m])) > 0 or sum by (name) (rate(apiserver_admission_webhook_fail_open_count{name=~".*kyverno.*"}[10m])) > 0',
        during: "15m", // longer than an upgrade
        summary:
          "The API server gets no answer of Kyverno, so policies are not enforced, or objects are refused: {{ $labels.name }}",
      },
    ]),
});
