import type { Manifest } from "../contract/addon";
import type { AddonSubject } from "../contract/addon-context";
import { kubectlImage } from "../parts/kubectl";
import { RESTRICTED_CONTAINER, resources, restrictedPod, SYSTEM_TOLERATIONS } from "../parts/pods";

/** Name of the object that is backed up and restored. */
const MARKER = "velero-restore-drill";
const SCRATCH = "velero-restore-drill-copy";
const TEXT = "restored-from-a-backup";

/** Name of the drill's Restore: each drill has the same, and deletes it. */
const RESTORE = "velero-restore-drill";

/** The server's own image, for its command line; the version is that of the chart's. */
const VELERO = "docker.io/velero/velero:v1.18.1";

const NAMESPACE = "velero";
const ACCOUNT = { name: "velero-restore-drill", namespace: NAMESPACE };

interface Drill {
  /** When it runs, as cron in UTC. */
  readonly schedule: string;
  /** Name of the Velero schedule whose newest backup it restores. */
  readonly backups: string;
}

/** Returns one step. The images have no shell, so each command is a container. The Job fails with the first failed step. */
function step(name: string, image: string, command: readonly string[]) {
  return {
    name,
    image,
    command,
    securityContext: RESTRICTED_CONTAINER,
    resources: resources("20m", "128Mi"),
  };
}

function manifests(subject: AddonSubject, { backups, schedule }: Drill): readonly Manifest[] {
  const kubectl = kubectlImage(subject);
  const clean = ["/bin/kubectl", "delete", "namespace", SCRATCH, "--ignore-not-found", "--timeout=5m"];
  const forget = [
    ...["/bin/kubectl", "delete", "restores.velero.io", RESTORE, "--namespace", NAMESPACE],
    ...["--ignore-not-found", "--timeout=5m"],
  ];
  return [
    {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: MARKER, labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
    },
    { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "marker", namespace: MARKER }, data: { text: TEXT } },
    { apiVersion: "v1", kind: "ServiceAccount", metadata: ACCOUNT },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "Role",
      metadata: ACCOUNT,
      rules: [
        {
          apiGroups: ["velero.io"],
          resources: ["backups", "backupstoragelocations", "schedules"],
          verbs: ["get", "list", "watch"],
        },
        { apiGroups: ["velero.io"], resources: ["restores"], verbs: ["create", "get", "list", "watch"] },
        { apiGroups: ["velero.io"], resources: ["restores"], resourceNames: [RESTORE], verbs: ["delete"] },
      ],
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: ACCOUNT,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: ACCOUNT.name },
      subjects: [{ kind: "ServiceAccount", ...ACCOUNT }],
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name: ACCOUNT.name },
      rules: [
        {
          apiGroups: [""],
          resources: ["namespaces"],
          resourceNames: [SCRATCH],
          verbs: ["get", "list", "watch", "delete"],
        },
        { apiGroups: [""], resources: ["configmaps"], resourceNames: ["marker"], verbs: ["get", "list", "watch"] },
      ],
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: ACCOUNT.name },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: ACCOUNT.name },
      subjects: [{ kind: "ServiceAccount", ...ACCOUNT }],
    },
    {
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata: ACCOUNT,
      spec: {
        schedule,
        timeZone: "Etc/UTC",
        concurrencyPolicy: "Forbid",
        startingDeadlineSeconds: 3600, // a drill that found no room for an hour waits for its next time
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 1, // stays until a drill succeeds again, and so does the alert KubeJobFailed
        jobTemplate: {
          spec: {
            backoffLimit: 0,
            activeDeadlineSeconds: 3600,
            template: {
              metadata: { labels: { "app.kubernetes.io/name": ACCOUNT.name } },
              spec: {
                serviceAccountName: ACCOUNT.name,
                restartPolicy: "Never",
                securityContext: restrictedPod(65532),
                tolerations: SYSTEM_TOLERATIONS,
                initContainers: [
                  step("remove-what-a-failed-drill-left", kubectl, clean),
                  step("remove-the-restore-of-a-failed-drill", kubectl, forget),
                  step("restore-the-newest-backup", VELERO, [
                    ...["/velero", "restore", "create", RESTORE, "--namespace", NAMESPACE, "--from-schedule", backups],
                    ...["--include-namespaces", MARKER, "--namespace-mappings", `${MARKER}:${SCRATCH}`, "--wait"],
                  ]),
                  step("compare", kubectl, [
                    ...["/bin/kubectl", "wait", "configmap/marker", "--namespace", SCRATCH],
                    ...[`--for=jsonpath={.data.text}=${TEXT}`, "--timeout=60s"],
                  ]),
                  step("clean", kubectl, clean),
                ],
                // Velero keeps a finalizer on each Restore, so one that stays blocks the removal of Velero's namespace.
                containers: [step("remove-the-restore", kubectl, forget)],
              },
            },
          },
        },
      },
    },
  ];
}

/** Tests a backup: a namespace of the drill is restored beside itself, compared and removed. No other object is touched. */
export const restoreDrill = { namespace: MARKER, manifests } as const;
