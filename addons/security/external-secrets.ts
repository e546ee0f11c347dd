import { z } from "zod";
import { kmsKeyArn } from "../../language/words/arns";
import { dnsLabel } from "../../language/words/kubernetes";
import { defineHelmAddon, type Manifest } from "../contract/addon";
import type { AddonContext, AddonSubject } from "../contract/addon-context";
import { type AddonRule, reportItems, reportKey, reportOption } from "../contract/rule";
import { alertRules, monitored } from "../parts/monitoring";
import { ONE_AT_A_TIME, replicated } from "../parts/pods";

/**
 * A name, a prefix that ends in `*`, or an ARN of either. `*` alone would be every secret of the account. Secrets that AWS manages for
 * other services have a `!` in their name, such as rds!cluster-….
 */
const pattern = (service: "secretsmanager" | "ssm") =>
  z
    .string()
    .regex(
      new RegExp(
        `^(?:arn:aws[a-z-]*:${service}:[a-z0-9-]+:\\d{12}:\\S+|/?[A-Za-z0-9_+=.@-][A-Za-z0-9/_+=.@${service === "ssm" ? "" : "!"}-]*\\*?)$`,
      ),
      "must be a name, or a prefix with * at its end such as shop/*, or an ARN of either",
    )
    .meta({ examples: ["shop/*"] });

const options = z.strictObject({
  secrets: z
    .array(pattern("secretsmanager"))
    .nullable()
    .describe(
      "Secrets of Secrets Manager that the addon may read: names, prefixes such as `shop/*`, or ARNs. null for `<cluster name>/*`. [] for none, without the store aws-secrets-manager.",
    ),
  parameters: z
    .array(pattern("ssm"))
    .nullable()
    .describe(
      "Parameters of SSM Parameter Store that the addon may read, in the same format. null for `/<cluster name>/*`. [] for none, without the store aws-parameter-store.",
    ),
  kms_key_arns: z
    .array(kmsKeyArn)
    .describe(
      "Your own KMS keys that encrypt secrets or parameters. The addon may use them only through these 2 services.",
    ),
  store_namespaces: z
    .array(dnsLabel)
    .describe(
      "Namespaces that may use the two stores. Empty for all. Other namespaces need a SecretStore with their own role.",
    ),
});

type Options = z.output<typeof options>;

const names = (given: readonly string[] | null, { cluster_name }: AddonSubject) => given ?? [`${cluster_name}/*`];

function secretArns(subject: AddonSubject, given: Options): readonly string[] {
  const { account_id, partition, region } = subject;
  return names(given.secrets, subject).map((name) => {
    if (name.startsWith("arn:")) return name;
    // Secrets Manager puts a dash and six characters behind each name.
    const whole = name.endsWith("*") ? name : `${name}-??????`;
    return `arn:${partition}:secretsmanager:${region}:${account_id}:secret:${whole}`;
  });
}

function parameterArns(subject: AddonSubject, given: Options): readonly string[] {
  const { account_id, partition, region } = subject;
  return names(given.parameters, subject).map((name) =>
    name.startsWith("arn:")
      ? name
      : `arn:${partition}:ssm:${region}:${account_id}:parameter/${name.replace(/^\//, "")}`,
  );
}

const RULES: readonly AddonRule<Options>[] = [
  ...(["secrets", "parameters", "kms_key_arns"] as const).map(
    (key): AddonRule<Options> =>
      ({ partition }, given) =>
        reportItems(["options", key], given[key] ?? [], [
          (name) =>
            reportKey(
              name.startsWith("arn:") && !name.startsWith(`arn:${partition}:`),
              [],
              `must be an ARN of partition ${partition}, as the cluster's region is, got ${name}`,
            ),
        ]),
  ),
  ...(["kms_key_arns", "store_namespaces"] as const).map(
    (key): AddonRule<Options> =>
      (_, given) =>
        reportOption(
          given.secrets?.length === 0 && given.parameters?.length === 0 && given[key].length > 0,
          key,
          "has no effect because secrets and parameters are empty. Remove it, or add secrets or parameters",
        ),
  ),
];

function store(name: string, service: string, { region }: AddonContext, { store_namespaces }: Options): Manifest {
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ClusterSecretStore",
    metadata: { name },
    spec: {
      provider: { aws: { service, region } }, // by the controller's own role
      ...(store_namespaces.length > 0 && { conditions: [{ namespaces: store_namespaces }] }),
    },
  };
}

