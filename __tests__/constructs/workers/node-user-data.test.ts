import { nodeUserData } from "../../../constructs/workers/node-user-data";
import { planNodeGroup } from "../../../fleet/plan/node-groups-plan";
import { clusterOf, eks, workerOf } from "../../support/cluster";
import { groupOf } from "../../support/props";

/** The text that Terraform encodes, with its references as they stand. */
function text(userData: string | undefined): string {
  const quoted = userData?.match(/^\$\{base64encode\((".*")\)\}$/)?.[1];
  if (quoted === undefined) throw new Error(`not one call of base64encode: ${userData}`);
  return JSON.parse(quoted) as string;
}

describe("nodeUserData", () => {
  test("contains the cluster for nodeadm, and labels and taints for the kubelet", () => {
    const group = groupOf({
      name: "spot",
      labels: { tier: "spot", "example.com/team": "data" },
      taints: [
        { key: "spot", value: "true", effect: "NoSchedule" },
        { key: "late", value: "", effect: "NoExecute" },
      ],
    });

    expect(text(nodeUserData(group, eks, true))).toBe(`MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="nodeadm"

--nodeadm
Content-Type: application/node.eks.aws

---
apiVersion: node.eks.aws/v1alpha1
kind: NodeConfig
spec:
  cluster:
    name: reference-eks-example-com
    apiServerEndpoint: \${data.terraform_remote_state.eks_cluster.outputs.endpoint}
    certificateAuthority: \${data.terraform_remote_state.eks_cluster.outputs.certificate_authority_data}
    cidr: 172.20.0.0/16
  kubelet:
    flags:
      - "--node-labels=example.com/team=data,tier=spot"
      - "--register-with-taints=spot=true:NoSchedule,late=:NoExecute"

--nodeadm--
`);
  });

  test.each([
    ["AL2023_x86_64_STANDARD", "cidr: ${data.x.outputs.service_ipv6_cidr}"],
    ["BOTTLEROCKET_x86_64", 'cluster-dns-ip = "${cidrhost(data.x.outputs.service_ipv6_cidr, 10)}"'],
  ] as const)("contains for %s the range of an IPv6 cluster, which is known to Terraform only", (ami_type, line) => {
    const ipv6 = { ...eks, service_ipv6_cidr: "${data.x.outputs.service_ipv6_cidr}" };

    expect(text(nodeUserData(groupOf({ name: "general", ami_type }), ipv6, true))).toContain(line);
  });

  test("contains no kubelet settings if there are none", () => {
    expect(text(nodeUserData(groupOf({ name: "plain" }), eks, true))).toContain("cidr: 172.20.0.0/16\n\n--nodeadm--");
  });

  test.each([
    ["AL2023_x86_64_STANDARD", "\n  kubelet:\n    config:\n      maxPods: 20\n"],
    ["BOTTLEROCKET_x86_64", "\nmax-pods = 20\n"],
  ] as const)("contains for %s the number of pods that get an address in pod subnets", (ami_type, line) => {
    const networking = { subnet_tiers: ["private", "pod"], secondary_cidr_blocks: ["100.64.0.0/16"] } as const;
    const worker = workerOf({ name: "spot", ami_type, kind: "self_managed", instance_types: ["m6i.large"] });

    expect(text(nodeUserData(planNodeGroup(clusterOf({ networking }), worker), eks, true))).toContain(line);
  });

  test("keeps shell variables of a script, and Terraform's references to the cluster", () => {
    const pre_bootstrap_script = 'echo "${HOME%%/*} $${A} %{b} 100%% \\n"';
    const group = groupOf({ name: "own", ami_type: "CUSTOM", ami_family: "AL2023", pre_bootstrap_script });
    const template = text(nodeUserData(group, eks, true));

    // A doubled sign before a brace is how Terraform is told that the brace is none of its own.
    expect(template).toContain('echo "$${HOME%%/*} $$${A} %%{b} 100%% \\n"');
    expect(template).toContain(`apiServerEndpoint: ${eks.endpoint}\n`);
    expect(template).toContain(`certificateAuthority: ${eks.certificate_authority_data}\n`);
  });

  test("is empty for a managed group without settings", () => {
    expect(nodeUserData(groupOf({ name: "plain", labels: { a: "b" } }), eks, false)).toBeUndefined();
  });
});
