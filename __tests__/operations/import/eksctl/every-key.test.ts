import { type EksctlImport, importEksctl } from "../../../../operations/import/eksctl/import-eksctl";
import { CLUSTER_CONFIG, readConfig } from "../../../../operations/import/eksctl/read-config";
import { oneOfEvery } from "../../../support/jest/cases";

interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | false;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

type Step = string | typeof ITEM;
/** Stands for the one item of a list. */
const ITEM = 0;

const DESTINATION = {
  name: "a.example.com",
  owner: "platform",
  account: { name: "sandbox", id: "222222222222" },
  partition: "aws",
  tier: "development",
  releaseModel: undefined,
  entryNames: new Map<string, string>(),
};

/** Values that have a form, by the last word of their paths. */
const SAMPLES: Readonly<Record<string, string>> = {
  cidr: "10.1.0.0/16",
  ami: "ami-0123456789abcdef0",
  attachPolicyARNs: "arn:aws:iam::222222222222:policy/sample",
  marketType: "spot",
  memory: "4GiB",
  volumeKmsKeyID: "0123",
  configurationValues: '{"sample": 1}',
  vpcGatewayID: "tgw-0123456789abcdef0",
  resolveConflicts: "overwrite",
  groups: "sample",
};

/** Other keys that a key requires or that change its meaning, by the path or the beginning of the path. */
const BESIDE: Readonly<Record<string, object>> = {
  "accessConfig.accessEntries": {
    accessConfig: {
      accessEntries: [
        {
          principalARN: "arn:aws:iam::222222222222:role/other",
          accessPolicies: [{ policyARN: "a/AmazonEKSViewPolicy" }],
        },
      ],
    },
  },
  "iam.podIdentityAssociations": {
    iam: {
      podIdentityAssociations: [{ serviceAccountName: "other", roleARN: "arn:aws:iam::222222222222:role/other" }],
    },
  },
  "iam.serviceAccounts": {
    iam: { serviceAccounts: [{ metadata: { name: "other" }, attachPolicyARNs: ["arn:aws:iam::aws:policy/Other"] }] },
  },
  iamIdentityMappings: { iamIdentityMappings: [{ arn: "arn:aws:iam::222222222222:role/other" }] },
  capabilities: {
    capabilities: [{ name: "other", type: "ACK", accessPolicies: [{ policyARN: "a/AmazonEKSViewPolicy" }] }],
  },
  "iam.fargatePodExecutionRoleARN": { fargateProfiles: [{ name: "sample", selectors: [{ namespace: "default" }] }] },
  "vpc.publicAccessCIDRs": { vpc: { clusterEndpoints: { publicAccess: true } } },
  "privateCluster.skipEndpointCreation": { privateCluster: { enabled: true } },
  "cloudWatch.clusterLogging.logRetentionInDays": { cloudWatch: { clusterLogging: { enableTypes: ["api"] } } },
};

/** Returns the paths of all values. */
function leaves(schema: Schema, path: readonly Step[] = []): (readonly [readonly Step[], Schema])[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((each) => leaves(each, path));
  if (schema.properties !== undefined)
    return Object.entries(schema.properties).flatMap(([key, child]) => leaves(child, [...path, key]));
  if (schema.items !== undefined) return leaves(schema.items, [...path, ITEM]);
  if (typeof schema.additionalProperties === "object") return leaves(schema.additionalProperties, [...path, "sample"]);
  return [[path, schema]];
}

function samplesOf(path: readonly Step[], schema: Schema): readonly unknown[] {
  if (schema.enum !== undefined) return schema.enum;
  const name = path.findLast((step) => typeof step === "string") ?? "";
  if (path.some((step) => step === "attachPolicy" || step === "permissionPolicy")) return ["sample"];
  if (schema.type === "boolean") return [true, false];
  if (schema.type === "integer" || schema.type === "number") return [7];
  return [SAMPLES[name] ?? "sample"];
}

/** Returns the smallest ClusterConfig with a value at a path. Required keys beside it have samples too. */
function withValue(schema: Schema, [step, ...rest]: readonly Step[], value: unknown): unknown {
  if (step === undefined) return value;
  const inner = schema.anyOf?.find((each) => (step === ITEM ? each.items : each.additionalProperties)) ?? schema;
  if (step === ITEM) return [withValue(inner.items ?? {}, rest, value)];
  const child = inner.properties?.[step] ?? (inner.additionalProperties || {});
  const required = (inner.required ?? []).filter((key) => key !== step);
  const others = required.map((key) => [key, smallest(inner.properties?.[key] ?? {}, key)]);
  return { ...Object.fromEntries(others), [step]: withValue(child, rest, value) };
}

function smallest(schema: Schema, key: string): unknown {
  if (schema.items !== undefined) return [smallest(schema.items, key)];
  if (schema.properties !== undefined)
    return Object.fromEntries(
      (schema.required ?? []).map((name) => [name, smallest(schema.properties?.[name] ?? {}, name)]),
    );
  if (key === "region") return "us-east-1";
  return schema.enum?.[0] ?? (schema.type === "integer" ? 3 : "other");
}

