import type { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Tfvars } from "../../fleet/model/cluster";
import type { ControlPlanePlan, CoreAddonName, CoreAddonPlan } from "../../fleet/plan/control-plane-plan";
import type { Owner } from "../../fleet/plan/owner";
import { podIdentityTrust } from "../iam/pod-identity";
import { policyJson } from "../iam/policy";
import { Role } from "../iam/role";
import type { NetworkRef } from "../networking/network-ref";
import { type EksAddonInstallation, installEksAddon } from "./install-eks-addon";
import { ipv6Permissions, vpcCniValues } from "./vpc-cni";

export interface CoreAddonsProps {
  readonly owner: Owner;
  readonly plan: ControlPlanePlan;
  readonly vpcCni: Tfvars["cluster"]["vpc_cni"];
  /** A reference, so that add-ons are installed after the cluster. */
  readonly clusterName: string;
  readonly network: NetworkRef;
  /** Group of nodes and of the interfaces of their pods. */
  readonly nodeSecurityGroupId: string;
}

/** The EKS add-ons that a node waits for before it is ready; they are installed before the first node. */
export class CoreAddons extends Construct {
  /** Add-ons that further EKS add-ons wait for. */
  readonly ready: readonly ITerraformDependable[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: CoreAddonsProps,
  ) {
    super(scope, id);
    const built = new Map<CoreAddonName, EksAddon>();
    for (const addon of props.plan.coreAddons) {
      const more = addon.name === "vpc-cni" ? this.cniIdentity(built.get("eks-pod-identity-agent")) : {};
      built.set(addon.name, this.addon(addon, more));
    }
    this.ready = [...built.values()];
  }

  /** A role for the CNI alone, by Pod Identity: a role of the nodes would give its permissions to every pod that reaches their metadata. */
  private cniIdentity(agent: EksAddon | undefined): Pick<EksAddonInstallation, "after" | "identities"> {
    const { owner, plan } = this.props;
    const role = new Role(this, "vpc-cni-role", {
      owner,
      part: "vpc-cni",
      trust: podIdentityTrust(owner.arn, "kube-system", "aws-node"),
      awsPolicies: plan.ipv6Pods ? [] : ["AmazonEKS_CNI_Policy"],
      policyParent: this,
      inline: plan.ipv6Pods
        ? { "vpc-cni-ipv6": { name: "ipv6-addresses", document: policyJson(ipv6Permissions(owner.partition)) } }
        : {},
    });
    return {
      identities: [{ roleArn: role.arn, serviceAccount: "aws-node" }],
      after: [...(agent === undefined ? [] : [agent]), ...role.ready],
    };
  }

  private addon(
    { name, settings, version }: CoreAddonPlan,
    { after = [], identities = [] }: Partial<Pick<EksAddonInstallation, "after" | "identities">>,
  ): EksAddon {
    return installEksAddon(this, name, {
      clusterName: this.props.clusterName,
      name,
      version,
      values: this.values(name),
      definitionValues: settings.values,
      conflicts: { onCreate: settings.resolve_conflicts_on_create, onUpdate: settings.resolve_conflicts_on_update },
      preserve: settings.preserve,
      identities,
      after,
    });
  }

  private values(name: CoreAddonName): Readonly<Record<string, unknown>> {
    const { network, nodeSecurityGroupId, owner, plan, vpcCni } = this.props;
    switch (name) {
      case "eks-pod-identity-agent":
        // Its DaemonSet for nodes outside of AWS, which keep credentials in a file and have no metadata service.
        return plan.hasHybridNodes ? { daemonsets: { hybrid: { create: true } } } : {};
      case "kube-proxy":
        return {};
      case "vpc-cni": {
        const podSubnetIds = plan.podsInOwnSubnets ? (network.subnet_ids.pod ?? {}) : undefined;
        const { region } = owner;
        return vpcCniValues({
          settings: vpcCni,
          runsWindows: plan.runsWindows,
          podSubnetIds,
          nodeSecurityGroupId,
          region,
        });
      }
      default:
        return name satisfies never;
    }
  }
}
