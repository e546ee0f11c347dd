import { z } from "zod";
import { given } from "../../language/given";
import { duration } from "../../language/words/schedules";
import { defineHelmAddon, type Manifest } from "../contract/addon";
import { alertRules, monitored } from "../parts/monitoring";
import { EVERY_NODE, OFF_FARGATE, SHORT_JOB, withoutCpuLimit } from "../parts/pods";

const options = z.strictObject({
  rotation_poll_interval: duration
    .regex(/[1-9]/, "must be longer than 0, such as 2m")
    .nullable()
    .describe(
      "How often mounted secrets are refreshed, such as 2m. null reads them once, when a pod starts. Each refresh is one call to AWS for each secret and pod.",
    ),
  sync_secrets: z
    .boolean()
    .describe(
      "Lets a SecretProviderClass also create Kubernetes Secrets (secretObjects), for environment variables. The driver may then write Secrets in every namespace.",
    ),
});

/** Monitor of the driver. The chart has none. */
const MONITOR: Manifest = {
  apiVersion: "monitoring.coreos.com/v1",
  kind: "PodMonitor",
  metadata: { name: "secrets-store-csi-driver", namespace: "secrets-store-csi-driver" },
  spec: {
    selector: { matchLabels: { app: "secrets-store-csi-driver" } },
    podMetricsEndpoints: [{ port: "metrics", path: "/metrics" }],
  },
};

/** Secrets of AWS as files of a pod, read with the pod's own role: the driver itself may read nothing. */
export const secretsStoreCsiDriver = defineHelmAddon({
  name: "secrets_store_csi_driver",
  summary: "Secrets of Secrets Manager and the Parameter Store as files of a pod, read with the pod's own role",
  namespace: "secrets-store-csi-driver",
  daemon_pods: () => 2, // the driver and the provider of AWS
  pod_security: "privileged", // it mounts into the folders of other pods
  release_notes: {
    "https://kubernetes-sigs.github.io/secrets-store-csi-driver/charts/secrets-store-csi-driver":
      "https://github.com/kubernetes-sigs/secrets-store-csi-driver/releases/tag/v", // 1.6.1
  },
  requires: [],
  after: ["coredns"],
  manifests_after: ["kube_prometheus_stack"],
  conflicts_with: [],
  served_ports: [],
  installed_also: { eks_addons: ["aws-secrets-store-csi-driver-provider"] },
  install_switches: [
    {
      installs: "secrets_store_csi_driver",
      chart: "secrets_store_csi_driver_provider_aws",
      path: ["secrets-store-csi-driver", "install"],
    },
  ],
  singleton: true,
  api_groups: ["secrets-store.csi.x-k8s.io"],
  crds: "upgraded",
  wait: false,
  needs_nodes: "mounts files on nodes",
  selects_linux: true,
  options,
  aws_services: () => ["secretsmanager", "ssm"],

  values: (_context, { rotation_poll_interval, sync_secrets }) => ({
    linux: {
      crds: { enabled: true, resources: SHORT_JOB }, // a job of the chart's, because Helm does not upgrade what is in crds/
      driver: { resources: withoutCpuLimit("50m", "200Mi") },
      registrar: { resources: withoutCpuLimit("10m", "64Mi") },
      livenessProbe: { resources: withoutCpuLimit("10m", "64Mi") },
      affinity: OFF_FARGATE,
      tolerations: EVERY_NODE,
      priorityClassName: "system-node-critical",
    },
    windows: { enabled: false }, // the provider has no image for it
    syncSecret: { enabled: sync_secrets },
    enableSecretRotation: rotation_poll_interval !== null,
    ...given({ rotationPollInterval: rotation_poll_interval }),
    // Tokens that the provider exchanges for AWS credentials: the first for IRSA, the second for Pod Identity.
    tokenRequests: [{ audience: "sts.amazonaws.com" }, { audience: "pods.eks.amazonaws.com" }],
  }),

  further_charts: [
    {
      chart: "secrets_store_csi_driver_provider_aws",
      order: "after",
      values: ({ region }) => ({
        awsRegion: region, // otherwise it would read the labels of the node
        "secrets-store-csi-driver": { install: false }, // the release above
        affinity: OFF_FARGATE,
        tolerations: EVERY_NODE,
        priorityClassName: "system-node-critical",
        resources: withoutCpuLimit("50m", "128Mi"),
      }),
    },
  ],

  manifests: (context) =>
    monitored(context)
      ? [
          MONITOR,
          ...alertRules(context, "secrets-store-csi-driver", "secrets-store-csi-driver", [
            {
              name: "SecretMountsFail",
              when: "sum by (error_type) (increase(total_node_publish_error[15m])) > 0",
              during: "15m", // a pod is tried again: one that starts at last is no alert
              summary: "Pods do not start, because secrets cannot be mounted: {{ $labels.error_type }}",
            },
          ]),
        ]
      : [],
});
