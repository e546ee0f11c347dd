import { type Cloud, startCloud } from "./support/cloud";
import { type Document, VERSIONS } from "./support/program";

let cloud: Cloud;

const TYPES = [
  "aws_vpc",
  "aws_eip",
  "aws_iam_role",
  "aws_kms_key",
  "aws_kms_alias",
  "aws_cloudwatch_log_group",
  "aws_sqs_queue",
  "aws_security_group",
  "aws_vpc_security_group_ingress_rule",
  "aws_ssm_parameter",
  "aws_s3_bucket",
  "aws_acm_certificate",
  "kubernetes_secret_v1",
  "kubernetes_manifest",
  "data.aws_caller_identity",
  "data.aws_partition",
  "data.aws_region",
  "data.aws_iam_policy_document",
  "data.aws_iam_role",
  "data.aws_availability_zones",
];

beforeAll(async () => {
  cloud = await startCloud([], { types: TYPES });
});

afterAll(() => cloud.remove());

function document(parts: Document, providers: Document[] = [{ region: "us-east-1" }]): Document {
  return {
    terraform: { required_providers: VERSIONS, backend: { local: { path: "terraform.tfstate" } } },
    provider: { aws: providers, kubernetes: [{ host: "https://one.example" }] },
    ...parts,
  };
}

async function outputs(name: string, parts: Document, providers?: Document[]): Promise<Record<string, unknown>> {
  const values = Object.fromEntries(Object.entries(parts["output"]).map(([key, value]) => [key, { value }]));
  const terraform = await cloud.applied(name, document({ ...parts, output: values }, providers));
  expect(await terraform.plan()).toMatchObject({ changed: false });
  return terraform.output();
}

test("each alias has its own account, region, partition and default tags", async () => {
  const assumed = { role_arn: "arn:aws-cn:iam::222233334444:role/deploy" };
  const found = await outputs(
    "aliases",
    {
      resource: {
        aws_vpc: {
          here: { cidr_block: "10.0.0.0/16", tags: { team: "mine" } },
          there: { provider: "aws.china", cidr_block: "10.0.0.0/16" },
          elsewhere: { cidr_block: "10.0.0.0/16", region: "us-gov-west-1" },
        },
      },
      output: {
        here: "${[aws_vpc.here.arn, aws_vpc.here.tags_all]}",
        there: "${[aws_vpc.there.arn, aws_vpc.there.tags_all]}",
        elsewhere: "${aws_vpc.elsewhere.arn}",
      },
    },
    [
      {
        region: "eu-west-1",
        allowed_account_ids: ["111122223333"],
        default_tags: [{ tags: { team: "a", tier: "a" } }],
      },
      { alias: "china", region: "cn-north-1", assume_role: [assumed], default_tags: [{ tags: { team: "b" } }] },
    ],
  );

  expect(found).toEqual({
    here: [
      expect.stringMatching(/^arn:aws:ec2:eu-west-1:111122223333:vpc\/vpc-0[0-9a-f]{16}$/),
      { team: "mine", tier: "a" },
    ],
    there: [expect.stringMatching(/^arn:aws-cn:ec2:cn-north-1:222233334444:vpc\/vpc-0[0-9a-f]{16}$/), { team: "b" }],
    elsewhere: expect.stringMatching(/^arn:aws-us-gov:ec2:us-gov-west-1:111122223333:vpc\/vpc-/),
  });
});

test("computed attributes have the form of AWS", async () => {
  const found = await outputs("forms", {
    resource: {
      aws_iam_role: { r: { name_prefix: "app-", path: "/team/", assume_role_policy: "{}" } },
      aws_kms_key: { k: {} },
      aws_kms_alias: { a: { name: "alias/app", target_key_id: "${aws_kms_key.k.key_id}" } },
      aws_cloudwatch_log_group: { l: { name: "/aws/eks/demo/cluster" } },
      aws_sqs_queue: { q: { name: "jobs" } },
      aws_s3_bucket: { b: { bucket: "files" } },
      aws_acm_certificate: { c: { domain_name: "example.org", validation_method: "DNS" } },
    },
    output: {
      role: "${aws_iam_role.r.arn}",
      role_name: "${aws_iam_role.r.name}",
      key: "${aws_kms_key.k.arn}",
      alias: "${aws_kms_alias.a.target_key_arn == aws_kms_key.k.arn}",
      logs: "${aws_cloudwatch_log_group.l.arn}",
      queue: "${[aws_sqs_queue.q.arn, aws_sqs_queue.q.url]}",
      bucket: "${[aws_s3_bucket.b.arn, aws_s3_bucket.b.bucket_regional_domain_name]}",
    },
  });

  expect(found).toEqual({
    role: `arn:aws:iam::123456789012:role/team/${found["role_name"]}`,
    role_name: expect.stringMatching(/^app-\d{18}[0-9a-f]{8}$/),
    key: expect.stringMatching(
      /^arn:aws:kms:us-east-1:123456789012:key\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    ),
    alias: true,
    logs: "arn:aws:logs:us-east-1:123456789012:log-group:/aws/eks/demo/cluster",
    queue: ["arn:aws:sqs:us-east-1:123456789012:jobs", "https://sqs.us-east-1.amazonaws.com/123456789012/jobs"],
    bucket: ["arn:aws:s3:::files", "files.s3.us-east-1.amazonaws.com"],
  });
});

