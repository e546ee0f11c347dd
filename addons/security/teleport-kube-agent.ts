import { z } from "zod";
import { hostAndPort } from "../../language/words/network";
import { plainText } from "../../language/words/text";
import { defineHelmAddon } from "../contract/addon";
import { type AddonRule, reportOption, reportSwitch } from "../contract/rule";
import { monitored } from "../parts/monitoring";
import { resources, SYSTEM_TOLERATIONS, spreadOverZones } from "../parts/pods";

const options = z.strictObject({
  proxy_address: hostAndPort
    .nullable()
    .describe("Host and port of Teleport's proxy, such as teleport.example.com:443. Required."),
  enterprise: z.boolean().describe("Runs Teleport's Enterprise image, which Teleport Cloud requires."),
  labels: z
    .record(z.string().regex(/^[A-Za-z0-9_./-]+$/, "must be a label's key"), plainText)
    .describe("Labels of the cluster in Teleport, which its roles match."),
});

type Options = z.output<typeof options>;

const RULES: readonly AddonRule<Options>[] = [
  ({ teleport_secret }) =>
    reportSwitch(
      teleport_secret === null,
      "requires tfvars.common.teleport_token. Set it to the Secret in the namespace teleport that contains the join token as auth-token",
    ),
  (_, { proxy_address }) =>
    reportOption(
      proxy_address === null,
      "proxy_address",
      "is required: the address of Teleport's proxy, such as teleport.example.com:443",
    ),
];

/** People reach the cluster's API through Teleport, and no endpoint has to be public: the agent dials out. */
export const teleportKubeAgent = defineHelmAddon({
  name: "teleport_kube_agent",
  summary: "Access to the cluster's API through Teleport, without a public endpoint",
  namespace: "teleport",
  pod_security: "restricted",
  requires: [],
  after: ["coredns", "kube_prometheus_stack"],
  conflicts_with: [],
  served_ports: [],
  common_setting: "teleport_token",
  wait: false, // it starts only once its Secret is there
  options,
  checks: RULES,

  values: (context, { enterprise, labels, proxy_address }) => {
    const { replicas } = context.service_level;
    return {
      roles: "kube",
      proxyAddr: proxy_address,
      kubeClusterName: context.cluster_name,
      enterprise,
      labels,
      // The token is in a Secret that is there already; after the first start each pod has an identity of its own.
      joinTokenSecret: { create: false, name: context.teleport_secret },
      serviceAccount: { create: true, name: "teleport-kube-agent" },
      updater: { enabled: false }, // the release decides the version
      podSecurityPolicy: { enabled: false }, // Kubernetes has none since 1.25
      highAvailability: {
        replicaCount: replicas,
        // The chart's budget has no maxUnavailable.
        podDisruptionBudget: { enabled: replicas > 1, minAvailable: Math.max(replicas - 1, 1) },
      },
      topologySpreadConstraints: spreadOverZones({ app: "teleport-kube-agent" }),
      priorityClassName: "system-cluster-critical", // the way in, when something is wrong
      tolerations: SYSTEM_TOLERATIONS,
      resources: resources("50m", "256Mi"),
      podMonitor: { enabled: monitored(context) },
    };
  },
});
