import { Workers } from "../../../constructs/workers/workers";
import type { Tfvars } from "../../../fleet/model/cluster";
import { clusterOf, type Part, workerOf } from "../../support/cluster";
import { workersProps } from "../../support/props";
import { synth } from "../../support/synth";

type Profiles = Tfvars["fargate_profiles"];

const WEB: Profiles = [
  { name: "web", selectors: [{ namespace: "web-*", labels: { tier: "front" } }, { namespace: "kube-system" }] },
];

function synthProfiles(fargate_profiles: Profiles, tfvars: Part<Tfvars> = {}) {
  const cluster = clusterOf({ ...tfvars, fargate_profiles, workers: [] });
  return synth((scope) => new Workers(scope, "workers", workersProps(cluster)));
}

const nameOf = (...args: Parameters<typeof synthProfiles>) =>
  synthProfiles(...args).only("aws_eks_fargate_profile")["fargate_profile_name"];

test("a profile selects pods, in private subnets, and its successor is created before it is destroyed", () => {
  const tf = synthProfiles(WEB);

  expect(tf.only("aws_eks_fargate_profile")).toEqual({
    cluster_name: "reference-eks-example-com",
    fargate_profile_name: expect.stringMatching(/^web-[0-9a-f]{8}$/),
    pod_execution_role_arn: `\${${tf.addresses("aws_iam_role")[0]}.arn}`,
    subnet_ids: ["subnet-private-a", "subnet-private-b", "subnet-private-c"],
    selector: [{ namespace: "web-*", labels: { tier: "front" } }, { namespace: "kube-system" }],
    depends_on: [...tf.addresses("aws_iam_role"), ...tf.addresses("aws_iam_role_policy_attachment")],
    lifecycle: { create_before_destroy: true },
  });
});

test("its pods use a role of its own, which trusts this cluster's profiles only", () => {
  const tf = synthProfiles(WEB);
  const role = tf.only("aws_iam_role");

  expect(role["name"]).toBe("reference-eks-example-com-fargate-web");
  expect(JSON.parse(String(role["assume_role_policy"])).Statement).toEqual([
    {
      Effect: "Allow",
      Principal: { Service: "eks-fargate-pods.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        ArnLike: {
          "aws:SourceArn": "arn:aws:eks:eu-west-1:111111111111:fargateprofile/reference-eks-example-com/*",
        },
      },
    },
  ]);
  expect(tf.only("aws_iam_role_policy_attachment")["policy_arn"]).toBe(
    "arn:aws:iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy",
  );
});

test("pods on Fargate and pods on nodes reach each other", () => {
  const rules = Object.values(synthProfiles(WEB).all("aws_vpc_security_group_ingress_rule"));

  expect(
    rules.map((rule) => [rule["security_group_id"], rule["referenced_security_group_id"], rule["ip_protocol"]]),
  ).toEqual([
    ["sg-of-eks", "sg-node", "-1"],
    ["sg-node", "sg-of-eks", "-1"],
  ]);
});

test.each<[string, Profiles, Part<Tfvars>]>([
  ["selectors", [{ name: "web", selectors: [{ namespace: "web" }] }], {}],
  ["zones", [{ ...WEB[0], name: "web", selectors: WEB[0]?.selectors ?? [], availability_zones: ["eu-west-1b"] }], {}],
  ["subnets", WEB, { networking: { vpc_cidr: "10.1.0.0/16" } }],
])("other %s change the profile's name, because they replace it", (_what, profiles, tfvars) => {
  expect(nameOf(profiles, tfvars)).not.toBe(nameOf(WEB));
});

test("other subnets of an existing VPC change the profile's name, and local zones do not", () => {
  const existing = (Net: string): Part<Tfvars> => ({
    networking: { existing_vpc: { vpc_id: "vpc-0a1b2c3d4e5f60718", subnet_tags: { private: { Net } } } },
  });

  expect(nameOf(WEB, existing("a"))).not.toBe(nameOf(WEB, existing("b")));
  expect(nameOf(WEB, { networking: { local_zones: ["eu-west-1-dub-1a"] } })).toBe(nameOf(WEB));
});

test("runs in the subnets that it names", () => {
  const profiles: Profiles = [
    { name: "batch", selectors: [{ namespace: "batch" }], subnet_tier: "intra", availability_zones: ["eu-west-1b"] },
  ];

  expect(synthProfiles(profiles).only("aws_eks_fargate_profile")["subnet_ids"]).toEqual(["subnet-intra-b"]);
});

test("has tags, and a role with policies, of its own", () => {
  const policy = "arn:aws:iam::111111111111:policy/logs";
  const tf = synthProfiles([
    { name: "batch", selectors: [{ namespace: "batch" }], managed_policy_arns: [policy], tags: { CostCenter: "7" } },
  ]);

  expect(tf.only("aws_eks_fargate_profile")["tags"]).toEqual({ CostCenter: "7" });
  expect(tf.only("aws_iam_role_policy_attachment", "policy-logs")).toEqual({
    role: `\${${tf.addresses("aws_iam_role")[0]}.name}`,
    policy_arn: policy,
  });
});

test("starts its pods with a role that has further policies, or with an existing role", () => {
  const selectors = [{ namespace: "batch" }];
  const statements = [{ actions: ["logs:PutLogEvents"], resources: ["*"] }];
  const pod_execution_role_arn = "arn:aws:iam::111111111111:role/pods";
  const granted = synthProfiles([{ name: "batch", selectors, statements }]);
  const taken = synthProfiles([{ name: "batch", selectors, pod_execution_role_arn }]);

  expect(granted.only("aws_iam_role_policy")).toEqual({
    role: `\${${granted.addresses("aws_iam_role")[0]}.name}`,
    name: "granted",
    policy: expect.stringContaining('"Action":["logs:PutLogEvents"]'),
  });
  expect(granted.only("aws_eks_fargate_profile")["depends_on"]).toContain(granted.addresses("aws_iam_role_policy")[0]);
  expect(taken.addresses("aws_iam_role")).toEqual([]);
  expect(taken.only("aws_eks_fargate_profile")).toMatchObject({ pod_execution_role_arn });
  expect(taken.only("aws_eks_fargate_profile")["fargate_profile_name"]).not.toBe(
    granted.only("aws_eks_fargate_profile")["fargate_profile_name"],
  );
});

test("a cluster without profiles has none of their resources", () => {
  const cluster = clusterOf({ workers: [workerOf({ name: "general" })] });
  const tf = synth((scope) => new Workers(scope, "workers", workersProps(cluster)));

  expect(tf.addresses("aws_vpc_security_group_ingress_rule")).toEqual([]);
});