function merged(a: unknown, b: unknown): unknown {
  if (Array.isArray(a) && Array.isArray(b)) return b.map((item, index) => merged(a[index], item));
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || Array.isArray(a)) return b;
  const both = { ...a } as Record<string, unknown>;
  for (const [key, value] of Object.entries(b)) both[key] = key in both ? merged(both[key], value) : value;
  return both;
}

const answers = new Map<string, EksctlImport>();

function imported(config: unknown): EksctlImport {
  const key = JSON.stringify(config);
  const known = answers.get(key);
  if (known !== undefined) return known;
  const { problems, root } = readConfig("cluster.yaml", Buffer.from(key));
  if (root === undefined) throw new Error(`${key}: ${problems.map(({ message }) => message).join()}`);
  const answer = importEksctl(root, "cluster.yaml", DESTINATION, []);
  answers.set(key, answer);
  return answer;
}

const written = (path: readonly Step[]): string =>
  path
    .map((step) => (step === ITEM ? "[]" : step))
    .join(".")
    .replaceAll(".[]", "[]");

const SCHEMA = CLUSTER_CONFIG.schema as unknown as Schema;
const LEAVES = leaves(SCHEMA).filter(
  // A required key with one value says nothing. A cluster on an Outpost is refused as a whole.
  ([path, { enum: values }]) =>
    path[0] !== "outpost" && !(values?.length === 1 && /^(?:apiVersion|kind|type)$/.test(String(path.at(-1)))),
);

/** True for a report about a value, or about a map or list that contains it. */
function isAbout(reported: string, path: readonly Step[]): boolean {
  const plain = reported.replaceAll(/\[[^\]]*\]/g, "[]");
  return `${written(path)}.`.startsWith(`${plain}.`) || written(path).startsWith(`${plain}[]`);
}

/** Values that mean what a definition says without them, because they are the default of eksctl. */
const DEFAULTS: readonly string[] = [
  "addonsConfig.disableDefaultAddons=false",
  "iam.podIdentityAssociations[].createServiceAccount=false",
  "iam.vpcResourceControllerPolicy=true",
  "kubernetesNetworkConfig.ipFamily=IPv4",
  "managedNodeGroups[].additionalVolumes[].volumeType=gp3",
  "managedNodeGroups[].amiFamily=AmazonLinux2023",
  "managedNodeGroups[].disablePodIMDS=false",
  "managedNodeGroups[].privateNetworking=false",
  "managedNodeGroups[].spot=false",
  "managedNodeGroups[].ssh.allow=false",
  "managedNodeGroups[].volumeType=gp3",
  "nodeGroups[].additionalVolumes[].volumeType=gp3",
  "nodeGroups[].amiFamily=AmazonLinux2023",
  "nodeGroups[].disablePodIMDS=false",
  "nodeGroups[].privateNetworking=false",
  "nodeGroups[].ssh.allow=false",
  "nodeGroups[].volumeType=gp3",
  "privateCluster.enabled=false",
  "vpc.autoAllocateIPv6=false",
];

test("each value of each key is in the definition, or is reported with a reason", () => {
  const tried = oneOfEvery(9, LEAVES);
  const silent = tried.flatMap(([path, schema]) => {
    const beside = BESIDE[Object.keys(BESIDE).find((each) => written(path).startsWith(each)) ?? ""] ?? {};
    return samplesOf(path, schema).flatMap((value) => {
      const full = merged(beside, withValue(SCHEMA, path, value));
      const one = imported(full);
      const other = imported(without(SCHEMA, full, path));
      if (one.left.some(({ reason }) => reason === "this program has no equivalent"))
        return [`${written(path)}: no rule`];
      const isReported = one.left.some((each) => isAbout(each.path, path));
      return isReported || one.text !== other.text ? [] : [`${written(path)}=${String(value)}`];
    });
  });

  expect(silent).toEqual(DEFAULTS.filter((each) => tried.some(([path]) => each.startsWith(`${written(path)}=`))));
});

/** Returns the same without one value. A value that is required has another one. */
function without(schema: Schema, value: unknown, [step, ...rest]: readonly Step[]): unknown {
  const inner = schema.anyOf?.find((each) => (step === ITEM ? each.items : each.additionalProperties)) ?? schema;
  if (step === ITEM) {
    const [first] = value as readonly unknown[];
    return rest.length === 0 ? [] : [without(inner.items ?? {}, first, rest)];
  }
  const key = String(step);
  const { [key]: child, ...others } = value as Record<string, unknown>;
  if (rest.length > 0) {
    const next = inner.properties?.[key] ?? (inner.additionalProperties || {});
    return { ...others, [key]: without(next, child, rest) };
  }
  return inner.required?.includes(key) ? { ...others, [key]: typeof child === "string" ? "another" : child } : others;
}
