import { z } from "zod";
import { defineHelmAddon, type Values } from "../../../addons/contract/addon";
import type { AddonBucket } from "../../../addons/contract/addon-parts";
import { addonContext } from "../../../constructs/addons/addon-context";
import { HelmAddon } from "../../../constructs/addons/helm-addon";
import { addonsProps } from "../../support/props";
import { synth } from "../../support/synth";
import { clusterWith } from "./support";

const options = z.strictObject({ policies: z.boolean() });
const statement = (action: string) => [{ sid: "One", actions: [action], resources: ["*"] }];

/** An addon of the tests' own, with everything that an addon can have. */
const fullest = (bucket: AddonBucket) =>
  defineHelmAddon({
    name: "demo_addon",
    summary: "For tests",
    namespace: "demo",
    pod_security: "baseline",
    requires: [],
    after: [],
    conflicts_with: [],
    wait: true,
    options,
    service_account: "controller",
    permissions: () => statement("ec2:DescribeVolumes"),
    further_identities: [{ service_account: "node", permissions: () => statement("ec2:DescribeInstances") }],
    bucket: () => bucket,
    further_charts: [
      { chart: "demo_crds", order: "before", values: () => ({ keep: true }) },
      { chart: "demo_policies", order: "after", included: (_, { policies }) => policies, values: () => ({ level: 1 }) },
    ],
    values: () => ({ own: true }),
  });

const { owner, plan: addons, ...sources } = addonsProps(clusterWith([]));
const props = { owner, context: addonContext(addons, sources), after: [] };
const plan = {
  name: "coredns", // any name of the catalogue: the plan of an addon that is not in it has none
  options: { policies: false },
  values: {},
  furtherValues: {},
  namespace: {},
  adopt: false,
  version: "1.0.0",
} as const;

function built({ policies = true, bucket = { existing: null, expire_days: 30 } as AddonBucket } = {}) {
  const chart = (name: string) => ({ repository: "oci://charts.example.com", chart: name, version: "1.0.0" });
  const charts = { demo_addon: chart("demo"), demo_crds: chart("crds"), demo_policies: chart("policies") };
  return synth(
    (scope) =>
      new HelmAddon(scope, "demo_addon", {
        ...props,
        addon: fullest(bucket),
        plan: { ...plan, charts, options: { policies }, furtherValues: { demo_policies: { level: 2 } } },
      }),
  );
}

describe("An addon of several charts", () => {
  const tf = built();

  test("releases each under its own key, with the definition's values over the addon's", () => {
    const releases = Object.values(tf.all("helm_release")).map(({ name, chart, namespace, values }) => ({
      name,
      chart,
      namespace,
      values: JSON.parse(String((values as string[])[0])),
    }));

    expect(releases).toEqual([
      { name: "demo-addon", chart: "demo", namespace: "demo", values: { own: true } },
      { name: "demo-crds", chart: "crds", namespace: "demo", values: { keep: true } },
      { name: "demo-policies", chart: "policies", namespace: "demo", values: { level: 2 } },
    ]);
  });

  test("installs its requirements first and its dependents last", () => {
    const own = "helm_release.demo_addon_BB4EFCF8";
    const crds = "helm_release.demo_addon_demo_crds_855E978A";

    expect(tf.addresses("helm_release")).toEqual([own, crds, "helm_release.demo_addon_demo_policies_AA56FD37"]);
    expect(tf.only("helm_release", "_policies")["depends_on"]).toEqual([own]);
    expect(tf.all("helm_release")[own]?.["depends_on"]).toContain(crds);
    expect(tf.only("helm_release", "_crds")["depends_on"]).toContain(
      "kubernetes_namespace_v1.demo_addon_namespace_37ABDEDD",
    );
  });

  test("leaves out a chart that its options disable", () => {
    expect(built({ policies: false }).addresses("helm_release")).toHaveLength(2);
  });

  test("has a role for each service account", () => {
    const roles = Object.values(tf.all("aws_iam_role")).map(({ name }) => name);
    const accounts = Object.values(tf.all("aws_eks_pod_identity_association")).map((each) => each["service_account"]);

    expect(roles.sort()).toEqual(["reference-eks-example-com-demo-addon", "reference-eks-example-com-demo-addon-node"]);
    expect(accounts.sort()).toEqual(["controller", "node"]);
    expect(Object.keys(tf.only("terraform_data")["triggers_replace"] as object)).toEqual(["identity", "identity-node"]);
  });
});