/** Returns the values of one of the chart's three Deployments. */
function deployment(name: string, context: AddonContext, memory: string) {
  return {
    ...replicated(
      context,
      "replicaCount",
      { "app.kubernetes.io/instance": "external-secrets", "app.kubernetes.io/name": name },
      "20m",
      memory,
    ),
    podDisruptionBudget: ONE_AT_A_TIME,
    priorityClassName: "system-cluster-critical",
  };
}

/** Secrets of Secrets Manager and the Parameter Store as Secrets of Kubernetes: read only, and by prefix. */
export const externalSecrets = defineHelmAddon({
  name: "external_secrets",
  summary: "Secrets from Secrets Manager and the Parameter Store, by ClusterSecretStores of the cluster's own prefix",
  namespace: "external-secrets",
  pod_security: "restricted",
  release_notes: {
    "https://charts.external-secrets.io/external-secrets":
      "https://github.com/external-secrets/external-secrets/releases/tag/helm-chart-", // 2.12.0
  },
  requires: [],
  after: ["coredns", "kube_prometheus_stack"],
  conflicts_with: [],
  served_ports: [9443], // its webhook
  singleton: true,
  api_groups: ["external-secrets.io", "generators.external-secrets.io"],
  crds: "upgraded",
  wait: true, // its webhook refuses the stores while it is not there
  options,
  service_account: "external-secrets",
  fargate: {
    labels: { "app.kubernetes.io/name": "external-secrets", "app.kubernetes.io/instance": "external-secrets" },
    annotations: ["serviceAccount", "annotations"],
  },
  aws_services: ({ parameters, secrets }) => [
    ...(secrets?.length === 0 ? [] : (["secretsmanager"] as const)),
    ...(parameters?.length === 0 ? [] : (["ssm"] as const)),
  ],
  checks: RULES,

  // Neither ListSecrets nor DescribeParameters, which support no prefix and return every name of the account: `find` does not work.
  permissions: (context, given) => {
    const secrets = secretArns(context, given);
    const parameters = parameterArns(context, given);
    const services = [...(secrets.length > 0 ? ["secretsmanager"] : []), ...(parameters.length > 0 ? ["ssm"] : [])];
    return [
      ...(secrets.length === 0
        ? []
        : [
            {
              sid: "ReadSecrets",
              actions: [
                "secretsmanager:DescribeSecret",
                "secretsmanager:GetSecretValue",
                "secretsmanager:ListSecretVersionIds",
              ],
              resources: secrets,
            },
          ]),
      ...(parameters.length === 0
        ? []
        : [
            {
              sid: "ReadParameters",
              actions: [
                "ssm:GetParameter",
                "ssm:GetParameterHistory",
                "ssm:GetParameters",
                "ssm:GetParametersByPath",
                "ssm:ListTagsForResource",
              ],
              resources: parameters,
            },
          ]),
      ...(given.kms_key_arns.length === 0 || services.length === 0
        ? []
        : [
            {
              sid: "DecryptByThem",
              actions: ["kms:Decrypt"],
              resources: given.kms_key_arns,
              condition: {
                StringLike: { "kms:ViaService": services.map((service) => `${service}.*.amazonaws.com*`) },
              },
            },
          ]),
    ];
  },

  values: (context) => ({
    // In the chart's templates, so that Helm upgrades them; kept, because with them would go every Secret that it made.
    installCRDs: true,
    crds: { annotations: { "helm.sh/resource-policy": "keep" } },
    serviceAccount: { name: "external-secrets" },
    leaderElect: context.service_level.replicas > 1,
    ...deployment("external-secrets", context, "256Mi"),
    // The default, 10250, is the kubelet's port on Fargate.
    webhook: { ...deployment("external-secrets-webhook", context, "128Mi"), port: 9443 },
    certController: deployment("external-secrets-cert-controller", context, "256Mi"),
    serviceMonitor: { enabled: monitored(context), renderMode: "alwaysRender" },
    grafanaDashboard: { enabled: monitored(context) },
  }),

  manifests: (context, given) => [
    ...(given.secrets?.length === 0 ? [] : [store("aws-secrets-manager", "SecretsManager", context, given)]),
    ...(given.parameters?.length === 0 ? [] : [store("aws-parameter-store", "ParameterStore", context, given)]),
    ...alertRules(context, "external-secrets", "external-secrets", [
      {
        name: "ExternalSecretNotReady",
        when: 'max by (namespace, name) (externalsecret_status_condition{condition="Ready", status="False"}) == 1',
        during: "30m", // longer than a secret that is about to be made
        summary: "A secret cannot be read from AWS: {{ $labels.namespace }}/{{ $labels.name }}",
      },
    ]),
  ],
});
