import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv";
import { parse } from "yaml";
import { schemaFiles } from "../../../cli/generate";
import { FILE_KINDS, type FileKind } from "../../../fleet/schema/json-schema";
import { SAMPLE_FLEET } from "../../support/sample-fleet";

// Each schema is put to a handful of values: optimizing its code would take longer than running it.
const ajv = new Ajv({ strict: false, validateSchema: false, validateFormats: false, code: { optimize: false } });
/** The schemas of the sample fleet's directory: file -> content. They refer to each other by their files' names. */
const schemas = new Map(
  [...schemaFiles(".", SAMPLE_FLEET, "definitions")].map(([file, text]) => [basename(file), JSON.parse(text)]),
);
const TFVARS = "cluster.schema.json#/properties/tfvars";
const { definitions, properties } = schemas.get("cluster.schema.json");
// Ajv compiles this part again for each file that refers to it, a second each time; in a schema of its own, it compiles it once.
ajv.addSchema({ ...properties.tfvars, definitions }, "tfvars.schema.json");
for (const [file, schema] of schemas)
  ajv.addSchema(JSON.parse(JSON.stringify(schema).replaceAll(JSON.stringify(TFVARS), '"tfvars.schema.json"')), file);
const validators = Object.fromEntries(FILE_KINDS.map((kind) => [kind, ajv.getSchema(`${kind}.schema.json`)])) as Record<
  FileKind,
  ValidateFunction
>;

/** A cluster's file with this `tfvars`. */
const cluster = (tfvars: unknown, meta: object = {}) => ({ meta: { CLUSTER_NAME: "a.example.com", ...meta }, tfvars });

function errorsOf(kind: FileKind, value: unknown): string[] {
  const validate = validators[kind];
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    `${instancePath} ${message} ${params["additionalProperty"] ?? ""}`.trim(),
  );
}

const yamlFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => join(folder, name));

const SAMPLES: readonly (readonly [FileKind, string])[] = [
  ["defaults", "definitions/defaults.yaml"],
  ["channels", `${SAMPLE_FLEET}/channels.yaml`],
  ["rollouts", `${SAMPLE_FLEET}/rollouts.yaml`],
  ["pipelines", `${SAMPLE_FLEET}/pipelines.yaml`],
  ...yamlFiles(`${SAMPLE_FLEET}/clusters`).map((file) => ["cluster", file] as const),
  ...yamlFiles(`${SAMPLE_FLEET}/accounts`).map((file) => ["account", file] as const),
  ...yamlFiles("definitions/releases").map((file) => ["release", file] as const),
  ...yamlFiles(`${SAMPLE_FLEET}/tiers`).map((file) => ["tier", file] as const),
];

const EXCEPTION = {
  rule: "destroy-data",
  cluster: "a.example.com",
  address: "aws_s3_bucket.logs",
  change: "0a1b2c3d4e5f6a7b",
  reason: "The logs are copied.",
  who: "jane",
  until: "2026-12-15",
};

const sample = (): Record<string, Record<string, Record<string, unknown>>> =>
  parse(readFileSync(`${SAMPLE_FLEET}/clusters/platform/production.eks.example.com.yaml`, "utf8"));