describe("An addon's bucket", () => {
  const tf = built();

  test("is encrypted with its own key, versioned, private, and accepts TLS only", () => {
    const bucket = "reference-eks-example-com-demo-addon-111111111111";

    expect(tf.only("aws_s3_bucket")).toEqual({
      bucket,
      force_destroy: false,
      depends_on: tf.addresses("aws_kms_key"), // S3 keeps a bucket with objects, and so Terraform keeps the key
    });
    expect(tf.only("aws_s3_bucket_server_side_encryption_configuration")["rule"]).toEqual([
      {
        apply_server_side_encryption_by_default: {
          kms_master_key_id: `\${${tf.addresses("aws_kms_key")[0]}.arn}`,
          sse_algorithm: "aws:kms",
        },
        bucket_key_enabled: true,
      },
    ]);
    expect(tf.only("aws_s3_bucket_versioning")["versioning_configuration"]).toEqual({ status: "Enabled" });
    expect(tf.only("aws_s3_bucket_public_access_block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(JSON.parse(String(tf.only("aws_s3_bucket_policy")["policy"])).Statement).toEqual([
      {
        Sid: "OnlyOverTls",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: "s3:*",
        Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
    expect(tf.only("aws_s3_bucket_lifecycle_configuration")["rule"]).toEqual([
      {
        id: "tidy",
        status: "Enabled",
        filter: [{ prefix: "" }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
        noncurrent_version_expiration: [{ noncurrent_days: 7 }],
        expiration: [{ days: 30 }],
      },
    ]);
  });

  test("gives the addon access to objects, not to the bucket's settings", () => {
    const bucket = "arn:aws:s3:::reference-eks-example-com-demo-addon-111111111111";
    const policy = tf.only("aws_iam_role_policy", "addon_role_policy")["policy"];

    expect(JSON.parse(String(policy)).Statement).toEqual([
      { Sid: "One", Effect: "Allow", Action: ["ec2:DescribeVolumes"], Resource: ["*"] },
      {
        Sid: "ListTheBucket",
        Effect: "Allow",
        Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
        Resource: [bucket],
      },
      {
        Sid: "KeepObjects",
        Effect: "Allow",
        Action: [
          "s3:AbortMultipartUpload",
          "s3:DeleteObject",
          "s3:GetObject",
          "s3:ListMultipartUploadParts",
          "s3:PutObject",
        ],
        Resource: [`${bucket}/*`],
      },
      {
        Sid: "UseTheKeyOfTheBucket",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: [`\${${tf.addresses("aws_kms_key")[0]}.arn}`],
      },
    ]);
  });

  test("can exist already, so that nothing is created and the role uses it", () => {
    const existing = built({ bucket: { existing: { name: "logs-of-all", kms_key_arn: null }, expire_days: null } });
    const policy = existing.only("aws_iam_role_policy", "addon_role_policy")["policy"];

    expect(existing.addresses("aws_s3_bucket")).toEqual([]);
    expect(JSON.parse(String(policy)).Statement.map(({ Resource }: { Resource: string[] }) => Resource)).toEqual([
      ["*"],
      ["arn:aws:s3:::logs-of-all"],
      ["arn:aws:s3:::logs-of-all/*"],
    ]);
  });
});

describe("On Fargate", () => {
  const chart = { repository: "oci://charts.example.com", chart: "demo", version: "1.0.0" };
  const {
    further_charts: _,
    further_identities: __,
    bucket: ___,
    ...plain
  } = fullest({ existing: null, expire_days: 1 });
  const addon = { ...plain, fargate: { labels: {}, annotations: ["account", "annotations"] } };
  const tf = synth(
    (scope) =>
      new HelmAddon(scope, "demo_addon", {
        ...props,
        addon,
        plan: { ...plan, charts: { demo_addon: chart }, values: { account: { annotations: { own: "yes" } } } },
        webIdentity: { arn: "arn:aws:iam::111111111111:oidc-provider/x", issuerHost: "oidc.example.com/id/x" },
      }),
  );

  test("the role trusts the token of one service account, which names the role", () => {
    const [role] = tf.addresses("aws_iam_role");

    expect(JSON.parse(String(tf.only("aws_iam_role")["assume_role_policy"])).Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Federated: "arn:aws:iam::111111111111:oidc-provider/x" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "oidc.example.com/id/x:sub": "system:serviceaccount:demo:controller",
            "oidc.example.com/id/x:aud": "sts.amazonaws.com",
          },
        },
      },
    ]);
    expect(JSON.parse(String((tf.only("helm_release")["values"] as string[])[0]))).toEqual({
      own: true,
      account: { annotations: { "eks.amazonaws.com/role-arn": `\${${role}.arn}`, own: "yes" } },
    });
    expect(tf.only("helm_release")["depends_on"]).toEqual(
      expect.arrayContaining([role, ...tf.addresses("aws_iam_role_policy")]),
    );
  });

  test("there is no Pod Identity association, which would take precedence without an agent", () => {
    expect(tf.addresses("aws_eks_pod_identity_association")).toEqual([]);
    expect(tf.addresses("terraform_data")).toEqual([]);
  });
});

