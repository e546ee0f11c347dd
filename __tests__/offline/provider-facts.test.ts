import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadSchemas } from "../../offline/load-schemas";
import { OVERLAYS, replacedBy } from "../../offline/overlay/overlay";
import { flagsOf, PROVIDER_FACTS } from "../../offline/overlay/provider-facts";
import { refusals } from "../../offline/overlay/refuse";
import { schemaAt } from "../../offline/schema/attribute-path";
import type { Attribute, Block, ValueType } from "../../offline/schema/schema";
import { typesFromList } from "../../offline/schema/types-in-use";
import type { ObjectValue } from "../../offline/wire/values";

/** Types whose facts are written by hand, because the data was read without them. */
const BY_HAND = [
  "aws_iam_service_linked_role",
  "aws_rolesanywhere_profile",
  "aws_vpc_block_public_access_exclusion",
  "aws_vpn_gateway_attachment",
];

const modules = join(__dirname, "../../node_modules");
const TYPES = Object.keys(PROVIDER_FACTS);
const blocks = Object.assign(
  {},
  ...loadSchemas(modules, typesFromList([...TYPES, ...BY_HAND, "helm_release"])).map(({ resources }) => resources),
) as Record<string, Block>;

/** Returns the types of the resource classes that constructs import. */
function typesInConstructs(): readonly string[] {
  const files = readdirSync("constructs", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const imported = files.flatMap((file) =>
    [...readFileSync(join("constructs", file), "utf8").matchAll(/@cdktf\/provider-aws\/lib\/([\w-]+)"/g)].map(
      ([, name = ""]) => `aws_${name.replaceAll("-", "_")}`,
    ),
  );
  return [...new Set(imported)].filter((type) => !type.startsWith("aws_data_")).sort();
}

test("every AWS type that the program creates has facts of the real provider, or is written by hand", () => {
  expect(typesInConstructs().filter((type) => !TYPES.includes(type))).toEqual(BY_HAND);
});

test("no overlay states what the data states", () => {
  const twice = TYPES.filter(
    (type) => OVERLAYS[type]?.forceNew !== undefined || OVERLAYS[type]?.sensitive !== undefined,
  );

  expect(twice).toEqual([]);
  expect(BY_HAND.filter((type) => TYPES.includes(type))).toEqual([]);
});

test("every replacement under a condition has its condition in the overlay", () => {
  const conditional = TYPES.flatMap((type) =>
    Object.entries(PROVIDER_FACTS[type] ?? {})
      .filter(([, fact]) => flagsOf(fact).includes("f"))
      .map(([path]) => `${type}.${path}`),
  );
  const simulated = Object.entries(OVERLAYS).flatMap(([type, { forceNewIf = [] }]) =>
    forceNewIf.map(({ path }) => `${type}.${path}`),
  );

  expect(conditional.filter((path) => !simulated.includes(path))).toEqual([]);
});

/** True if a path is inside an attribute with an object type, whose members have no flags of their own. */
function insideObject(block: Block, path: string): boolean {
  const [first = ""] = path.split(".");
  return path.includes(".") && (block.attributes[first] !== undefined || isObjectAbove(block, path));
}

function isObjectAbove(block: Block, path: string): boolean {
  const parent = schemaAt(block, path.split(".").slice(0, -1).join("."));
  return typeof parent === "object" && isStructure(parent.type);
}

function isStructure(type: ValueType | undefined): boolean {
  return Array.isArray(type);
}

describe("the derived schema", () => {
  test.each(TYPES)("of %s requires, accepts and computes what the real provider does", (type) => {
    const block = blocks[type] as Block;
    const different = Object.entries(PROVIDER_FACTS[type] ?? {}).filter(([path, fact]) => {
      const derived = schemaAt(block, path);
      if (derived === "block" || insideObject(block, path)) return false;
      return derived === undefined || letters(derived) !== flagsOf(fact).replace(/[^ROCS]/g, "");
    });

    expect(different).toEqual([]);
  });
});

function letters({ required, optional, computed, sensitive }: Attribute): string {
  return [required && "R", optional && "O", computed && "C", sensitive && "S"].filter(Boolean).join("");
}

describe("a change", () => {
  test.each<[string, string, ObjectValue, ObjectValue, boolean]>([
    ["aws_key_pair", "public_key", { public_key: "ssh-rsa A" }, { public_key: "ssh-rsa B" }, true],
    ["aws_key_pair", "key_name", { key_name: "a" }, { key_name: "b" }, true],
    [
      "aws_autoscaling_lifecycle_hook",
      "autoscaling_group_name",
      { autoscaling_group_name: "a" },
      { autoscaling_group_name: "b" },
      false,
    ],
    [
      "aws_eip",
      "customer_owned_ipv4_pool",
      { customer_owned_ipv4_pool: "a" },
      { customer_owned_ipv4_pool: "b" },
      false,
    ],
    ["aws_eip", "ipam_pool_id", { ipam_pool_id: "a" }, { ipam_pool_id: "b" }, true],
    ["aws_vpn_connection", "tunnel_bandwidth", { tunnel_bandwidth: "standard" }, { tunnel_bandwidth: "large" }, true],
    ["aws_vpn_connection", "vpn_concentrator_id", { vpn_concentrator_id: "a" }, { vpn_concentrator_id: "b" }, true],
    ["aws_vpc_endpoint", "service_network_arn", { service_network_arn: "a" }, { service_network_arn: "b" }, true],
    [
      "aws_flow_log",
      "regional_nat_gateway_id",
      { regional_nat_gateway_id: "a" },
      { regional_nat_gateway_id: "b" },
      true,
    ],
    [
      "aws_nat_gateway",
      "secondary_private_ip_address_count",
      { secondary_private_ip_address_count: 1 },
      { secondary_private_ip_address_count: 2 },
      true,
    ],
    ["aws_ssm_parameter", "data_type", { data_type: "text" }, { data_type: "aws:ec2:image" }, true],
    ["aws_kms_key", "key_usage", { key_usage: "SIGN_VERIFY" }, { key_usage: null }, true],
    ["aws_kms_key", "key_usage (its default)", { key_usage: "ENCRYPT_DECRYPT" }, { key_usage: null }, false],
    [
      "aws_eks_cluster",
      "remote_network_config",
      { remote_network_config: [] },
      { remote_network_config: [{ remote_node_networks: [] }] },
      false,
    ],
    ["aws_kms_key", "region", { region: "eu-west-1" }, { region: "eu-west-2" }, true],
  ])("of %s.%s", (type, path, before, after, replaces) => {
    const [name = ""] = path.split(" ");

    expect(replacedBy(type, blocks[type] as Block, before, after)).toEqual(replaces ? [name] : []);
  });

  test.each([
    ["another namespace", "argocd", "gitops", true],
    ["no namespace", "argocd", null, false],
  ])("of an Argo CD capability to %s", (_what, from, to, replaces) => {
    const capability = (namespace: string | null): ObjectValue => ({ configuration: [{ argo_cd: [{ namespace }] }] });
    const block = blocks["aws_eks_capability"] as Block;
    const path = "configuration.argo_cd.namespace";

    expect(replacedBy("aws_eks_capability", block, capability(from), capability(to))).toEqual(replaces ? [path] : []);
  });
});

test.each<[string, ObjectValue]>([
  ["aws_launch_template", { instance_type: "m6i.large", instance_requirements: [{}] }],
  ["aws_eks_node_group", { update_config: [{ max_unavailable: 1, max_unavailable_percentage: 10 }] }],
  [
    "aws_eks_node_group",
    { node_repair_config: [{ max_unhealthy_node_threshold_count: 1, max_unhealthy_node_threshold_percentage: 10 }] },
  ],
  ["aws_autoscaling_group", { availability_zones: ["a"], vpc_zone_identifier: ["subnet-1"] }],
  ["aws_sqs_queue", { kms_master_key_id: "key", sqs_managed_sse_enabled: true }],
  ["aws_route", { gateway_id: "igw-1", nat_gateway_id: "nat-1" }],
])("refuses arguments of %s that conflict in the real provider: %j", (type, config) => {
  const found = refusals(type, blocks[type] as Block, config).map(({ summary }) => summary);

  expect(found).toEqual(["Conflicting configuration arguments"]);
});

test("limits the blocks of an event target as the real provider does", () => {
  const { blocks: nested } = blocks["aws_cloudwatch_event_target"] as Block;

  expect(nested["run_command_targets"]?.maxItems).toBe(5);
  expect(nested["ecs_target"]?.block.blocks["placement_constraint"]?.maxItems).toBe(10);
  expect(nested["ecs_target"]?.block.blocks["ordered_placement_strategy"]?.maxItems).toBe(5);
  expect(nested["sagemaker_pipeline_target"]?.block.blocks["pipeline_parameter_list"]?.maxItems).toBe(200);
});

test("marks all parts of helm_release.set_wo as write-only", () => {
  const members = blocks["helm_release"]?.attributes["set_wo"]?.nested?.attributes ?? {};

  expect(Object.values(members).map(({ writeOnly }) => writeOnly)).toEqual([true, true, true]);
});
