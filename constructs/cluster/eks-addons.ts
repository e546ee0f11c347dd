import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { runsWindows } from "../../fleet/ami";
import { isAutoModeOnly } from "../../fleet/auto-mode";
import type { Cluster, Tfvars } from "../../fleet/cluster";
import { boundedName, NAME_LIMITS } from "../../fleet/names";
import { configurationText } from "../addons/values-text";
import { CompositionError } from "../composition-error";
import { servedAccount } from "../iam/pod-identity";
import { ServiceRole } from "../iam/service-role";

/** A node is not ready before these run, so they are on the cluster before its first node. */
const ADDONS = {
  "eks-pod-identity-agent": { key: "eks_pod_identity_agent", values: {} },
  "kube-proxy": { key: "kube_proxy", values: {} },
  "vpc-cni": {
    key: "vpc_cni",
    values: {
      enableNetworkPolicy: "true", // text, as the add-on's schema wants it
      // A busy node answers later than the add-on's own five and one seconds, and a restart of the CNI makes it busier.
      livenessProbeTimeoutSeconds: 10,
      readinessProbeTimeoutSeconds: 10,
      resources: { requests: { cpu: "25m" } },
    },
  },
} as const satisfies Readonly<
  Record<string, { readonly key: keyof Tfvars["cluster"]; readonly values: Readonly<Record<string, unknown>> }>
>;
type AddonName = keyof typeof ADDONS;

export interface EksAddonsProps {
  readonly cluster: Cluster;
  /** A reference, so that add-ons come after the cluster. */
  readonly clusterName: string;
  readonly clusterArn: string;
}

/** The EKS add-ons of the control plane's stack, at the release's exact versions. */
export class EksAddons extends Construct {
  /** What further EKS add-ons wait for. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: EksAddonsProps) {
    super(scope, id);
    const { cluster } = props;
    // Auto Mode brings all three; a group of nodes beside it needs them all the same.
    this.ready = isAutoModeOnly(cluster) ? [] : this.build(props);
  }

  private build(props: EksAddonsProps): EksAddon[] {
    const { cluster, clusterArn } = props;
    const { eks_pod_identity_agent, kube_proxy, vpc_cni } = cluster.tfvars.cluster;
    const agent = eks_pod_identity_agent.enabled ? [this.addon("eks-pod-identity-agent", props)] : [];
    const others = [...agent, ...(kube_proxy.enabled ? [this.addon("kube-proxy", props)] : [])];
    if (!vpc_cni.enabled) return others;

    // The CNI's own role, by Pod Identity: nodes would give the same permissions to every pod that reaches their metadata.
    const cniRole = new ServiceRole(this, "vpc-cni-role", {
      name: boundedName(cluster.slug, "vpc-cni", NAME_LIMITS.iam_role),
      cluster,
      service: "pods.eks.amazonaws.com",
      tag_session: true,
      condition: servedAccount(clusterArn, "kube-system", "aws-node"),
      managed_policies: ["AmazonEKS_CNI_Policy"],
    });
    const cni = this.addon("vpc-cni", props, {
      podIdentityAssociation: [{ roleArn: cniRole.arn, serviceAccount: "aws-node" }],
      dependsOn: [...agent, ...cniRole.ready],
    });
    return [...others, cni];
  }

  private addon(
    name: AddonName,
    { cluster, clusterName }: EksAddonsProps,
    more: Pick<ConstructorParameters<typeof EksAddon>[2], "podIdentityAssociation" | "dependsOn"> = {},
  ): EksAddon {
    const { key, values } = ADDONS[name];
    const settings = cluster.tfvars.cluster[key];
    const version = settings.version ?? cluster.release.kubernetes.eks_addons[name];
    if (version === undefined) {
      throw new CompositionError(this, `release ${cluster.release.name} has no version of the EKS add-on ${name}`);
    }
    return new EksAddon(this, name, {
      clusterName,
      addonName: name,
      addonVersion: version,
      resolveConflictsOnCreate: settings.resolve_conflicts_on_create,
      resolveConflictsOnUpdate: settings.resolve_conflicts_on_update,
      preserve: settings.preserve,
      // Also where it is empty: what the provider is not told it leaves as it was, and values taken out of a file would stay.
      configurationValues: configurationText({ ...values, ...forWindows(name, cluster) }, settings.values),
      ...more,
    });
  }
}

/** Windows pods get their addresses from EKS, once the CNI's settings say so; text, like the add-on's other switches. */
function forWindows(name: AddonName, { tfvars }: Cluster): Readonly<Record<string, string>> {
  return name === "vpc-cni" && runsWindows(tfvars) ? { enableWindowsIpam: "true" } : {};
}
