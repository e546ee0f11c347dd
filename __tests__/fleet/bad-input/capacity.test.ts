import { problemsOf, SMALLEST } from "../../support/definitions";

const cluster = (more: string): string[] => problemsOf({ "clusters/a.example.com.yaml": `${SMALLEST}${more}` });

test("a subnet that runs out before the groups are full", () => {
  expect(
    cluster(`      instance_type: m6i.large
      max_size: 30
    - name: other
      max_size: 3
  networking:
    vpc_cidr: 10.0.0.0/22
`),
  ).toEqual([
    "clusters/a.example.com.yaml:9:17 tfvars.workers[general].max_size: subnet private of us-east-1a (10.0.0.0/26) runs out first: with every group at its max_size and rolling, nodes and pods hold 370 addresses there, and it has 59; 18 of 319 pods get one; take a smaller max_size or kubelet.max_pods, a shorter subnet_prefix_lengths.private, or pods in subnets of their own (pod in subnet_tiers)",
  ]);
});

test("what is enough is enough", () => {
  expect(
    cluster(`      instance_type: m6i.large
      max_size: 30
      kubelet: { max_pods: 8 }
  networking:
    vpc_cidr: 10.0.0.0/20
`),
  ).toEqual([]);
});

test("an instance type with a slip", () => {
  expect(cluster("      instance_type: m6i.larg\n")).toEqual([
    'clusters/a.example.com.yaml:8:22 warning: tfvars.workers[general].instance_type: "m6i.larg" is in no list of August 2026, did you mean "m6i.large"?',
  ]);
});
