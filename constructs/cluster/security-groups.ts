import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { boundedName, NAME_LIMITS } from "../../fleet/names";

interface Ingress {
  readonly from: "control plane" | "nodes";
  readonly protocol: "tcp" | "udp";
  /** One port, or the first and the last of a range. */
  readonly ports: number | readonly [number, number];
  readonly purpose: string;
}

/** What nodes let in. A key is part of a state address: rules change one by one, and none changes its neighbour. */
const NODE_INGRESS: Readonly<Record<string, Ingress>> = {
  "webhooks-443": { from: "control plane", protocol: "tcp", ports: 443, purpose: "Webhooks and API services on 443" },
  kubelet: { from: "control plane", protocol: "tcp", ports: 10250, purpose: "Kubelet" },
  "metrics-server": { from: "control plane", protocol: "tcp", ports: 10251, purpose: "metrics-server" },
  "metrics-server-4443": { from: "control plane", protocol: "tcp", ports: 4443, purpose: "metrics-server of old" },
  "prometheus-adapter": { from: "control plane", protocol: "tcp", ports: 6443, purpose: "prometheus-adapter" },
  "vertical-pod-autoscaler": { from: "control plane", protocol: "tcp", ports: 8000, purpose: "VPA's webhook" },
  "webhooks-8443": { from: "control plane", protocol: "tcp", ports: 8443, purpose: "Webhooks such as Karpenter's" },
  "webhooks-9443": {
    from: "control plane",
    protocol: "tcp",
    ports: 9443,
    purpose: "Webhooks of load balancer controllers",
  },
  "dns-tcp": { from: "nodes", protocol: "tcp", ports: 53, purpose: "CoreDNS" },
  "dns-udp": { from: "nodes", protocol: "udp", ports: 53, purpose: "CoreDNS" },
  "unprivileged-ports": { from: "nodes", protocol: "tcp", ports: [1025, 65535], purpose: "Pods on unprivileged ports" },
};

export interface SecurityGroupsProps {
  readonly slug: string;
  readonly vpcId: string;
  /** Ranges that reach the private endpoint besides the nodes, the VPC's first; none where there is no such endpoint. */
  readonly privateAccessRanges: readonly string[];
}

/**
 * One group for the control plane's interfaces and one that all nodes share. A load balancer controller wants exactly one group
 * on an interface that is tagged as the cluster's: on the control plane's that is the group that EKS makes and tags itself, so
 * ours is not tagged; on nodes it is ours, so they never carry the one of EKS.
 */
export class SecurityGroups extends Construct {
  readonly controlPlaneId: string;
  readonly nodeId: string;

  constructor(scope: Construct, id: string, { slug, vpcId, privateAccessRanges }: SecurityGroupsProps) {
    super(scope, id);
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
      tags: { Name: nodeName, [`kubernetes.io/cluster/${slug}`]: "owned", "karpenter.sh/discovery": slug },
    });
    const source: Readonly<Record<Ingress["from"], string>> = { "control plane": controlPlane.id, nodes: node.id };

    new VpcSecurityGroupIngressRule(this, "control-plane-from-nodes", {
      securityGroupId: controlPlane.id,
      referencedSecurityGroupId: node.id,
      description: "Kubernetes API for nodes and pods",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
    // The private endpoint is these interfaces: a VPN's end or a runner in the VPC reaches the API through these rules only.
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
    // The rules above are what a cluster cannot do without. Pods also listen on port 80, speak UDP and answer pings; who may
    // talk to whom is said by network policies, which know pods, and not by a group that all nodes share.
    new VpcSecurityGroupIngressRule(this, "node-from-nodes", {
      securityGroupId: node.id,
      referencedSecurityGroupId: node.id,
      description: "Pods on any port, from the nodes",
      ipProtocol: "-1",
    });
    new VpcSecurityGroupEgressRule(this, "node-to-anywhere", {
      securityGroupId: node.id,
      description: "Registries, AWS APIs and whatever workloads call",
      ipProtocol: "-1",
      cidrIpv4: "0.0.0.0/0",
    });
    this.controlPlaneId = controlPlane.id;
    this.nodeId = node.id;
  }
}
