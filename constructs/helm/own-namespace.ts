import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { PodSecurity } from "../../addons/contract/addon-parts";
import type { NamespaceSettings } from "../../fleet/plan/addons-plan";
import { given } from "../../language/given";
import { isMap } from "../../language/plain-map";

/** Minutes until a namespace without slow pods must be gone: claims detach, load balancers are deleted, webhooks time out. */
const DELETE_MINUTES = 15;
const MINUTES_AFTER_GRACE = 10;

export interface OwnNamespaceProps {
  readonly name: string;
  readonly podSecurity: PodSecurity;
  /** The definition's settings, which override the others. */
  readonly settings: NamespaceSettings;
  readonly labels?: Readonly<Record<string, string>>;
  /** Helm values of what is in it. Their longest grace period decides how long Terraform waits. */
  readonly values: readonly unknown[];
  readonly after: readonly ITerraformDependable[];
}

/** Creates a namespace. Terraform's own limit for its deletion, 5 minutes, is shorter than some pods need to stop. */
export function ownNamespace(scope: Construct, id: string, props: OwnNamespaceProps): NamespaceV1 {
  const { after, labels = {}, name, podSecurity, settings, values } = props;
  const minutes = settings.delete_minutes ?? deleteMinutes(values);
  return new NamespaceV1(scope, id, {
    metadata: {
      name,
      labels: {
        "pod-security.kubernetes.io/enforce": settings.pod_security ?? podSecurity,
        ...labels,
        ...settings.labels,
      },
      ...given({ annotations: settings.annotations }),
    },
    timeouts: { delete: `${minutes}m` },
    dependsOn: [...after],
  });
}

function deleteMinutes(values: readonly unknown[]): number {
  const grace = Math.max(0, ...values.flatMap(gracePeriods));
  return Math.max(DELETE_MINUTES, Math.ceil(grace / 60) + MINUTES_AFTER_GRACE);
}

/** Returns every `terminationGracePeriodSeconds` in a tree of values. */
function gracePeriods(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(gracePeriods);
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key === "terminationGracePeriodSeconds" && typeof item === "number" ? [item] : gracePeriods(item),
  );
}