describe("the JSON Schema for editors", () => {
  test.each(SAMPLES)("accepts every sample: %s %s", (kind, file) => {
    expect(errorsOf(kind, parse(readFileSync(file, "utf8")))).toEqual([]);
  });

  test.each<[FileKind, unknown, string]>([
    ["cluster", { ...cluster({}), metta: {} }, "must NOT have additional properties metta"],
    [
      "cluster",
      cluster({ cluster: { nodelocal_dns_enable: true } }),
      "/tfvars/cluster must NOT have additional properties nodelocal_dns_enable",
    ],
    [
      "cluster",
      cluster({ workers: [{ name: "x", instance_typ: "y" }] }),
      "/tfvars/workers/0 must NOT have additional properties instance_typ",
    ],
    [
      "cluster",
      cluster({ addons: { corends_enabled: true } }),
      "/tfvars/addons must NOT have additional properties corends_enabled",
    ],
    [
      "cluster",
      cluster({ addons: { coredns: { options: { replicas: 1 } } } }),
      "/tfvars/addons/coredns/options must NOT have additional properties replicas",
    ],
    [
      "cluster",
      cluster({ cluster: { kubernetes_version: 1.35 } }),
      "/tfvars/cluster/kubernetes_version must be string",
    ],
    ["cluster", cluster({ workers: [{ name: "x", min_size: "2" }] }), "/tfvars/workers/0/min_size must be integer"],
    ["cluster", cluster({ common: { aws_region: "eu-west-1a" } }), "/tfvars/common/aws_region must be equal to one of"],
    ["cluster", cluster({}, { TIER: "dev" }), "/meta/TIER must be equal to one of the allowed values"],
    ["cluster", cluster({}, { ACCOUNT: "sandbx" }), "/meta/ACCOUNT must be equal to one of the allowed values"],
    ["cluster", cluster({}, { RELEASE_MODEL: "stabel" }), "/meta/RELEASE_MODEL must be equal to one of the allowed"],
    ["channels", { stable: "2020.01" }, "/stable must be equal to one of the allowed values"],
    ["tier", { tfvars: { common: { aws_region: "eu-west1" } } }, "/tfvars/common/aws_region must be equal to one of"],
    ["cluster", { meta: { TIER: "production" } }, "/meta must have required property 'CLUSTER_NAME'"],
    ["cluster", { tfvars: {} }, "must have required property 'meta'"],
    ["cluster", cluster({ workers: [{ min_size: 2 }] }), "/tfvars/workers/0 must have required property 'name'"],
    [
      "account",
      { reserved_cidrs: [{ cidr: "10.0.0.0/16" }] },
      "/reserved_cidrs/0 must have required property 'reason'",
    ],
    ["cluster", cluster({ networking: { vpc_cidr: "10.0.0.0" } }), "/tfvars/networking/vpc_cidr must match pattern"],
    [
      "cluster",
      cluster({ workers: [{ name: "x", instance_type: "m6i" }] }),
      "/tfvars/workers/0/instance_type must match",
    ],
    ["account", { idd: "1" }, "must NOT have additional properties idd"],
    ["tier", { tfvar: {} }, "must NOT have additional properties tfvar"],
    ["tier", { guard: { max_nodes_percent: 0 } }, "/guard/max_nodes_percent must be >= 1"],
    ["exception", { ...EXCEPTION, rule: "destroy-date" }, "/rule must be equal to one of the allowed values"],
    ["release", { kubernetes: { "1.35": { ami: "x" } } }, "must NOT have additional properties ami"],
  ])("refuses what the program refuses: %s %j", (kind, value, message) => {
    expect(errorsOf(kind, value).join("\n")).toContain(message);
  });

  test("requires the name of a cluster and nothing else, because every file is a layer", () => {
    for (const kind of FILE_KINDS.filter((each) => !["exception", "pipelines", "rollouts"].includes(each)))
      expect([kind, errorsOf(kind, kind === "cluster" ? cluster({}) : {})]).toEqual([kind, []]);
    expect(errorsOf("cluster", cluster({ workers: [{ name: "x" }] }))).toEqual([]);
  });

  test("accepts an exception", () => {
    expect(errorsOf("exception", EXCEPTION)).toEqual([]);
  });

  test("requires every key of an exception, which is no layer", () => {
    const { properties, required } = schemas.get("exception.schema.json");

    expect(required).toEqual(Object.keys(properties));
  });

  test("accepts instance types that are newer than the list", () => {
    expect(errorsOf("cluster", cluster({ workers: [{ name: "x", instance_types: ["m99g.large"] }] }))).toEqual([]);
  });

  test("shows the default of each key, in the place of lists from the defaults of their items", () => {
    const { properties } = schemas.get("cluster.schema.json").properties.tfvars;

    expect(properties.networking.properties.nat_gateways).toMatchObject({
      default: "single",
      description: expect.stringMatching(/ Default: "single"\.$/),
    });
    expect(properties.workers.items.properties.max_size.default).toBe(3);
    expect(properties.addons.properties.coredns_enabled.default).toBe(true);
  });

  test("has no format that editors do not support", () => {
    const formats = [...JSON.stringify([...schemas]).matchAll(/"format":"([^"]+)"/g)].map(([, format]) => format);

    expect([...new Set(formats)].sort()).toEqual(["date", "date-time", "email", "ipv4", "uri"]);
  });

  test("contains the shorthands", () => {
    const value = sample();
    expect(errorsOf("cluster", value)).toEqual([]);
    expect(errorsOf("cluster", cluster({ worker_defaults: { instance_type: "m6i.large" } }))).toEqual([]);
    expect(errorsOf("cluster", cluster({ addons: { coredns_enabled: "yes" } }))).toEqual([
      "/tfvars/addons/coredns_enabled must be boolean",
    ]);
  });

  test("accepts a null that removes the value of a lower layer", () => {
    expect(
      errorsOf("cluster", cluster({ common: { tags: { a: null } }, worker_defaults: { labels: { b: null } } })),
    ).toEqual([]);
    expect(
      errorsOf(
        "cluster",
        cluster({ cluster: { access_entries: [{ name: "x", namespaces: null }], k8s_base_domain: null } }),
      ),
    ).toEqual([]);
  });

  test("describes every key at its own level, for hover texts of editors", () => {
    const bare: string[] = [];
    const visit = (schema: unknown, path: string): void => {
      if (typeof schema !== "object" || schema === null) return;
      const { properties = {} } = schema as { properties?: Record<string, { description?: string }> };
      for (const [key, { description }] of Object.entries(properties))
        if (description === undefined) bare.push(`${path}.${key}`);
      for (const [key, child] of Object.entries(schema)) visit(child, key === "properties" ? path : `${path}.${key}`);
    };
    for (const [file, schema] of schemas) visit(schema, file);
    expect(bare).toEqual([]);
  });

  test("is assigned to its files in VS Code, without a first line in them", () => {
    const settings = JSON.parse(readFileSync(".vscode/settings.json", "utf8"))["yaml.schemas"] as Record<
      string,
      string
    >;

    expect(settings).toEqual({
      "./definitions/schema/cluster.schema.json": "definitions/clusters/**/*.yaml",
      "./definitions/schema/account.schema.json": "definitions/accounts/*.yaml",
      "./definitions/schema/adopted.schema.json": "definitions/adopted/*.yaml",
      "./definitions/schema/tier.schema.json": "definitions/tiers/*.yaml",
      "./definitions/schema/exception.schema.json": "definitions/exceptions/*.yaml",
      "./definitions/schema/release.schema.json": "definitions/releases/*.yaml",
      "./definitions/schema/rollouts.schema.json": "definitions/rollouts.yaml",
      "./definitions/schema/channels.schema.json": "definitions/channels.yaml",
      "./definitions/schema/pipelines.schema.json": "definitions/pipelines.yaml",
      "./definitions/schema/defaults.schema.json": "definitions/defaults.yaml",
    });
  });

  test("exists for every kind of file", () => {
    expect(FILE_KINDS).toEqual([
      "cluster",
      "defaults",
      "account",
      "release",
      "tier",
      "channels",
      "exception",
      "adopted",
      "pipelines",
      "rollouts",
    ]);
    expect(SAMPLES.map(([, file]) => basename(file))).toContain("production.eks.example.com.yaml");
  });
});
