import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv";
import { parse } from "yaml";
import { FILE_KINDS, type FileKind, jsonSchema } from "../../../fleet/schema/json-schema";
import { SAMPLE_FLEET } from "../../support/sample-fleet";

// Each schema is put to a handful of values: optimizing its code would take longer than running it.
const ajv = new Ajv({ strict: false, validateFormats: false, code: { optimize: false } });
const validators = Object.fromEntries(FILE_KINDS.map((kind) => [kind, ajv.compile(jsonSchema(kind))])) as Record<
  FileKind,
  ValidateFunction
>;

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
  ...yamlFiles(`${SAMPLE_FLEET}/clusters`).map((file) => ["cluster", file] as const),
  ...yamlFiles(`${SAMPLE_FLEET}/accounts`).map((file) => ["account", file] as const),
  ...yamlFiles("definitions/releases").map((file) => ["release", file] as const),
  ...yamlFiles(`${SAMPLE_FLEET}/tiers`).map((file) => ["tier", file] as const),
];

const sample = (): Record<string, Record<string, Record<string, unknown>>> =>
  parse(readFileSync(`${SAMPLE_FLEET}/clusters/platform/production.eks.example.com.yaml`, "utf8"));

describe("the JSON Schema for editors", () => {
  test.each(SAMPLES)("takes every sample: %s %s", (kind, file) => {
    expect(errorsOf(kind, parse(readFileSync(file, "utf8")))).toEqual([]);
  });

  test.each<[FileKind, unknown, string]>([
    ["cluster", { metta: {} }, "must NOT have additional properties metta"],
    [
      "cluster",
      { tfvars: { cluster: { nodelocal_dns_enable: true } } },
      "/tfvars/cluster must NOT have additional properties nodelocal_dns_enable",
    ],
    [
      "cluster",
      { tfvars: { workers: [{ name: "x", instance_typ: "y" }] } },
      "/tfvars/workers/0 must NOT have additional properties instance_typ",
    ],
    [
      "cluster",
      { tfvars: { addons: { corends_enabled: true } } },
      "/tfvars/addons must NOT have additional properties corends_enabled",
    ],
    [
      "cluster",
      { tfvars: { addons: { coredns: { options: { replicas: 1 } } } } },
      "/tfvars/addons/coredns/options must NOT have additional properties replicas",
    ],
    [
      "cluster",
      { tfvars: { cluster: { kubernetes_version: 1.35 } } },
      "/tfvars/cluster/kubernetes_version must be string",
    ],
    ["cluster", { tfvars: { workers: [{ name: "x", min_size: "2" }] } }, "/tfvars/workers/0/min_size must be integer"],
    ["account", { idd: "1" }, "must NOT have additional properties idd"],
    ["tier", { tfvar: {} }, "must NOT have additional properties tfvar"],
    ["release", { kubernetes: { "1.35": { ami: "x" } } }, "must NOT have additional properties ami"],
  ])("refuses what the program refuses: %s %j", (kind, value, message) => {
    expect(errorsOf(kind, value).join("\n")).toContain(message);
  });

  test("requires nothing, because every file is a layer", () => {
    for (const kind of FILE_KINDS) expect([kind, errorsOf(kind, {})]).toEqual([kind, []]);
    expect(errorsOf("cluster", { tfvars: { workers: [{ name: "x" }] } })).toEqual([]);
  });

  test("knows the shorthands", () => {
    const value = sample();
    expect(errorsOf("cluster", value)).toEqual([]);
    expect(errorsOf("cluster", { tfvars: { worker_defaults: { instance_type: "m6i.large" } } })).toEqual([]);
    expect(errorsOf("cluster", { tfvars: { addons: { coredns_enabled: "yes" } } })).toEqual([
      "/tfvars/addons/coredns_enabled must be boolean",
    ]);
  });

  test("lets null take away what a lower layer set", () => {
    expect(
      errorsOf("cluster", { tfvars: { common: { tags: { a: null } }, worker_defaults: { labels: { b: null } } } }),
    ).toEqual([]);
    expect(
      errorsOf("cluster", {
        tfvars: { cluster: { access_entries: [{ name: "x", namespaces: null }], k8s_base_domain: null } },
      }),
    ).toEqual([]);
  });

  test("describes every key, for those who hover over it", () => {
    const bare: string[] = [];
    const visit = (schema: unknown, path: string): void => {
      if (typeof schema !== "object" || schema === null) return;
      const { properties = {}, items } = schema as {
        properties?: Record<string, { description?: string }>;
        items?: unknown;
      };
      for (const [key, child] of Object.entries(properties)) {
        const inner = "anyOf" in child ? { ...(child["anyOf"] as object[])[0], ...child } : child;
        if (inner.description === undefined && !/\.options\./.test(`${path}.${key}`) && key !== "options")
          bare.push(`${path}.${key}`);
        visit(inner, `${path}.${key}`);
      }
      visit(items, `${path}[]`);
    };
    visit(jsonSchema("cluster"), "");
    expect(bare).toEqual([]);
  });

  test("is there for every kind of file", () => {
    expect(FILE_KINDS).toEqual(["cluster", "defaults", "account", "release", "tier", "channels"]);
    expect(SAMPLES.map(([, file]) => basename(file))).toContain("production.eks.example.com.yaml");
  });
});
