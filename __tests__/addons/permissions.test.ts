import { catalogue } from "../../addons/catalogue";
import type { Addon } from "../../addons/contract/addon";
import type { PolicyStatement } from "../../language/words/iam";
import { contextOf, defaults } from "./support/context";

/** Everything that any option could allow, on a cluster whose name nothing else in a policy contains. */
const context = contextOf({
  cluster_name: "cluster-of-the-test",
  k8s_base_domain: "d.example.com",
  hosted_zone_id: "Z9",
});
const key = "arn:aws:kms:eu-west-1:111111111111:key/k1";
const lustre = {
  name: "lustre",
  subnet_id: "subnet-0123456789abcdef0",
  security_group_ids: ["sg-0123456789abcdef0"],
  deployment_type: "PERSISTENT_1",
  kms_key_arn: key,
  reclaim_policy: "Delete",
};
const widest: Readonly<Record<string, object>> = {
  argo_rollouts: { verify_target_groups: true },
  concourse: { secrets: "aws_secrets_manager" },
  flux: { ecr_repositories: ["charts/*"], image_automation: true, sops_key_arns: [key] },
  amazon_cloudwatch_observability: { application_signals: true },
  aws_ebs_csi_driver: { kms_key_arn: key },
  aws_fsx_csi_driver: { storage_classes: [lustre], data_repositories: ["a-bucket"] },
  aws_load_balancer_controller: { waf: true, shield: true },
  aws_mountpoint_s3_csi_driver: { write_buckets: ["a-bucket"], kms_key_arns: [key] },
  external_secrets: { kms_key_arns: [key] },
  velero: { volume_key_arns: [key] },
  keda: { permissions: [{ sid: "Queues", actions: ["sqs:GetQueueAttributes"], resources: ["*"] }] },
  opencost: { unattached_resources: true },
  fluent_bit: {
    destinations: ["cloudwatch", "opensearch"],
    opensearch: { host: "logs.example.com", domain: "logs" },
  },
  opentelemetry_collector: { traces: ["xray"] },
  kube_prometheus_stack: {
    grafana_cloudwatch: true,
    remote_write: [{ name: "amp", amp_workspace_id: "ws-01234567-89ab-cdef-0123-456789abcdef" }],
  },
};

const statements = Object.values<Addon>(catalogue).flatMap((addon) => {
  const options = addon.options.parse({ ...defaults(addon.name).options, ...widest[addon.name] });
  const further = (addon.further_identities ?? []).flatMap(({ permissions }) => permissions(context, options));
  return [...(addon.permissions?.(context, options) ?? []), ...further].map((statement) => ({
    addon: addon.name,
    sid: statement.sid ?? "",
    statement,
  }));
});

/** Words that AWS's own names of reading actions begin with. */
const reads = (action: string) => /^[a-z0-9-]+:(Describe|Get|List)/.test(action);

/** Services that each addon may call. */
const SERVICES: Readonly<Record<string, readonly string[]>> = {
  amazon_cloudwatch_observability: ["cloudwatch", "ec2", "logs", "xray"],
  argo_rollouts: ["elasticloadbalancing"],
  aws_ebs_csi_driver: ["ec2", "kms"],
  aws_efs_csi_driver: ["ec2", "elasticfilesystem"],
  aws_fsx_csi_driver: ["fsx", "iam", "kms", "s3"],
  aws_load_balancer_controller: ["acm", "cognito-idp", "ec2", "elasticloadbalancing", "iam", "shield", "wafv2"],
  aws_mountpoint_s3_csi_driver: ["kms", "s3"],
  aws_node_termination_handler: ["autoscaling", "ec2", "sqs"],
  cert_manager: ["route53"],
  cluster_autoscaler: ["autoscaling", "ec2", "eks"],
  concourse: ["secretsmanager"],
  external_dns: ["route53"],
  external_secrets: ["kms", "secretsmanager", "ssm"],
  fluent_bit: ["es", "logs"],
  flux: ["ecr", "kms"],
  karpenter: ["arc-zonal-shift", "ec2", "eks", "iam", "pricing", "sqs", "ssm"],
  keda: ["sqs"], // of the definition's own statements
  kube_prometheus_stack: ["aps", "cloudwatch", "ec2", "logs", "tag"],
  opencost: ["ec2"],
  opentelemetry_collector: ["xray"],
  velero: ["ec2", "kms"],
};

