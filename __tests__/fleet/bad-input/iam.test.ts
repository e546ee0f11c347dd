import { problemsOf, SMALLEST } from "../../support/definitions";

function told(iam: string): string[] {
  const text = SMALLEST.replace("  workers:", `    iam: { ${iam} }\n  workers:`);
  return problemsOf({ "clusters/a.example.com.yaml": text });
}

const AT = "clusters/a.example.com.yaml:6";

test.each([
  ["permissions_boundary: arn:aws:iam::111111111111:policy/boundary", []],
  ["permissions_boundary: arn:aws:iam::aws:policy/PowerUserAccess", []],
  ["path: /teams/search/", []],
  [
    "permissions_boundary: arn:aws:iam::999999999999:policy/boundary",
    [
      `${AT}:34 tfvars.common.iam.permissions_boundary: is a policy of account 999999999999, and IAM takes one of the cluster's own account 111111111111, or of AWS: name that`,
    ],
  ],
  [
    "permissions_boundary: arn:aws-cn:iam::aws:policy/PowerUserAccess",
    [
      `${AT}:34 tfvars.common.iam.permissions_boundary: must be an ARN of partition aws, as us-east-1 is, got arn:aws-cn:iam::aws:policy/PowerUserAccess`,
    ],
  ],
  [
    "permissions_boundary: boundary",
    [
      `${AT}:34 tfvars.common.iam.permissions_boundary: must be the ARN of an IAM policy, such as arn:aws:iam::111111111111:policy/boundary, got "boundary"`,
    ],
  ],
  [
    "path: teams/search",
    [
      `${AT}:18 tfvars.common.iam.path: must be an IAM path that begins and ends with a slash, such as /teams/search/, got "teams/search"`,
    ],
  ],
])("%s", (iam, problems) => {
  expect(told(iam)).toEqual(problems);
});

test("policies of another account, for nodes and for pods on Fargate", () => {
  const policy = "arn:aws:iam::999999999999:policy/theirs";
  const yaml = `${SMALLEST}      additional_policy_arns: [${policy}]
  fargate_profiles:
    - { name: web, selectors: [{ namespace: web }], managed_policy_arns: [${policy}] }
  addons:
    cluster_autoscaler_enabled: false
    karpenter: { enabled: true, options: { node_policy_arns: [${policy}] } }
`;
  const foreign =
    "is a policy of account 999999999999, and IAM takes one of the cluster's own account 111111111111, or of AWS: name that";

  expect(problemsOf({ "clusters/a.example.com.yaml": yaml })).toEqual([
    `clusters/a.example.com.yaml:8:32 tfvars.workers[general].additional_policy_arns[0]: ${foreign}`,
    `clusters/a.example.com.yaml:10:75 tfvars.fargate_profiles[web].managed_policy_arns[0]: ${foreign}`,
    `clusters/a.example.com.yaml:13:63 tfvars.addons.karpenter.options.node_policy_arns[0]: ${foreign}`,
  ]);
});
