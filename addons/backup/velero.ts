import { z } from "zod";
import { kmsKeyArn } from "../../language/words/arns";
import { dnsLabel } from "../../language/words/kubernetes";
import { bucketName } from "../../language/words/s3";
import { cron, longestPause, shortestPause } from "../../language/words/schedules";
import { defineHelmAddon, type Manifest } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { dashboardData } from "../contract/dashboard";
import { reportOption, reportSwitch } from "../contract/rule";
import { createdBucketName } from "../parts/bucket";
import { kubectlImage, removedFirst, requiresKubectl } from "../parts/kubectl";
import { alertRules, monitored } from "../parts/monitoring";
import { EVERY_LINUX_NODE, RESTRICTED_CONTAINER, resources, restrictedPod, SYSTEM_TOLERATIONS } from "../parts/pods";
import dashboard from "./velero.dashboard.json";
import { backupAlerts } from "./velero-alerts";
import { veleroPermissions } from "./velero-permissions";
import { restoreDrill } from "./velero-restore-drill";
import { otherLocations, ownBucket, restoreFrom, restorePermissions } from "./velero-restore-from";
import { drillOf, SCHEDULE, scheduleOf, schedules } from "./velero-schedules";

const namespaces = z.array(z.union([dnsLabel, z.literal("*")]));

const options = z.strictObject({
  bucket: z
    .strictObject({
      name: bucketName.describe("Name of the bucket."),
      kms_key_arn: kmsKeyArn
        .nullable()
        .describe("KMS key that encrypts the bucket. null if the bucket has no key of its own."),
    })
    .nullable()
    .describe("Existing bucket for the backups. Only this cluster may write to it. null creates a bucket."),
  schedule: cron.nullable().describe("Schedule of backups, as cron in UTC. null uses the service level's."),
  retention_days: z.int().min(1).nullable().describe("Days that a backup is kept. null uses the service level's."),
  included_namespaces: namespaces
    .min(1)
    .meta({ examples: [["search"]] })
    .describe("Namespaces to back up. `*` means all."),
  excluded_namespaces: namespaces.meta({ examples: [["scratch"]] }).describe("Namespaces not to back up."),
  volumes: z
    .enum(["ebs_snapshots", "files", "none"])
    .describe(
      "How to back up volumes. ebs_snapshots: a snapshot of each EBS volume. files: a copy of the files of every volume in the bucket (also EFS; slower). none: no data of volumes.",
    ),
  volume_key_arns: z
    .array(kmsKeyArn)
    .describe("Your own KMS keys that encrypt volumes. Snapshots of these volumes cannot be restored without them."),
  restore_drill_schedule: cron
    .nullable()
    .describe(
      "Schedule of a restore drill, as cron in UTC. A Job restores a marker namespace from the newest backup beside the real one, checks it and removes it. null runs no drill.",
    ),
  restore_from: restoreFrom,
});

export type VeleroOptions = z.output<typeof options>;

/** The plugin for S3 and EBS that Velero 1.18 requires, according to Velero's upgrade guide. */
const AWS_PLUGIN = "docker.io/velero/velero-plugin-for-aws:v1.14.0";

const DAY = 24; // hours

/** A backup of an empty cluster takes minutes. */
const LEAST_PAUSE = 15 * 60_000;

/** Kinds on which Velero 1.18 keeps finalizers: Restores always, the others while they run. */
const KINDS_WITH_FINALIZERS = ["restores", "podvolumebackups", "podvolumerestores", "datauploads", "datadownloads"];

