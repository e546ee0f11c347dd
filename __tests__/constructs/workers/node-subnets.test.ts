import { ManagedNodeGroup } from "../../../constructs/workers/managed-node-group";
import { SelfManagedNodeGroup } from "../../../constructs/workers/self-managed-node-group";
import { network, workerOf } from "../../support/cluster";
import { groupProps } from "../../support/props";
import { synth } from "../../support/synth";

const PUBLIC = { subnet_tier: "public", associate_public_ip_address: true } as const;
const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExample";

test("a group in public subnets has its nodes there, with public addresses", () => {
  const worker = workerOf({ name: "edge", ...PUBLIC });
  const tf = synth((scope) => new ManagedNodeGroup(scope, "edge", groupProps("managed", worker)));

  expect(tf.only("aws_eks_node_group")["subnet_ids"]).toEqual(Object.values(network.subnet_ids.public));
  expect(tf.only("aws_launch_template")["network_interfaces"]).toEqual([
    {
      device_index: 0,
      delete_on_termination: "true",
      security_groups: ["sg-node"],
      associate_public_ip_address: "true",
    },
  ]);
  expect(tf.only("aws_launch_template")["vpc_security_group_ids"]).toBeUndefined();
});

test("another tier replaces the group", () => {
  const name = (worker: ReturnType<typeof workerOf>) =>
    synth((scope) => new ManagedNodeGroup(scope, "edge", groupProps("managed", worker))).only("aws_eks_node_group")[
      "node_group_name"
    ];

  expect(name(workerOf({ name: "edge", ...PUBLIC }))).not.toBe(name(workerOf({ name: "edge" })));
});

test("a self-managed group joins existing load balancers", () => {
  const arn = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/web/0123456789abcdef";
  const worker = workerOf({ name: "web", target_group_arns: [arn], classic_load_balancers: ["old"] });
  const group = synth((scope) => new SelfManagedNodeGroup(scope, "web", groupProps("self_managed", worker))).only(
    "aws_autoscaling_group",
  );

  expect(group["target_group_arns"]).toEqual([arn]);
  expect(group["load_balancers"]).toEqual(["old"]);
});

test("a public key creates a key pair with its own name", () => {
  const worker = workerOf({ name: "edge", public_key: KEY });
  const tf = synth((scope) => new ManagedNodeGroup(scope, "edge", groupProps("managed", worker)));

  expect(tf.only("aws_key_pair")).toEqual({
    key_name: expect.stringMatching(/^reference-eks-example-com-edge-[0-9a-f]{8}$/),
    public_key: KEY,
  });
  expect(tf.only("aws_launch_template")["key_name"]).toBe(`\${${tf.addresses("aws_key_pair")[0]}.key_name}`);
});

test("a rule of one group opens no other group, because it is in the group's own security group", () => {
  const from = "sg-0123456789abcdef0";
  const remote_access = { cidrs: ["203.0.113.0/24"], source_security_group_ids: [from] };
  const worker = workerOf({ name: "edge", public_key: KEY, remote_access });
  const tf = synth((scope) => new ManagedNodeGroup(scope, "edge", groupProps("managed", worker)));
  const group = `\${${tf.addresses("aws_security_group")[0]}.id}`;
  const rule = { security_group_id: group, ip_protocol: "tcp", from_port: 22, to_port: 22 };

  expect(tf.only("aws_security_group")).toEqual({
    name: "reference-eks-example-com-remote-access-edge",
    description: "Remote access to nodes of the worker group edge",
    vpc_id: "vpc-1",
    tags: { Name: "reference-eks-example-com-remote-access-edge" },
  });
  expect(Object.values(tf.all("aws_vpc_security_group_ingress_rule"))).toEqual([
    { ...rule, cidr_ipv4: "203.0.113.0/24", description: "Remote access from 203.0.113.0/24" },
    { ...rule, referenced_security_group_id: from, description: `Remote access from ${from}` },
  ]);
  expect(tf.only("aws_launch_template")["vpc_security_group_ids"]).toEqual(["sg-node", group]);
});

test("Windows nodes are reached by RDP", () => {
  const remote_access = { cidrs: ["203.0.113.0/24"] };
  const worker = workerOf({ name: "edge", ami_type: "WINDOWS_CORE_2022_x86_64", remote_access });
  const tf = synth((scope) => new ManagedNodeGroup(scope, "edge", groupProps("managed", worker)));

  expect(tf.only("aws_vpc_security_group_ingress_rule")["to_port"]).toBe(3389);
});
