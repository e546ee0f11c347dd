import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { Tfvars } from "../../fleet/model/cluster";
import { KARPENTER_DISCOVERY } from "../../fleet/network/discovery-tags";
import { NODE_INGRESS, type NodeIngress } from "../../fleet/nodes/node-security-group-rules";
import { SecurityGroupRules } from "./added-security-group-rules";

export interface SecurityGroupsProps {
  readonly slug: string;
  readonly vpcId: string;
  /** Ranges that reach the private endpoint besides the nodes; empty without a private endpoint. */
  readonly privateAccessRanges: readonly string[];
  /** Rules that the definition adds. */
  readonly more: Tfvars["cluster"]["security_groups"];
  /** True if nodes also have IPv6 addresses. */
  readonly ipv6: boolean;
}

/**
 * One security group for the control plane's interfaces and one for all nodes. A load balancer controller requires exactly one group
 * with the cluster's tag on an interface. EKS creates and tags such a group on the control plane's interfaces, so ours has no tag
 * there. Nodes have ours with the tag, and never EKS's.
 */
export class SecurityGroups extends Construct {
  readonly controlPlaneId: string;
  readonly nodeId: string;

  constructor(scope: Construct, id: string, props: SecurityGroupsProps) {
    super(scope, id);
    const { slug, vpcId, privateAccessRanges, more, ipv6 } = props;
    const controlPlaneName = boundedName(slug, "control-plane", NAME_LIMITS.security_group);
    const nodeName = boundedName(slug, "node", NAME_LIMITS.security_group);
    const controlPlane = new SecurityGroup(this, "control-plane", {
      name: controlPlaneName,
      description: "Control plane of the EKS cluster",
      vpcId,
      tags: { Name: controlPlaneName },
    });
    const node = new SecurityGroup(this, "node", {
      name: nodeName,
      description: "All nodes of the EKS cluster",
      vpcId,
      tags: { Name: nodeName, [`kubernetes.io/cluster/${slug}`]: "owned", [KARPENTER_DISCOVERY]: slug },
    });
    const source: Readonly<Record<NodeIngress["from"], string>> = { "control plane": controlPlane.id, nodes: node.id };

    new VpcSecurityGroupIngressRule(this, "control-plane-from-nodes", {
      securityGroupId: controlPlane.id,
      referencedSecurityGroupId: node.id,
      description: "Kubernetes API for nodes and pods",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
    // The private endpoint consists of these interfaces: VPN clients and runners in the VPC reach the API through these rules only.
    for (const range of privateAccessRanges) {
      new VpcSecurityGroupIngressRule(this, `control-plane-from-${range.replaceAll(/[./]/g, "-")}`, {
        securityGroupId: controlPlane.id,
        cidrIpv4: range,
        description: "Kubernetes API for people and pipelines",
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
      });
    }
    for (const [name, { from, protocol, ports, purpose }] of Object.entries(NODE_INGRESS)) {
      const [fromPort, toPort] = typeof ports === "number" ? [ports, ports] : ports;
      new VpcSecurityGroupIngressRule(this, `node-${name}`, {
        securityGroupId: node.id,
        referencedSecurityGroupId: source[from],
        description: `${purpose}, from the ${from}`,
        ipProtocol: protocol,
        fromPort,
        toPort,
      });
    }
    // The rules above are the minimum for a cluster. Pods also listen on port 80, use UDP and answer pings. Network policies, which
    // select pods, restrict that traffic; a group that all nodes share cannot.
    new VpcSecurityGroupIngressRule(this, "node-from-nodes", {
      securityGroupId: node.id,
      referencedSecurityGroupId: node.id,
      description: "Pods on any port, from the nodes",
      ipProtocol: "-1",
    });
    const anywhere = {
      securityGroupId: node.id,
      description: "Registries, AWS APIs and all other destinations",
      ipProtocol: "-1",
    };
    new VpcSecurityGroupEgressRule(this, "node-to-anywhere", { ...anywhere, cidrIpv4: "0.0.0.0/0" });
    if (ipv6) new VpcSecurityGroupEgressRule(this, "node-to-anywhere-ipv6", { ...anywhere, cidrIpv6: "::/0" });
    const peers = { control_plane: controlPlane.id, nodes: node.id };
    new SecurityGroupRules(this, "control-plane-rules", {
      groupId: controlPlane.id,
      peers,
      rules: more.control_plane.rules,
    });
    new SecurityGroupRules(this, "node-rules", { groupId: node.id, peers, rules: more.nodes.rules });
    this.controlPlaneId = controlPlane.id;
    this.nodeId = node.id;
  }
}
