import { knownKeys, schemaAt } from "../../../fleet/parse/introspect";
import { plain } from "../../../fleet/parse/other-tools";
import { unknownKeys } from "../../../fleet/parse/unknown-keys";
import { definition } from "../../../fleet/schema/definition";
import { parseYaml } from "../../../language/yaml/parse";
import type { Path } from "../../../language/yaml/tree";
import { CLUSTER_CONFIG } from "../../../operations/import/eksctl/read-config";

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** Paths at which users of eksctl write the keys of its sections. */
const PLACES: Readonly<Record<string, Path>> = {
  nodeGroups: ["tfvars", "workers", 0],
  managedNodeGroups: ["tfvars", "workers", 0],
  fargateProfiles: ["tfvars", "fargate_profiles", 0],
  vpc: ["tfvars", "networking"],
  kubernetesNetworkConfig: ["tfvars", "networking"],
  privateCluster: ["tfvars", "networking"],
  iam: ["tfvars", "cluster"],
  accessConfig: ["tfvars", "cluster"],
  secretsEncryption: ["tfvars", "cluster"],
  cloudWatch: ["tfvars", "cluster"],
  outpost: ["tfvars", "cluster"],
  autoModeConfig: ["tfvars", "cluster"],
  upgradePolicy: ["tfvars", "cluster"],
  zonalShiftConfig: ["tfvars", "cluster"],
  remoteNetworkConfig: ["tfvars", "cluster"],
  identityProviders: ["tfvars", "cluster"],
  metadata: ["meta"],
};

/** Words that mean nothing without the section around them: its own name is answered, and no look-alike is suggested for them. */
const NO_COUNTERPART = [
  "autoModeConfig.enabled",
  "fargateProfiles.status",
  "identityProviders.type",
  "metadata.annotations",
  "zonalShiftConfig.enabled",
];

const SECTIONS = propertiesOf(CLUSTER_CONFIG.schema as Schema);

function propertiesOf({ items, properties = {} }: Schema): Readonly<Record<string, Schema>> {
  return items === undefined ? properties : propertiesOf(items);
}

/** A value with every key that a schema allows. */
function whole(schema: Schema): unknown {
  if (schema.items !== undefined) return [whole(schema.items)];
  const keys = Object.entries(schema.properties ?? {});
  return keys.length === 0 ? "x" : Object.fromEntries(keys.map(([key, value]) => [key, whole(value)]));
}

/** Returns what is reported of a key in a map; undefined if it is a key there. */
function answer(map: Path, key: string, value: unknown): string | undefined {
  if (knownKeys(schemaAt(definition, map))?.includes(key)) return undefined;
  const lines = map.map((step, depth) => (step === 0 ? "" : `${"  ".repeat(depth)}${step}:\n`)).join("");
  const item = map.at(-1) === 0 ? "- " : "";
  const text = `${lines}${"  ".repeat(map.length)}${item}${key}: ${JSON.stringify(value)}\n`;
  const { root } = parseYaml("a.yaml", Buffer.from(text));
  if (root === undefined) throw new Error(text);
  return unknownKeys(root, definition, map, [key])[0]?.message;
}

const CASES: readonly (readonly [string, Path, string, unknown])[] = [
  ...Object.entries(SECTIONS).flatMap(([key, schema]) =>
    [[], ["tfvars"]].map((map): [string, Path, string, unknown] => [key, map, key, whole(schema)]),
  ),
  ...Object.entries(PLACES).flatMap(([section, map]) =>
    Object.entries(propertiesOf(SECTIONS[section] ?? {})).map(([key, schema]): [string, Path, string, unknown] => [
      `${section}.${key}`,
      map,
      key,
      whole(schema),
    ]),
  ),
];

test("every key of eksctl is answered where its users write it, and never with a word that looks alike", () => {
  const unanswered = CASES.flatMap(([name, map, key, value]) => {
    const message = answer(map, key, value);
    if (message === undefined || /, which is \S+'s name\. | belongs? /.test(message)) return [];
    const [, meant] = message.match(/Did you mean "(\w+)"/) ?? [];
    return meant !== undefined && plain(meant) === plain(key) ? [] : [{ name, message }];
  });

  expect(unanswered.filter(({ message }) => message.includes("Did you mean"))).toEqual([]);
  expect(unanswered.map(({ name }) => name).sort()).toEqual(NO_COUNTERPART);
});

test("every section of eksctl is tried key by key, unless its own name is answered for all of its keys", () => {
  const elsewhere = [
    "addons",
    "addonsConfig",
    "capabilities",
    "controlPlaneScalingConfig",
    "gitops",
    "iamIdentityMappings",
    "karpenter",
    "kubeAPIServerConfig",
    "kubeControllerManagerConfig",
    "kubeSchedulerConfig",
  ];
  const withKeys = Object.keys(SECTIONS).filter(
    (section) => Object.keys(propertiesOf(SECTIONS[section] ?? {})).length > 0,
  );
  expect(withKeys.filter((section) => !(section in PLACES)).sort()).toEqual(elsewhere);
});
