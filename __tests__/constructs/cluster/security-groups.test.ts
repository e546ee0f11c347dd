import { SecurityGroups } from "../../../constructs/cluster/security-groups";
import type { Tfvars } from "../../../fleet/model/cluster";
import { clusterOf, type Part } from "../../support/cluster";
import { synth } from "../../support/synth";

function synthGroups(
  privateAccessRanges: readonly string[] = [],
  security_groups: Part<Tfvars["cluster"]["security_groups"]> = {},
  ipv6 = false,
) {
  const more = clusterOf({ cluster: { security_groups } }).tfvars.cluster.security_groups;
  const props = { slug: "demo", vpcId: "vpc-1", privateAccessRanges, more, ipv6 };
  return synth((scope) => new SecurityGroups(scope, "groups", props));
}

describe("SecurityGroups", () => {
  test("only the nodes' group has the cluster's tag, because EKS tags the group that it creates", () => {
    const tf = synthGroups();

    expect(tf.only("aws_security_group", "control-plane")).toEqual({
      name: "demo-control-plane",
      description: "Control plane of the EKS cluster",
      vpc_id: "vpc-1",
      tags: { Name: "demo-control-plane" },
    });
    expect(tf.only("aws_security_group", "groups_node")).toEqual({
      name: "demo-node",
      description: "All nodes of the EKS cluster",
      vpc_id: "vpc-1",
      tags: { Name: "demo-node", "kubernetes.io/cluster/demo": "owned", "karpenter.sh/discovery": "demo" },
    });
    for (const tag of ["kubernetes.io/cluster/demo", "karpenter.sh/discovery"]) {
      const tagged = Object.values(tf.all("aws_security_group")).filter((group) => tag in (group["tags"] as object));
      expect(tagged).toHaveLength(1);
    }
  });

  test("the control plane admits nodes on the port of the Kubernetes API only", () => {
    const tf = synthGroups();
    const [controlPlane, node] = tf.addresses("aws_security_group");
    const rules = Object.values(tf.all("aws_vpc_security_group_ingress_rule"));

    expect(rules.filter((rule) => rule["security_group_id"] === `\${${controlPlane}.id}`)).toEqual([
      {
        security_group_id: `\${${controlPlane}.id}`,
        referenced_security_group_id: `\${${node}.id}`,
        description: "Kubernetes API for nodes and pods",
        ip_protocol: "tcp",
        from_port: 443,
        to_port: 443,
      },
    ]);
  });

  test("nodes admit each port only from the group that requires it", () => {
    const tf = synthGroups();
    const [controlPlane, node] = tf.addresses("aws_security_group");
    const origin = { [`\${${controlPlane}.id}`]: "control plane", [`\${${node}.id}`]: "nodes" };
    const rules = Object.values(tf.all("aws_vpc_security_group_ingress_rule"))
      .filter((rule) => rule["security_group_id"] === `\${${node}.id}`)
      .map(
        (rule) =>
          `${origin[String(rule["referenced_security_group_id"])]} ${rule["ip_protocol"]} ${rule["from_port"]}-${rule["to_port"]}`,
      );

    expect(rules.sort()).toEqual([
      "control plane tcp 10250-10250",
      "control plane tcp 10251-10251",
      "control plane tcp 443-443",
      "control plane tcp 4443-4443",
      "control plane tcp 6443-6443",
      "control plane tcp 8000-8000",
      "control plane tcp 8443-8443",
      "control plane tcp 9443-9443",
      "nodes -1 undefined-undefined", // every protocol and port, among nodes only
      "nodes tcp 1025-65535",
      "nodes tcp 53-53",
      "nodes udp 53-53",
    ]);
  });

  test("each address range reaches a private endpoint on its port only", () => {
    const tf = synthGroups(["10.0.0.0/16", "192.168.7.0/24"]);

    expect(tf.only("aws_vpc_security_group_ingress_rule", "control-plane-from-10")).toEqual({
      security_group_id: `\${${tf.addresses("aws_security_group")[0]}.id}`,
      cidr_ipv4: "10.0.0.0/16",
      description: "Kubernetes API for people and pipelines",
      ip_protocol: "tcp",
      from_port: 443,
      to_port: 443,
    });
    expect(tf.only("aws_vpc_security_group_ingress_rule", "control-plane-from-192")["cidr_ipv4"]).toBe(
      "192.168.7.0/24",
    );
  });

  test("admits no address range by default", () => {
    for (const rule of Object.values(synthGroups().all("aws_vpc_security_group_ingress_rule"))) {
      expect(Object.keys(rule)).not.toContain("cidr_ipv4");
    }
  });

  test("nodes may send to every address", () => {
    const tf = synthGroups();

    expect(tf.only("aws_vpc_security_group_egress_rule")).toEqual({
      security_group_id: `\${${tf.addresses("aws_security_group")[1]}.id}`,
      description: "Registries, AWS APIs and all other destinations",
      ip_protocol: "-1",
      cidr_ipv4: "0.0.0.0/0",
    });
  });

  test("has rules for IPv6, and for protocols with a number", () => {
    const tf = synthGroups([], {
      nodes: {
        rules: [
          { name: "ping", direction: "ingress", protocol: "icmpv6", ipv6_cidr: "2001:db8::/32" },
          { name: "esp", direction: "egress", protocol: "50", ipv6_cidr: "2001:db8::/32" },
        ],
      },
    });
    const [, node] = tf.addresses("aws_security_group");

    expect(tf.only("aws_vpc_security_group_ingress_rule", "node-rules_ping")).toEqual({
      security_group_id: `\${${node}.id}`,
      description: "ping, from the definition",
      ip_protocol: "icmpv6",
      from_port: -1,
      to_port: -1,
      cidr_ipv6: "2001:db8::/32",
    });
    expect(tf.only("aws_vpc_security_group_egress_rule", "node-rules_esp")).toEqual({
      security_group_id: `\${${node}.id}`,
      description: "esp, from the definition",
      ip_protocol: "50",
      cidr_ipv6: "2001:db8::/32",
    });
  });

  test("has the definition's further rules", () => {
    const tf = synthGroups([], {
      nodes: {
        rules: [
          { name: "exporter", direction: "ingress", protocol: "tcp", from_port: 9100, cidr: "10.60.0.0/16" },
          { name: "ping", direction: "ingress", protocol: "icmp", peer: "control_plane" },
        ],
      },
      control_plane: {
        rules: [
          {
            name: "hooks",
            direction: "egress",
            protocol: "udp",
            from_port: 1,
            to_port: 9,
            prefix_list_id: "pl-01234567",
          },
          { name: "bastion", direction: "ingress", protocol: "all", security_group_id: "sg-01234567" },
        ],
      },
    });
    const [controlPlane, node] = tf.addresses("aws_security_group");

    expect(tf.only("aws_vpc_security_group_ingress_rule", "node-rules_exporter")).toEqual({
      security_group_id: `\${${node}.id}`,
      description: "exporter, from the definition",
      ip_protocol: "tcp",
      from_port: 9100,
      to_port: 9100,
      cidr_ipv4: "10.60.0.0/16",
    });
    expect(tf.only("aws_vpc_security_group_ingress_rule", "node-rules_ping")).toEqual({
      security_group_id: `\${${node}.id}`,
      description: "ping, from the definition",
      ip_protocol: "icmp",
      from_port: -1,
      to_port: -1,
      referenced_security_group_id: `\${${controlPlane}.id}`,
    });
    expect(tf.only("aws_vpc_security_group_egress_rule", "control-plane-rules_hooks")).toEqual({
      security_group_id: `\${${controlPlane}.id}`,
      description: "hooks, from the definition",
      ip_protocol: "udp",
      from_port: 1,
      to_port: 9,
      prefix_list_id: "pl-01234567",
    });
    expect(tf.only("aws_vpc_security_group_ingress_rule", "control-plane-rules_bastion")).toEqual({
      security_group_id: `\${${controlPlane}.id}`,
      description: "bastion, from the definition",
      ip_protocol: "-1",
      referenced_security_group_id: "sg-01234567",
    });
  });
});

test("nodes with IPv6 addresses may send to every IPv6 address too", () => {
  expect(synthGroups([], {}, true).only("aws_vpc_security_group_egress_rule", "ipv6")).toEqual({
    security_group_id: expect.stringContaining("groups_node"),
    description: "Registries, AWS APIs and all other destinations",
    ip_protocol: "-1",
    cidr_ipv6: "::/0",
  });
  expect(synthGroups().addresses("aws_vpc_security_group_egress_rule")).toHaveLength(1);
});
