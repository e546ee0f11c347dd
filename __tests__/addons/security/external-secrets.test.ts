import { externalSecrets } from "../../../addons/security/external-secrets";
import {
  contextOf,
  findingsOf,
  LEVELS,
  manifestsOf,
  monitoredContext,
  optionsOf,
  permissionsOf,
  valuesOf,
} from "../support/context";

const key = "arn:aws:kms:eu-west-1:111111111111:key/k1";

test("keeps its CRDs, does not use the kubelet's port, and elects a leader if it has several replicas", () => {
  expect(valuesOf(externalSecrets)).toMatchObject({
    installCRDs: true,
    crds: { annotations: { "helm.sh/resource-policy": "keep" } },
    serviceAccount: { name: "external-secrets" },
    leaderElect: true,
    replicaCount: 2,
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    webhook: { port: 9443, replicaCount: 2 },
    certController: { replicaCount: 2 },
    serviceMonitor: { enabled: false },
  });
  expect(valuesOf(externalSecrets, contextOf({ service_level: LEVELS.one }))["leaderElect"]).toBe(false);
});

test("may read secrets that begin with the cluster's name, and list nothing", () => {
  expect(permissionsOf(externalSecrets)).toEqual([
    {
      sid: "ReadSecrets",
      actions: [
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetSecretValue",
        "secretsmanager:ListSecretVersionIds",
      ],
      resources: ["arn:aws:secretsmanager:eu-west-1:111111111111:secret:demo/*"],
    },
    {
      sid: "ReadParameters",
      actions: [
        "ssm:GetParameter",
        "ssm:GetParameterHistory",
        "ssm:GetParameters",
        "ssm:GetParametersByPath",
        "ssm:ListTagsForResource",
      ],
      resources: ["arn:aws:ssm:eu-west-1:111111111111:parameter/demo/*"],
    },
  ]);
});

test.each([
  ["shop/*", "arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop/*"],
  ["rds!cluster-*", "arn:aws:secretsmanager:eu-west-1:111111111111:secret:rds!cluster-*"],
  ["shop/db", "arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop/db-??????"],
  [
    "arn:aws:secretsmanager:eu-west-1:999999999999:secret:shop/db-a1b2c3",
    "arn:aws:secretsmanager:eu-west-1:999999999999:secret:shop/db-a1b2c3",
  ],
])("the secret %s is %s", (secret, arn) => {
  expect(permissionsOf(externalSecrets, contextOf(), { secrets: [secret], parameters: [] })).toMatchObject([
    { sid: "ReadSecrets", resources: [arn] },
  ]);
});

test("a path of the Parameter Store begins with a slash, and its ARN has only one", () => {
  expect(permissionsOf(externalSecrets, contextOf(), { secrets: [], parameters: ["/shop/*"] })).toMatchObject([
    { sid: "ReadParameters", resources: ["arn:aws:ssm:eu-west-1:111111111111:parameter/shop/*"] },
  ]);
});

test.each(["*", "/*", "a b", ""])("refuses %j as the name of a secret", (name) => {
  expect(() => optionsOf(externalSecrets, { secrets: [name] })).toThrow();
});

test("may decrypt with the listed keys, through the services that it reads", () => {
  expect(permissionsOf(externalSecrets, contextOf(), { parameters: [], kms_key_arns: [key] })).toContainEqual({
    sid: "DecryptByThem",
    actions: ["kms:Decrypt"],
    resources: [key],
    condition: { StringLike: { "kms:ViaService": ["secretsmanager.*.amazonaws.com*"] } },
  });
});

test("each service of which it may read something has a store, for all or for some namespaces", () => {
  const stores = manifestsOf(externalSecrets).map(({ kind, metadata, spec }) => [kind, metadata.name, spec]);

  expect(stores).toEqual([
    [
      "ClusterSecretStore",
      "aws-secrets-manager",
      { provider: { aws: { service: "SecretsManager", region: "eu-west-1" } } },
    ],
    [
      "ClusterSecretStore",
      "aws-parameter-store",
      { provider: { aws: { service: "ParameterStore", region: "eu-west-1" } } },
    ],
  ]);
  expect(manifestsOf(externalSecrets, contextOf(), { secrets: [], store_namespaces: ["shop"] })).toMatchObject([
    { metadata: { name: "aws-parameter-store" }, spec: { conditions: [{ namespaces: ["shop"] }] } },
  ]);
  expect(manifestsOf(externalSecrets, monitoredContext).map(({ kind }) => kind)).toEqual([
    "ClusterSecretStore",
    "ClusterSecretStore",
    "PrometheusRule",
  ]);
});

test("a private network has endpoints of the services that it reads", () => {
  expect(externalSecrets.aws_services?.(optionsOf(externalSecrets))).toEqual(["secretsmanager", "ssm"]);
  expect(externalSecrets.aws_services?.(optionsOf(externalSecrets, { secrets: [] }))).toEqual(["ssm"]);
});

test("refuses keys without effect, and ARNs of another partition", () => {
  const nothing = { secrets: [], parameters: [], kms_key_arns: [key], store_namespaces: ["shop"] };
  const idle = "has no effect because secrets and parameters are empty. Remove it, or add secrets or parameters";

  expect(findingsOf(externalSecrets)).toEqual([]);
  expect(findingsOf(externalSecrets, nothing)).toEqual([
    `options.kms_key_arns: ${idle}`,
    `options.store_namespaces: ${idle}`,
  ]);
  expect(findingsOf(externalSecrets, { kms_key_arns: [key] }, contextOf({ partition: "aws-cn" }))).toEqual([
    `options.kms_key_arns.0: must be an ARN of partition aws-cn, as the cluster's region is, got ${key}`,
  ]);
});

test.each([
  ["of Secrets Manager", { secrets: ["a"], parameters: [] }],
  ["of the parameter store", { secrets: [], parameters: ["a"] }],
])("accepts keys and namespaces if there are secrets %s", (_, given) => {
  const key = "arn:aws:kms:us-east-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef";

  expect(findingsOf(externalSecrets, { ...given, kms_key_arns: [key], store_namespaces: ["web"] })).toEqual([]);
});

test("reports nothing about keys and namespaces that are not set", () => {
  expect(findingsOf(externalSecrets, { secrets: [], parameters: [] })).toEqual([]);
});

test("accepts names of secrets, which have no partition", () => {
  expect(findingsOf(externalSecrets, { secrets: ["web/*"], parameters: ["/web/*"] })).toEqual([]);
});
