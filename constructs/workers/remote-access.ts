import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import type { OperatingSystem } from "../../aws/ami";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { Worker } from "../../fleet/model/cluster";
import type { NodeGroupPlan } from "../../fleet/plan/node-groups-plan";

/** The port of SSH, and on Windows of RDP. */
const PORTS: Readonly<Record<OperatingSystem, number>> = {
  AL2023: 22,
  BOTTLEROCKET: 22,
  WINDOWS: 3389,
};

export interface RemoteAccessProps {
  readonly slug: string;
  readonly group: Pick<NodeGroupPlan, "name" | "operatingSystem">;
  readonly vpcId: string;
  readonly access: NonNullable<Worker["remote_access"]>;
}

/**
 * Admits remote access to the nodes of one group. It is a separate security group, because that of all nodes would open the port
 * everywhere. It does not have the cluster's tag, because only one group of an interface can.
 */
export class RemoteAccess extends Construct {
  readonly groupId: string;

  constructor(scope: Construct, id: string, { access, group: nodes, slug, vpcId }: RemoteAccessProps) {
    super(scope, id);
    const name = boundedName(slug, `remote-access-${nodes.name}`, NAME_LIMITS.security_group);
    const group = new SecurityGroup(this, "Resource", {
      name,
      description: `Remote access to nodes of the worker group ${nodes.name}`,
      vpcId,
      tags: { Name: name },
    });
    const port = PORTS[nodes.operatingSystem];
    const rule = { securityGroupId: group.id, ipProtocol: "tcp", fromPort: port, toPort: port };
    const { cidrs = [], source_security_group_ids = [] } = access;
    for (const cidrIpv4 of cidrs) {
      new VpcSecurityGroupIngressRule(this, `from-${cidrIpv4.replaceAll(/[./]/g, "-")}`, {
        ...rule,
        cidrIpv4,
        description: `Remote access from ${cidrIpv4}`,
      });
    }
    for (const referencedSecurityGroupId of source_security_group_ids) {
      new VpcSecurityGroupIngressRule(this, `from-${referencedSecurityGroupId}`, {
        ...rule,
        referencedSecurityGroupId,
        description: `Remote access from ${referencedSecurityGroupId}`,
      });
    }
    this.groupId = group.id;
  }
}
