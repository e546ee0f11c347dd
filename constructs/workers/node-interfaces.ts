import type { LaunchTemplateConfig } from "@cdktf/provider-aws/lib/launch-template";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { firstCardTakesNoAdapter } from "../../aws/efa";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { Worker } from "../../fleet/model/cluster";
import type { NodeGroupPlan } from "../../fleet/plan/node-groups-plan";

/**
 * Lets instances with Elastic Fabric Adapters reach each other. Their traffic bypasses the operating system and requires rules that
 * name the group itself, in both directions; a rule for all addresses is not enough. The group does not have the cluster's tag,
 * because only one group of an interface can.
 */
export class FabricSecurityGroup extends Construct {
  readonly groupId: string;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly slug: string; readonly group: Pick<NodeGroupPlan, "name">; readonly vpcId: string },
  ) {
    super(scope, id);
    const { group: nodes, slug, vpcId } = props;
    const name = boundedName(slug, `efa-${nodes.name}`, NAME_LIMITS.security_group);
    const group = new SecurityGroup(this, "Resource", {
      name,
      description: `Elastic Fabric Adapters of the worker group ${nodes.name}`,
      vpcId,
      tags: { Name: name },
    });
    const itself = { securityGroupId: group.id, referencedSecurityGroupId: group.id, ipProtocol: "-1" };
    new VpcSecurityGroupIngressRule(this, "from-itself", { ...itself, description: "The fabric, from the same group" });
    new VpcSecurityGroupEgressRule(this, "to-itself", { ...itself, description: "The fabric, to the same group" });
    this.groupId = group.id;
  }
}

/**
 * Returns the security groups of an instance, alone or with its interfaces: EC2 accepts them in one place only. The first adapter
 * also carries IP, unless the first network card supports no adapter. The others carry the fabric alone, and use no address of the
 * subnet.
 */
export function nodeInterfaces(worker: Worker, securityGroupIds: readonly string[]): Partial<LaunchTemplateConfig> {
  const { associate_public_ip_address: publicAddress, efa_interface_count: count } = worker;
  const securityGroups = [...securityGroupIds];
  const first = publicAddress !== null && { associatePublicIpAddress: String(publicAddress) };
  if (count === null) {
    if (publicAddress === null) return { vpcSecurityGroupIds: securityGroups };
    return { networkInterfaces: [{ deviceIndex: 0, deleteOnTermination: "true", securityGroups, ...first }] };
  }
  const common = { deleteOnTermination: "true", securityGroups };
  if (worker.instance_types.some(firstCardTakesNoAdapter)) {
    const adapter = { deviceIndex: 0, interfaceType: "efa-only", ...common };
    return {
      networkInterfaces: [
        { deviceIndex: 0, networkCardIndex: 0, interfaceType: "interface", ...common, ...first },
        ...Array.from({ length: count }, (_, card) => ({ ...adapter, networkCardIndex: card + 1 })),
      ],
    };
  }
  return {
    networkInterfaces: Array.from({ length: count }, (_, card) => ({
      deviceIndex: card === 0 ? 0 : 1,
      networkCardIndex: card,
      interfaceType: card === 0 ? "efa" : "efa-only",
      ...common,
      ...(card === 0 && first),
    })),
  };
}