/** Backups of what the cluster's API holds, and of its volumes, in a bucket of the cluster's own. */
export const velero = defineHelmAddon({
  name: "velero",
  summary: "Scheduled backups of the cluster's objects and volumes to S3, and a restore drill",
  namespace: "velero",
  daemon_pods: ({ volumes }) => (volumes === "files" ? 1 : 0),
  pod_security: "privileged", // the agent that copies files mounts every pod's volumes from the host
  release_notes: {
    "https://vmware-tanzu.github.io/helm-charts/velero":
      "https://github.com/vmware-tanzu/helm-charts/releases/tag/velero-", // 11.3.2
  },
  requires: [],
  // Restored volumes need their driver, and its monitor the CRDs of Prometheus.
  after: ["coredns", "aws_ebs_csi_driver", "kube_prometheus_stack"],
  conflicts_with: [],
  workloads: [
    { containers: ["resources"] },
    { containers: ["nodeAgent.resources"], pods: "node", if: "deployNodeAgent" },
  ],
  served_ports: [],
  dashboard: dashboardData.parse(dashboard),
  singleton: true,
  api_groups: ["velero.io"],
  crds: "upgraded",
  wait: false,
  options,
  service_account: "velero",
  permissions: (context, given) => [
    ...veleroPermissions(context, given),
    ...restorePermissions(context, given.restore_from, given.volumes === "ebs_snapshots"),
  ],
  bucket: (_context, { bucket }) => ({ existing: bucket, expire_days: null }), // Velero deletes expired backups itself

  checks: [
    ({ tier }, { schedule }) =>
      reportSwitch(
        tier === "development" && schedule === null,
        "backs up a cluster of tier development, which can be recreated. Set velero_enabled: false, or set options.schedule",
        "warning",
      ),
    (_, { retention_days, schedule }) => {
      const pause = schedule === null ? 0 : longestPause(schedule);
      const kept = (retention_days ?? Number.POSITIVE_INFINITY) * DAY;
      return reportOption(
        kept < pause,
        "retention_days",
        `keeps a backup for ${kept} hours, but schedule waits up to ${pause} hours for the next, so at times there is none. Raise it, or back up more often`,
      );
    },
    (_, { schedule }) => {
      const pause = schedule === null ? undefined : shortestPause(schedule);
      const wrong = pause !== undefined && pause < LEAST_PAUSE;
      const message = `starts a backup every ${(pause ?? 0) / 60_000} minutes, and Velero runs one after the other. Leave at least 15 minutes`;
      return reportOption(wrong, "schedule", message).map((found) => ({ ...found, severity: "warning" }));
    },
    (_, { excluded_namespaces, included_namespaces }) =>
      reportOption(
        excluded_namespaces.includes("*") || included_namespaces.every((each) => excluded_namespaces.includes(each)),
        "excluded_namespaces",
        "excludes every namespace that included_namespaces lists, so backups are empty. Remove some of them",
      ),
    (_, { volume_key_arns, volumes }) =>
      reportOption(
        volumes !== "ebs_snapshots" && volume_key_arns.length > 0,
        "volume_key_arns",
        `has no effect because volumes is ${volumes}. Remove it, or set volumes: ebs_snapshots`,
      ),
    requiresKubectl,
    ownBucket,
    ({ auto_mode_only, enabled }, { volumes }) =>
      reportOption(
        volumes === "ebs_snapshots" && !enabled.aws_ebs_csi_driver,
        "volumes",
        auto_mode_only
          ? "ebs_snapshots requires volumes with the tag of the EBS driver, which Auto Mode does not set. Set files or none"
          : "ebs_snapshots requires aws_ebs_csi_driver. Set aws_ebs_csi_driver_enabled: true, or set this to files or none",
      ),
  ],

  values: (context, given) => {
    const { cluster_name, region, service_level } = context;
    const files = given.volumes === "files";
    const ttl = `${(given.retention_days ?? service_level.backup_retention_days) * DAY}h0m0s`;
    return {
      initContainers: [
        {
          name: "velero-plugin-for-aws",
          image: AWS_PLUGIN,
          imagePullPolicy: "IfNotPresent",
          volumeMounts: [{ mountPath: "/target", name: "plugins" }],
          securityContext: RESTRICTED_CONTAINER,
          resources: resources("10m", "64Mi"),
        },
      ],
      credentials: { useSecret: false }, // Pod Identity
      serviceAccount: { server: { name: "velero" } },
      upgradeCRDs: true, // a hook before each release: Helm alone never upgrades CRDs
      cleanUpCRDs: false, // deleting them would delete every backup's record
      configuration: {
        backupStorageLocation: [
          {
            name: "default",
            provider: "aws",
            bucket: given.bucket?.name ?? createdBucketName(context, "velero"),
            default: true,
            config: { region },
          },
          ...otherLocations(context, given.restore_from),
        ],
        volumeSnapshotLocation: [{ name: "default", provider: "aws", config: { region } }],
        uploaderType: "kopia",
        defaultBackupTTL: ttl,
        defaultVolumesToFsBackup: files,
        extraEnvVars: [{ name: "AWS_CLUSTER_NAME", value: cluster_name }], // owns the volumes that it restores
      },
      snapshotsEnabled: given.volumes === "ebs_snapshots",
      deployNodeAgent: files,
      nodeAgent: {
        priorityClassName: "system-node-critical",
        ...EVERY_LINUX_NODE, // volumes are wherever pods are
        resources: resources("50m", "1Gi"), // kopia keeps an index of what it copies in memory
      },
      schedules: schedules(context, given, ttl),
      metrics: {
        serviceMonitor: { enabled: monitored(context), autodetect: false },
        nodeAgentPodMonitor: { enabled: monitored(context) && files, autodetect: false },
      },
      podSecurityContext: { ...restrictedPod(1000), fsGroup: 1000 },
      // Kopia writes beside its home, which is on the root file system.
      containerSecurityContext: { ...RESTRICTED_CONTAINER, readOnlyRootFilesystem: !files },
      priorityClassName: "system-cluster-critical", // a full cluster has its backups too
      tolerations: SYSTEM_TOLERATIONS,
      resources: resources("100m", "512Mi"),
      upgradeJobResources: resources("50m", "128Mi"),
    };
  },

  manifests: (context, given) => [
    ...removedFirst({
      name: "velero-remove-restores",
      namespace: "velero",
      kubectl: kubectlImage(context),
      group: "velero.io",
      kinds: KINDS_WITH_FINALIZERS,
    }),
    ...scheduledManifests(context, given),
  ],
});

/** The drill, and alerts about backups, where there are backups. */
function scheduledManifests(context: AddonContext, given: VeleroOptions): readonly Manifest[] {
  const schedule = scheduleOf(context, given);
  if (schedule === null) return [];
  const drill = drillOf(given);
  return [
    ...(drill === null ? [] : restoreDrill.manifests(context, { schedule: drill, backups: `velero-${SCHEDULE}` })),
    ...alertRules(context, "velero", "velero", backupAlerts(schedule)),
  ];
}