test("a further chart has several releases, in its own namespace", () => {
  const chart = { repository: "oci://charts.example.com", chart: "sets", version: "1.0.0" };
  const charts = { demo_addon: chart, demo_sets: chart };
  const addon = defineHelmAddon({
    ...fullest({ existing: null, expire_days: null }),
    further_charts: [
      {
        chart: "demo_sets",
        order: "after",
        namespace: { name: "sets", pod_security: ({ policies }) => (policies ? "restricted" : "privileged") },
        releases: () => ["one", "two"],
        values: (_context, _options, name) => ({ name }),
      },
    ],
  });
  const tf = synth(
    (scope) =>
      new HelmAddon(scope, "demo_addon", {
        ...props,
        addon,
        plan: { ...plan, charts, furtherValues: { demo_sets: { both: true } } },
      }),
  );
  const releases = Object.values(tf.all("helm_release")).map(({ name, namespace, values }) => [
    name,
    namespace,
    values,
  ]);

  expect(releases).toEqual([
    ["demo-addon", "demo", ['{"own":true}']],
    ["one", "sets", ['{"both":true,"name":"one"}']],
    ["two", "sets", ['{"both":true,"name":"two"}']],
  ]);
  expect(Object.values(tf.all("kubernetes_namespace_v1")).map(({ metadata }) => metadata)).toEqual([
    { name: "sets", labels: { "pod-security.kubernetes.io/enforce": "privileged" } },
    { name: "demo", labels: { "pod-security.kubernetes.io/enforce": "baseline" } },
  ]);
});

describe("A namespace of an addon", () => {
  const namespaces = (settings: Partial<typeof plan> & { readonly namespace?: object }, own: Values = {}) => {
    const chart = { repository: "oci://charts.example.com", chart: "demo", version: "1.0.0" };
    const addon = { ...fullest({ existing: null, expire_days: 30 }), values: () => own };
    const tf = synth(
      (scope) =>
        new HelmAddon(scope, "demo_addon", {
          ...props,
          addon,
          plan: { ...plan, charts: { demo_addon: chart, demo_crds: chart }, ...settings },
        }),
    );
    return tf.only("kubernetes_namespace_v1");
  };

  test("has the labels, the annotations and the level that the definition sets", () => {
    const namespace = {
      labels: { team: "search" },
      annotations: { note: "ours" },
      pod_security: "privileged",
      delete_minutes: 30,
    };

    expect(namespaces({ namespace })).toMatchObject({
      metadata: {
        name: "demo",
        labels: { "pod-security.kubernetes.io/enforce": "privileged", team: "search" },
        annotations: { note: "ours" },
      },
      timeouts: { delete: "30m" },
    });
  });

  test.each([
    ["15m without slow pods", {}, {}, "15m"],
    ["10 minutes more than the longest grace period", { a: [{ terminationGracePeriodSeconds: 3600 }] }, {}, "70m"],
    ["as long as values of the definition require", {}, { terminationGracePeriodSeconds: 1201 }, "31m"],
  ])("has a limit for its deletion: %s", (_, own, values, expected) => {
    expect(namespaces({ values } as never, own)["timeouts"]).toEqual({ delete: expected });
  });
});

describe("An addon that Helm installed before", () => {
  const taken = (adopt: boolean) => {
    const chart = { repository: "oci://charts.example.com", chart: "demo", version: "1.0.0" };
    return synth(
      (scope) =>
        new HelmAddon(scope, "demo_addon", {
          ...props,
          addon: fullest({ existing: null, expire_days: 30 }),
          plan: { ...plan, adopt, charts: { demo_addon: chart, demo_crds: chart } },
        }),
    );
  };
  const own = "helm_release.demo_addon_BB4EFCF8";

  test("is adopted with its releases, objects and namespace if the definition enables it", () => {
    const tf = taken(true);

    expect(tf.all("helm_release")[own]).toMatchObject({ upgrade_install: true, take_ownership: true });
    expect(tf.at("import")).toMatchObject([
      { id: "demo", to: "kubernetes_namespace_v1.demo_addon_namespace_37ABDEDD" },
    ]);
  });

  test("is not adopted by default", () => {
    const tf = taken(false);

    expect(tf.all("helm_release")[own]).not.toHaveProperty("upgrade_install");
    expect(tf.at("import")).toBeUndefined();
  });
});
