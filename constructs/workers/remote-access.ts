import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { operatingSystemOf } from "../../aws/ami";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { Cluster, Worker } from "../../fleet/model/cluster";

/** SSH, and on Windows RDP. */
const PORTS: Readonly<Record<ReturnType<typeof operatingSystemOf>, number>> = {
  AL2023: 22,
  BOTTLEROCKET: 22,
  WINDOWS: 3389,
};

export interface RemoteAccessProps {
  readonly cluster: Cluster;
  readonly worker: Worker;
  readonly vpcId: string;
  readonly access: NonNullable<Worker["remote_access"]>;
}

/**
 * Who reaches the nodes of one group from outside. A group of its own, because that of all nodes would open the port everywhere;
 * not tagged as the cluster's, because an interface carries one such group only.
 */
export class RemoteAccess extends Construct {
  readonly groupId: string;

  constructor(scope: Construct, id: string, { access, cluster, vpcId, worker }: RemoteAccessProps) {
    super(scope, id);
    const name = boundedName(cluster.slug, `remote-access-${worker.name}`, NAME_LIMITS.security_group);
    const group = new SecurityGroup(this, "Resource", {
      name,
      description: `Remote access to nodes of the worker group ${worker.name}`,
      vpcId,
      tags: { Name: name },
    });
    const port = PORTS[operatingSystemOf(worker)];
    const rule = { securityGroupId: group.id, ipProtocol: "tcp", fromPort: port, toPort: port };
    const { cidrs = [], source_security_group_ids = [] } = access;
    for (const cidrIpv4 of cidrs) {
      new VpcSecurityGroupIngressRule(this, `from-${cidrIpv4.replaceAll(/[./]/g, "-")}`, { ...rule, cidrIpv4 });
    }
    for (const referencedSecurityGroupId of source_security_group_ids) {
      new VpcSecurityGroupIngressRule(this, `from-${referencedSecurityGroupId}`, {
        ...rule,
        referencedSecurityGroupId,
      });
    }
    this.groupId = group.id;
  }
}
