import type { Manifest } from "../contract/addon";
import type { AddonSubject } from "../contract/addon-context";
import { type AddonRule, reportSwitch } from "../contract/rule";
import { RESTRICTED_CONTAINER, resources, restrictedPod, SYSTEM_TOLERATIONS } from "./pods";

/** Tags of kubectl's image for releases before 2026.12, which pin none. */
const BEFORE_2026_12: Readonly<Record<string, string>> = { "1.33": "v1.33.0", "1.34": "v1.34.0", "1.35": "v1.35.0" };

function kubectlTag({ images, kubernetes_version }: AddonSubject): string | undefined {
  return images.kubectl ?? BEFORE_2026_12[kubernetes_version];
}

/** Image of kubectl that the release pins for the cluster's Kubernetes version. It has no shell: each command is a container. */
export function kubectlImage(subject: AddonSubject): string {
  const tag = kubectlTag(subject);
  if (tag === undefined)
    throw new TypeError(`the release pins no kubectl for Kubernetes ${subject.kubernetes_version}`);
  return `registry.k8s.io/kubectl:${tag}`;
}

/** Refuses an addon that runs kubectl in a cluster whose release pins no image of it. */
export const requiresKubectl: AddonRule<unknown> = (subject) =>
  reportSwitch(
    kubectlTag(subject) === undefined,
    `requires an image of kubectl for Kubernetes ${subject.kubernetes_version}. Add images.kubectl to the release, or use another release`,
  );

interface Removal {
  /** Name of the Job, and of the account and the role that it uses. */
  readonly name: string;
  readonly namespace: string;
  /** Image of kubectl. */
  readonly kubectl: string;
  readonly group: string;
  /** Plural names of the kinds, such as `restores`. */
  readonly kinds: readonly string[];
}

/**
 * Returns objects that delete all objects of some kinds when Helm uninstalls the release that contains them, and wait until
 * those are gone. Their controller keeps finalizers on them and still runs then, because the release is removed before it. Without
 * this, the namespace could not be deleted.
 */
export function removedFirst({ group, kinds, kubectl, name, namespace }: Removal): readonly Manifest[] {
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
            securityContext: restrictedPod(65532),
            tolerations: SYSTEM_TOLERATIONS,
            containers: [
              {
                name: "delete",
                image: kubectl,
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
