import { definition } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const problemsIn = (region: string, cluster: string): string[] =>
  problemsOf({ "clusters/a.example.com.yaml": definition({ cluster }).replace("us-east-1", region) });

test("refuses an ARN of another partition than the region's, wherever it is written", () => {
  const cluster = "kms: { administrators: [arn:aws-cn:iam::111111111111:role/x, 5, arn:aws:iam::111111111111:role/y] }";

  expect(problemsIn("cn-north-1", cluster)).toEqual([
    "accounts/production.yaml:26:24 tfvars.cluster.access_entries[platform-admin].principal_arn: must be an ARN of partition aws-cn, which cn-north-1 belongs to, but is arn:aws:iam::111111111111:role/platform-admin (for cluster a.example.com)",
    'clusters/a.example.com.yaml:9:66 tfvars.cluster.kms.administrators[1]: must be text, got 5, which YAML reads as a number. Write "5" in quotes',
    "clusters/a.example.com.yaml:9:69 tfvars.cluster.kms.administrators[2]: must be an ARN of partition aws-cn, which cn-north-1 belongs to, but is arn:aws:iam::111111111111:role/y",
  ]);
});

test("reports nothing of partitions if the region is refused", () => {
  expect(problemsIn("5", "kms: { administrators: [arn:aws-cn:iam::111111111111:role/x] }")).toEqual([
    'clusters/a.example.com.yaml:5:17 tfvars.common.aws_region: must be text, got 5, which YAML reads as a number. Write "5" in quotes',
  ]);
});

test("accepts an ARN of every partition", () => {
  const cluster =
    'hybrid_nodes: { credential_provider: SSM, statements: [{ actions: ["s3:GetObject"], resources: ["arn:*:s3:::b/*"] }] }\nremote_networks: { node_cidrs: [10.61.0.0/16] }';

  expect(problemsIn("us-east-1", cluster)).toEqual([]);
});
