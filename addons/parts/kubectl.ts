import type { Manifest } from "../contract/addon";
import { RESTRICTED_CONTAINER, resources, SYSTEM_TOLERATIONS } from "./pods";

/** Image of kubectl at the cluster's minor version. It has no shell: each command is a container. */
export function kubectlImage(kubernetesVersion: string): string {
  return `registry.k8s.io/kubectl:v${kubernetesVersion}.0`;
}

interface Removal {
  /** Name of the Job, and of the account and the role that it uses. */
  readonly name: string;
  readonly namespace: string;
  readonly kubernetes_version: string;
  readonly group: string;
  /** Plural names of the kinds, such as `restores`. */
  readonly kinds: readonly string[];
}

/**
 * Returns objects that delete all objects of some kinds when Helm uninstalls the release that contains them, and wait until
 * those are gone. Their controller keeps finalizers on them and still runs then, because the release is removed before it. Without
 * this, the namespace could not be deleted.
 */
export function removedFirst({ group, kinds, kubernetes_version, name, namespace }: Removal): readonly Manifest[] {
  const account = { name, namespace };
  const api = "rbac.authorization.k8s.io";
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: account },
    {
      apiVersion: `${api}/v1`,
      kind: "Role",
      metadata: account,
      rules: [{ apiGroups: [group], resources: kinds, verbs: ["get", "list", "watch", "delete"] }],
    },
    {
      apiVersion: `${api}/v1`,
      kind: "RoleBinding",
      metadata: account,
      roleRef: { apiGroup: api, kind: "Role", name },
      subjects: [{ kind: "ServiceAccount", ...account }],
    },
    {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: {
        ...account,
        annotations: {
          "helm.sh/hook": "pre-delete",
          "helm.sh/hook-delete-policy": "before-hook-creation,hook-succeeded",
        },
      },
      spec: {
        backoffLimit: 2,
        activeDeadlineSeconds: 540, // below the 600 s that Helm waits
        template: {
          metadata: { labels: { "app.kubernetes.io/name": name } },
          spec: {
            serviceAccountName: name,
            restartPolicy: "Never",
            securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: "RuntimeDefault" } },
            tolerations: SYSTEM_TOLERATIONS,
            containers: [
              {
                name: "delete",
                image: kubectlImage(kubernetes_version),
                command: [
                  ...["/bin/kubectl", "delete", kinds.map((kind) => `${kind}.${group}`).join(",")],
                  ...["--all", "--namespace", namespace, "--timeout=5m"],
                ],
                securityContext: RESTRICTED_CONTAINER,
                resources: resources("20m", "128Mi"),
              },
            ],
          },
        },
      },
    },
  ];
}
