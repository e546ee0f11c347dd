import { problemsOf, SMALLEST } from "../../../support/definitions";

test("warns of unknown types whose nodes would miscount their pods", () => {
  const warned = (tfvars: string): string[] =>
    problemsOf({
      "clusters/a.example.com.yaml": `${SMALLEST}    - { name: a, kind: self_managed, instance_types: [m6i.large, m99.large] }
    - { name: b, instance_requirements: { vcpu_count: { min: 2 }, memory_mib: { min: 1024 } } }
    - { name: c, kind: self_managed, instance_types: [m99.large], kubelet: { max_pods: 20 } }
    - { name: d, kind: managed, instance_types: [m99.large] }
  ${tfvars}
`,
    }).filter((problem) => problem.includes("max_pods"));
  const warnings = (what: string, most: string): string[] =>
    ["8:66 warning: tfvars.workers[a].instance_types[1]", "9:41 warning: tfvars.workers[b].instance_requirements"].map(
      (place) =>
        `clusters/a.example.com.yaml:${place}: has no known pod limit, and a node's own count ignores ${what}. Set kubelet.max_pods for the smallest type: ${most}`,
    );
  const apart = "networking: { subnet_tiers: [public, private, intra, pod], secondary_cidr_blocks: [100.64.0.0/16] }";
  const prefixes = "cluster: { vpc_cni: { prefix_delegation: true } }";

  expect(warned("cluster: { vpc_cni: { prefix_delegation: false } }")).toEqual([]);
  expect(warned(apart)).toEqual(warnings("subnets for pods", "(interfaces - 1) * (addresses of each - 1) + 2"));
  expect(warned(prefixes)).toEqual(
    warnings(
      "prefix_delegation",
      "the lesser of interfaces * (addresses of each - 1) * 16 + 2 and 110 (250 from 30 vCPUs on)",
    ),
  );
  expect(warned(`${apart}\n  ${prefixes}`)).toEqual(
    warnings(
      "prefix_delegation",
      "the lesser of (interfaces - 1) * (addresses of each - 1) * 16 + 2 and 110 (250 from 30 vCPUs on)",
    ),
  );
  expect(warned("networking: { ip_family: ipv6 }")).toEqual(warnings("IPv6", "110 (250 from 30 vCPUs on)"));
});