/** Statements about any resource, and why AWS or their purpose allows no smaller one. */
const ANY_RESOURCE: Readonly<Record<string, readonly string[]>> = {
  "the service cannot limit these reading actions to some resources": [
    "amazon_cloudwatch_observability Read",
    "amazon_cloudwatch_observability ReadSampling",
    "argo_rollouts LookAtTargets",
    "aws_ebs_csi_driver Read",
    "aws_efs_csi_driver Read",
    "aws_fsx_csi_driver Read",
    "aws_load_balancer_controller Read",
    "aws_load_balancer_controller ReadShield",
    "aws_node_termination_handler Look",
    "cluster_autoscaler Read",
    "concourse SeeWhetherItMay",
    "external_dns ListZones",
    "flux LogInToEcr",
    "flux LogInToEcrForTags",
    "karpenter ListInstanceProfiles",
    "karpenter Read",
    "karpenter ReadPrices",
    "kube_prometheus_stack ReadMetrics",
    "opencost ListWhatNothingUses",
    "opentelemetry_collector ReadSamplingRules",
    "velero Read",
  ],
  "the action has no resource, and a condition limits it": [
    "amazon_cloudwatch_observability WriteMetrics",
    "amazon_cloudwatch_observability WriteTraces",
    "karpenter ReadZonalShift",
    "opentelemetry_collector WriteTraces",
  ],
  "AWS limits the writing action to no resource and by no tag": ["aws_load_balancer_controller SetWebAcls"],
  "the definition's own statement": ["keda Queues"],
};

/** Statements that name no cluster, because their resources belong to none. */
const OF_THE_ACCOUNT = [
  "amazon_cloudwatch_observability WriteMetrics", // metrics have no ARN: only their namespaces are held to some
  "aws_ebs_csi_driver EncryptVolumes", // keys that the definition names
  "aws_ebs_csi_driver GrantKeysToVolumes", // the same, for AWS's own use of them
  "aws_fsx_csi_driver EncryptFileSystems", // keys that the definition names
  "aws_fsx_csi_driver FirstFileSystemOfTheAccount", // one role an account
  "aws_fsx_csi_driver LinkDataRepositories", // one role a bucket, which FSx names
  "aws_load_balancer_controller CreateGroupsInTheVpc", // of one VPC, which is the cluster's
  "aws_load_balancer_controller FirstLoadBalancerOfTheAccount", // one role an account
  "aws_load_balancer_controller Protect", // protections carry no tags of the controller
  "aws_load_balancer_controller SetWebAcls", // AWS limits it to no resource and by no tag
  "aws_load_balancer_controller UseWebAcls", // web ACLs belong to others
  "aws_mountpoint_s3_csi_driver UseTheirKeys", // keys that the definition names
  "aws_mountpoint_s3_csi_driver WriteObjects", // buckets that the definition names
  "cert_manager AnswerChallenges", // names below the cluster's own domain
  "external_dns WriteOwnRecords", // names below the cluster's own domain
  "external_secrets DecryptByThem", // keys that the definition names, by two services
  "fluent_bit WriteDocuments", // of the domain that the definition names
  "flux DecryptSecrets", // keys that the definition names
  "flux ReadRepositories", // repositories that the definition names, and nothing is written
  "flux ReadRepositoriesForTags", // the same
  "karpenter StartFrom", // images, networks and reservations, which are only used
  "kube_prometheus_stack WriteToWorkspaces", // those that the definition names, which may be for several clusters
  "opentelemetry_collector WriteTraces", // X-Ray limits nothing to some resources; of one region
  "velero EncryptVolumes", // keys that the definition names
  "velero GrantKeysToVolumes", // the same, for AWS's own use of them
];

test("every addon with a service account has a permission", () => {
  const withAccount = Object.values<Addon>(catalogue).filter((addon) => addon.permissions || addon.further_identities);

  expect([...new Set(statements.map(({ addon }) => addon))]).toEqual(withAccount.map(({ name }) => name));
});

/** Actions that AWS's own list limits to no kind of resource and by no tag. */
const UNLIMITED = ["elasticloadbalancing:SetWebAcl"];

test.each(statements)("$addon $sid: no action that writes is allowed on every resource", ({ statement }) => {
  const writes = statement.actions.filter((action) => !reads(action) && !UNLIMITED.includes(action));
  if (statement.resources.includes("*") && statement.condition === undefined) expect(writes).toEqual([]);
  expect(statement.actions.filter((action) => action.includes("*"))).toEqual([]);
});

test("an addon calls only the services that are listed for it", () => {
  const called: Record<string, string[]> = {};
  for (const { addon, statement } of statements)
    called[addon] = [...(called[addon] ?? []), ...statement.actions.map((action) => action.split(":")[0] ?? "")];

  expect(
    Object.fromEntries(Object.entries(called).map(([addon, names]) => [addon, [...new Set(names)].sort()])),
  ).toEqual(SERVICES);
});

test("only the listed statements allow every resource", () => {
  const any = statements.filter(({ statement }) => statement.resources.includes("*"));

  expect(any.map(({ addon, sid }) => `${addon} ${sid}`).sort()).toEqual(Object.values(ANY_RESOURCE).flat().sort());
});

/** Tags of a kind that a statement's condition compares, as `[key, value]`. */
function comparedTags({ condition = {} }: PolicyStatement, kind: "RequestTag" | "ResourceTag") {
  return Object.entries(condition)
    .filter(([operator]) => operator !== "Null") // it asks whether a tag is there, not which
    .flatMap(([, keys]) => Object.entries(keys))
    .filter(([key]) => key.includes(`:${kind}/`));
}

const namesCluster = (tag: readonly unknown[]) => JSON.stringify(tag).includes(context.cluster_name);

