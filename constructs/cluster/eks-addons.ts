import type { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { Cluster, Tfvars } from "../../fleet/model/cluster";
import { hasHybridNodes, needsNoNodeAddons } from "../../fleet/nodes/auto-mode";
import { CompositionError } from "../composition-error";
import { servedAccount } from "../iam/pod-identity";
import { policyJson } from "../iam/policy";
import { ServiceRole } from "../iam/service-role";
import type { NetworkRef } from "../networking/network-ref";
import { type EksAddonInstallation, installEksAddon } from "./install-eks-addon";
import { ipv6Permissions, type VpcCniProps, vpcCniValues } from "./vpc-cni";

interface AddonSettings {
  readonly key: keyof Tfvars["cluster"];
  /** Our part of its configuration. */
  values(props: VpcCniProps): Readonly<Record<string, unknown>>;
}

/** A node is not ready before these run, so they are on the cluster before its first node. */
const ADDONS = {
  "eks-pod-identity-agent": {
    key: "eks_pod_identity_agent",
    // Its DaemonSet for nodes outside of AWS, which keep their credentials in a file and have no metadata service.
    values: ({ cluster }: VpcCniProps) => (hasHybridNodes(cluster) ? { daemonsets: { hybrid: { create: true } } } : {}),
  },
  "kube-proxy": { key: "kube_proxy", values: () => ({}) },
  "vpc-cni": { key: "vpc_cni", values: vpcCniValues },
} as const satisfies Readonly<Record<string, AddonSettings>>;
type AddonName = keyof typeof ADDONS;

export interface EksAddonsProps {
  readonly cluster: Cluster;
  /** A reference, so that add-ons come after the cluster. */
  readonly clusterName: string;
  readonly clusterArn: string;
  readonly network: NetworkRef;
  /** Shared by nodes, and by the interfaces of their pods. */
  readonly nodeSecurityGroupId: string;
}

/** The EKS add-ons of the control plane's stack, at the release's exact versions. */
export class EksAddons extends Construct {
  /** What further EKS add-ons wait for. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: EksAddonsProps) {
    super(scope, id);
    const { cluster } = props;
    // Auto Mode brings all three; a group of nodes beside it, or hybrid nodes, need them all the same.
    this.ready = needsNoNodeAddons(cluster) ? [] : this.build(props);
  }

  private build(props: EksAddonsProps): EksAddon[] {
    const { cluster, clusterArn } = props;
    const { eks_pod_identity_agent, kube_proxy, vpc_cni } = cluster.tfvars.cluster;
    const agent = eks_pod_identity_agent.enabled ? [this.addon("eks-pod-identity-agent", props)] : [];
    const others = [...agent, ...(kube_proxy.enabled ? [this.addon("kube-proxy", props)] : [])];
    if (!vpc_cni.enabled) return others;

    const ipv6 = cluster.tfvars.networking.ip_family === "ipv6";
    // The CNI's own role, by Pod Identity: nodes would give the same permissions to every pod that reaches their metadata.
    const cniRole = new ServiceRole(this, "vpc-cni-role", {
      name: boundedName(cluster.slug, "vpc-cni", NAME_LIMITS.iam_role),
      cluster,
      service: "pods.eks.amazonaws.com",
      tag_session: true,
      condition: servedAccount(clusterArn, "kube-system", "aws-node"),
      managed_policies: ipv6 ? [] : ["AmazonEKS_CNI_Policy"],
    });
    const inline = ipv6
      ? [
          new IamRolePolicy(this, "vpc-cni-ipv6", {
            role: cniRole.name,
            name: "ipv6-addresses",
            policy: policyJson(ipv6Permissions(cluster.partition)),
          }),
        ]
      : [];
    const cni = this.addon("vpc-cni", props, {
      identities: [{ roleArn: cniRole.arn, serviceAccount: "aws-node" }],
      after: [...agent, ...cniRole.ready, ...inline],
    });
    return [...others, cni];
  }

  private addon(
    name: AddonName,
    props: EksAddonsProps,
    { after, identities }: Pick<EksAddonInstallation, "after" | "identities"> = { after: [], identities: [] },
  ): EksAddon {
    const { cluster, clusterName } = props;
    const { key, values } = ADDONS[name];
    const settings = cluster.tfvars.cluster[key];
    const version = settings.version ?? cluster.release.kubernetes.eks_addons[name];
    if (version === undefined) {
      throw new CompositionError(this, `release ${cluster.release.name} has no version of the EKS add-on ${name}`);
    }
    return installEksAddon(this, name, {
      clusterName,
      name,
      version,
      values: values(props),
      definitionValues: settings.values,
      conflicts: { onCreate: settings.resolve_conflicts_on_create, onUpdate: settings.resolve_conflicts_on_update },
      preserve: settings.preserve,
      identities,
      after,
    });
  }
}