test("data sources read the provider, existing objects, or their own arguments", async () => {
  await cloud.applied(
    "role",
    document({ resource: { aws_iam_role: { r: { name: "existing", assume_role_policy: "{}" } } } }),
  );
  const statement = [
    {
      actions: ["s3:Get*"],
      resources: ["arn:aws:s3:::files/&{aws:username}"],
      condition: [{ test: "StringEquals", variable: "aws:PrincipalTag/team", values: ["a", "b"] }],
    },
  ];
  const found = await outputs("data", {
    data: {
      aws_caller_identity: { me: {} },
      aws_partition: { p: {} },
      aws_region: { r: {} },
      aws_availability_zones: { z: { state: "available" } },
      aws_iam_role: { r: { name: "existing" } },
      aws_iam_policy_document: { d: { statement } },
    },
    output: {
      account: "${data.aws_caller_identity.me.account_id}",
      suffix: "${data.aws_partition.p.dns_suffix}",
      region: "${data.aws_region.r.region}",
      zones: "${zipmap(data.aws_availability_zones.z.names, data.aws_availability_zones.z.zone_ids)}",
      role: "${data.aws_iam_role.r.unique_id}",
      policy: "${jsondecode(data.aws_iam_policy_document.d.json)}",
    },
  });

  expect(found).toEqual({
    account: "123456789012",
    suffix: "amazonaws.com",
    region: "us-east-1",
    zones: { "us-east-1a": "use1-az1", "us-east-1b": "use1-az2", "us-east-1c": "use1-az3" },
    role: cloud.store.only("aws_iam_role", { name: "existing" }).state["unique_id"],
    policy: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "s3:Get*",
          Resource: "arn:aws:s3:::files/${aws:username}",
          Condition: { StringEquals: { "aws:PrincipalTag/team": ["a", "b"] } },
        },
      ],
    },
  });
});

test("refuses a name that is in use with the error of AWS", async () => {
  const roles = (name: string) =>
    document({ resource: { aws_iam_role: { [name]: { name: "only-one", assume_role_policy: "{}" } } } });
  await cloud.applied("first", roles("r"));

  await expect(cloud.applied("second", roles("r"))).rejects.toThrow(
    "EntityAlreadyExists: Role with name only-one already exists.",
  );
});

test("refuses a second security group rule that allows the same, with the error of EC2", async () => {
  const rule = (port: number, description: string) => ({
    security_group_id: "${aws_security_group.g.id}",
    ip_protocol: "tcp",
    from_port: port,
    to_port: port,
    cidr_ipv4: "10.0.0.0/8",
    description,
  });
  const rules = (group: string, second: number) =>
    document({
      resource: {
        aws_security_group: { g: { name: group, vpc_id: "vpc-1" } },
        aws_vpc_security_group_ingress_rule: { one: rule(443, "one"), two: rule(second, "two") },
      },
    });

  await cloud.applied("two rules", rules("a", 444));
  await expect(cloud.applied("one rule twice", rules("b", 443))).rejects.toThrow("InvalidPermission.Duplicate");
});

test("equal arguments create different objects, and no id is used twice", async () => {
  const eips = document({ resource: { aws_eip: { a: { domain: "vpc" }, b: { domain: "vpc" } } } });
  const terraform = await cloud.applied("eips", eips);
  const ids = () => cloud.store.objects("aws_eip").map(({ state }) => state["id"]);
  const first = ids();
  await terraform.destroy();
  await terraform.apply();

  expect(new Set([...first, ...ids()]).size).toBe(4);
});

test("refuses an unmarked output of a secret, and does not store a write-only value", async () => {
  const resource = {
    aws_ssm_parameter: { s: { name: "/s", type: "SecureString", value_wo: "never kept", value_wo_version: 1 } },
  };
  const terraform = await cloud.applied("write-only", document({ resource }));

  expect(JSON.stringify(cloud.store.only("aws_ssm_parameter").state)).not.toContain("never kept");
  const leaking = document({ resource, output: { s: { value: "${aws_ssm_parameter.s.value}" } } });
  await expect(cloud.stack("write-only", leaking).plan()).rejects.toThrow("Output refers to sensitive values");
  expect(await terraform.run(["state", "list"])).toMatchObject({ stdout: "aws_ssm_parameter.s\n" });
});

test("keeps values of dynamic type, and generates names like Kubernetes", async () => {
  const found = await outputs("in-cluster", {
    resource: {
      kubernetes_manifest: {
        m: {
          manifest: {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { name: "m", namespace: "x" },
            data: { big: 12345678901 },
          },
        },
      },
      kubernetes_secret_v1: { s: { metadata: [{ generate_name: "token-" }], data: { key: "value" } } },
    },
    output: {
      big: "${kubernetes_manifest.m.object.data.big}",
      name: "${kubernetes_secret_v1.s.metadata[0].name}",
      id: "${kubernetes_secret_v1.s.id}",
    },
  });

  expect(found).toEqual({
    big: 12345678901,
    name: expect.stringMatching(/^token-\w{10}$/),
    id: `default/${found["name"]}`,
  });
});

test("serves several Terraform processes at once", async () => {
  const names = ["p1", "p2", "p3", "p4"];
  const before = cloud.store.objects("aws_eip").length;
  const eips = Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [name, { domain: "vpc" }]));
  await Promise.all(
    names.map((name) =>
      cloud.applied(
        name,
        document({
          terraform: { required_providers: VERSIONS, backend: { local: { path: `${name}.tfstate` } } },
          resource: { aws_eip: eips },
        }),
      ),
    ),
  );

  const ids = cloud.store.objects("aws_eip").map(({ state }) => state["id"]);
  expect(ids).toHaveLength(before + 20);
  expect(new Set(ids).size).toBe(ids.length);
});