test.each(["RequestTag", "ResourceTag"] as const)(
  "a condition on %s compares a tag with the cluster's name",
  (kind) => {
    const foreign = statements.filter(({ statement }) => {
      const tags = comparedTags(statement, kind);
      return tags.length > 0 && !tags.some(namesCluster);
    });

    expect(foreign).toEqual([]);
  },
);

test("an addon destroys or changes only resources with the cluster's tag or name, except for those listed", () => {
  const destroys = /:(Delete|Deregister|Detach|Disassociate|Modify|Remove|Revoke|SetDesired|Terminate)/;
  const free = statements.filter(
    ({ statement }) =>
      statement.actions.some((action) => destroys.test(action)) &&
      !namesCluster(statement.resources) &&
      !comparedTags(statement, "ResourceTag").some(namesCluster),
  );

  expect(free.map(({ addon, sid }) => `${addon} ${sid}`).filter((name) => !OF_THE_ACCOUNT.includes(name))).toEqual([]);
});

test("the cluster's name is in every statement that writes, except for those listed", () => {
  const nameless = statements.filter(
    ({ statement }) => !statement.actions.every(reads) && !text(statement).includes("cluster-of-the-test"),
  );

  expect(nameless.map(({ addon, sid }) => `${addon} ${sid}`).sort()).toEqual(OF_THE_ACCOUNT);
});

test("every statement has a unique sid of letters and digits", () => {
  expect(statements.filter(({ sid }) => !/^[A-Za-z0-9]+$/.test(sid))).toEqual([]);
  expect(new Set(statements.map(({ addon, sid }) => `${addon} ${sid}`)).size).toBe(statements.length);
});

test("every ARN is of the cluster's partition", () => {
  const elsewhere = contextOf({ partition: "aws-cn", region: "cn-north-1" });
  const arns = Object.values<Addon>(catalogue).flatMap((addon) => {
    const options = addon.options.parse({ ...defaults(addon.name).options, ...widest[addon.name] });
    const further = (addon.further_identities ?? []).flatMap(({ permissions }) => permissions(elsewhere, options));
    return [...(addon.permissions?.(elsewhere, options) ?? []), ...further].flatMap(({ resources }) => resources);
  });

  expect(arns.filter((arn) => arn !== "*" && arn !== key && !arn.startsWith("arn:aws-cn:"))).toEqual([]);
});

/** 10,240: IAM's limit of the characters of a role's inline policies. */
test.each(Object.values<Addon>(catalogue).filter(({ permissions }) => permissions))(
  "$name's policy fits into its role",
  ({ name }) => {
    const document = statements.filter(({ addon }) => addon === name).map(({ statement }) => statement);

    expect(text(document).length).toBeLessThan(10_240);
  },
);

function text(value: PolicyStatement | readonly PolicyStatement[]): string {
  return JSON.stringify(value);
}

/** Prefix of an action -> the endpoint that a network without the internet needs for it; null where it can do without. */
const ENDPOINTS: Readonly<Record<string, string | null>> = {
  acm: null, // only where an Ingress leaves its certificate to be found
  aps: "aps-workspaces",
  "arc-zonal-shift": null, // looked at on the way, and no matter where it cannot be
  autoscaling: "autoscaling",
  cloudwatch: "monitoring",
  "cognito-idp": null, // only for an Ingress that logs people in by Cognito
  ec2: null, // every cluster's
  ecr: null, // every cluster's
  eks: null, // every cluster's
  elasticfilesystem: "elasticfilesystem",
  elasticloadbalancing: "elasticloadbalancing",
  es: null, // the domain itself is called, and no API
  fsx: "fsx",
  iam: null, // has none anywhere: roles that services need once
  kms: null, // called by the services that encrypt
  logs: "logs",
  oam: null, // only for metrics of other accounts
  pricing: null, // prices that an addon brings along are as good
  s3: null, // every cluster's
  secretsmanager: "secretsmanager",
  shield: "internet",
  sqs: "sqs",
  ssm: "ssm",
  tag: null, // only for queries by tags
  "waf-regional": "wafv2",
  wafv2: "wafv2",
  xray: "xray",
  route53: "internet",
};

/** KEDA's permissions are the definition's own, and so are the endpoints for them (interface_endpoints). */
const WITH_OWN_APIS = Object.values<Addon>(catalogue).filter(({ name }) => name !== "keda");

test.each(WITH_OWN_APIS)("$name lists the APIs for which a private network requires an endpoint", (addon) => {
  const options = addon.options.parse({ ...defaults(addon.name).options, ...widest[addon.name] });
  const called = statements.filter((each) => each.addon === addon.name).flatMap(({ statement }) => statement.actions);
  const needed = [...new Set(called.map((action) => action.split(":")[0] ?? ""))].map((prefix) => {
    const endpoint = ENDPOINTS[prefix];
    return endpoint === undefined ? `an entry in ENDPOINTS for ${prefix}` : endpoint;
  });
  const has: readonly string[] = [
    ...(addon.aws_services?.(options) ?? []),
    ...(addon.needs_internet?.(options) === undefined ? [] : ["internet"]),
  ];

  expect(needed.filter((service) => service !== null && !has.includes(service))).toEqual([]);
});
