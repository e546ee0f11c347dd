import { join } from "node:path";
import { loadSchemas } from "../../offline/load-schemas";
import { forceNewOf, OVERLAYS, replacedBy } from "../../offline/overlay/overlay";
import { PROVIDER_FACTS } from "../../offline/overlay/provider-facts";
import { schemaAt } from "../../offline/schema/attribute-path";
import { readBindings } from "../../offline/schema/bindings";
import { deriveProvider, deriveType, fileOfType } from "../../offline/schema/derive";
import type { Attribute, Block, ValueType } from "../../offline/schema/schema";
import { providerOf, typesFromList } from "../../offline/schema/types-in-use";
import type { ObjectValue } from "../../offline/wire/values";

const modules = join(__dirname, "../../node_modules");
const EXTRA = [
  "kubernetes_namespace_v1",
  "kubernetes_deployment_v1",
  "aws_wafv2_ip_set",
  "data.aws_iam_policy_document",
  "data.helm_template",
];
const TYPES = [...new Set([...Object.keys(OVERLAYS), ...Object.keys(PROVIDER_FACTS), ...EXTRA])];

function membersOfType(type: ValueType): number {
  if (typeof type === "string") return 0;
  const [kind, inner] = type;
  if (kind !== "object") return membersOfType(inner);
  return Object.values(inner).reduce((sum, member) => sum + 1 + membersOfType(member), 0);
}

function membersOfAttribute({ type, nested }: Attribute): number {
  if (nested === undefined) return 1 + membersOfType(type ?? "dynamic");
  return Object.values(nested.attributes).reduce((sum, attribute) => sum + membersOfAttribute(attribute), 1);
}

function members(block: Block): number {
  const attributes = Object.values(block.attributes).reduce((sum, attribute) => sum + membersOfAttribute(attribute), 0);
  return Object.values(block.blocks).reduce((sum, nested) => sum + 1 + members(nested.block), attributes);
}

describe("the schema of a type", () => {
  test.each(TYPES)("%s has each member of its bindings, with a type", (type) => {
    const provider = providerOf(type);
    const file = provider && fileOfType(modules, provider, type);
    if (provider === undefined || file === undefined) throw new Error(`${type} has no bindings`);
    const described = readBindings(file).match(/^ {2}\/\/ [a-z0-9_]+ - computed:/gm) ?? [];

    expect(members(deriveType(file, provider).block)).toBe(described.length);
  });

  test("distinguishes blocks from attributes, with their nesting and number", () => {
    const { aws_eks_cluster, aws_security_group } = deriveProvider(modules, "aws", [
      "aws_eks_cluster",
      "aws_security_group",
    ]).resources;

    expect(aws_eks_cluster?.blocks["vpc_config"]).toMatchObject({ nesting: "list", minItems: 1, maxItems: 1 });
    expect(aws_eks_cluster?.blocks["timeouts"]?.nesting).toBe("single");
    expect(aws_eks_cluster?.attributes["identity"]).toEqual({
      type: ["list", ["object", { oidc: ["list", ["object", { issuer: "string" }]] }]],
      computed: true,
    });
    expect(aws_security_group?.attributes["ingress"]).toMatchObject({
      type: ["set", ["object", { self: "bool" }]],
      optional: true,
      computed: true,
    });
  });

  test("distinguishes sets from lists", () => {
    const { aws_vpc_endpoint, aws_autoscaling_group } = deriveProvider(modules, "aws", [
      "aws_vpc_endpoint",
      "aws_autoscaling_group",
    ]).resources;

    expect(aws_vpc_endpoint?.attributes["subnet_ids"]?.type).toEqual(["set", "string"]);
    expect(aws_vpc_endpoint?.attributes["cidr_blocks"]?.type).toEqual(["list", "string"]);
    expect(aws_autoscaling_group?.blocks["tag"]?.nesting).toBe("set");
  });

  test("has nested attributes for helm, and the release of its bindings", () => {
    const schema = deriveProvider(modules, "helm", ["helm_release"]);

    expect(schema.version).toBe("3.1.1");
    expect(schema.resources["helm_release"]?.attributes["set"]?.nested).toMatchObject({
      nesting: "list",
      attributes: { name: { type: "string", required: true }, type: { optional: true, computed: true } },
    });
    expect(schema.config.attributes["alias"]).toBeUndefined();
  });
});

describe("the overlay", () => {
  const schemas = loadSchemas(modules, typesFromList(TYPES));
  const blocks = new Map(
    schemas.flatMap(({ resources, dataSources }) => [
      ...Object.entries(resources),
      ...Object.entries(dataSources).map(([type, block]) => [`data.${type}`, block] as const),
    ]),
  );

  test.each(Object.entries(OVERLAYS))("of %s names only attributes and blocks of the type", (type, overlay) => {
    const block = blocks.get(type);
    if (block === undefined) throw new Error(`${type} has no bindings`);
    const paths = [
      ...(overlay.forceNew ?? []),
      ...(overlay.forceNewIf ?? []).map(({ path }) => path),
      ...(overlay.rules ?? []).map(({ path }) => path),
      ...(overlay.conflicts ?? []).flat(),
    ];

    expect(paths.filter((path) => schemaAt(block, path) === undefined)).toEqual([]);
    expect(overlay.source).toMatch(/\.go$/);
  });

  test("marks write-only arguments by their names, in types without an entry too", () => {
    const { resources } = deriveProvider(modules, "aws", ["aws_db_instance"]);

    expect(OVERLAYS["aws_db_instance"]).toBeUndefined();
    expect(resources["aws_db_instance"]?.attributes["password_wo"]?.writeOnly).toBe(true);
    expect(resources["aws_db_instance"]?.attributes["password_wo_version"]?.writeOnly).toBeUndefined();
    expect(resources["aws_db_instance"]?.attributes["password"]?.writeOnly).toBeUndefined();
  });

  test("adds the facts that the bindings lost", () => {
    expect(blocks.get("aws_ssm_parameter")?.attributes["value_wo"]).toMatchObject({ sensitive: true, writeOnly: true });
    expect(blocks.get("aws_eks_node_group")?.blocks["taint"]?.maxItems).toBe(50);
    expect(blocks.get("data.aws_eks_cluster_auth")?.attributes["token"]?.sensitive).toBe(true);
  });

  test.each<[string, string, unknown, unknown, boolean]>([
    [
      "secrets are no longer encrypted",
      "aws_eks_cluster",
      { encryption_config: [{}] },
      { encryption_config: [] },
      true,
    ],
    ["secrets become encrypted", "aws_eks_cluster", { encryption_config: [] }, { encryption_config: [{}] }, false],
    ["tenancy", "aws_vpc", { instance_tenancy: "default" }, { instance_tenancy: "dedicated" }, true],
    ["tenancy, back", "aws_vpc", { instance_tenancy: "dedicated" }, { instance_tenancy: "default" }, false],
  ])("replaces for a change in one direction only: %s", (_what, type, before, after, replaces) => {
    const block = blocks.get(type) as Block;
    const [path] = Object.keys(before as object);

    expect(replacedBy(type, block, before as ObjectValue, after as ObjectValue)).toEqual(replaces ? [path] : []);
  });

  test("replaces a type without data if its region changes", () => {
    const { resources } = deriveProvider(modules, "aws", ["aws_ebs_snapshot"]);

    expect(forceNewOf("aws_ebs_snapshot", resources["aws_ebs_snapshot"] ?? { attributes: {}, blocks: {} })).toEqual([
      "region",
    ]);
  });
});
