import { readdirSync, readFileSync } from "node:fs";
import { catalogue } from "../../addons/catalogue";
import { generatedFiles, schemaFiles } from "../../cli/generate";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const generated = generatedFiles(".");

/** Lists the names of the user's accounts and tiers, which come and go. */
const NAMES = "definitions/schema/names.schema.json";

test.each([...generated.keys()].filter((file) => file !== NAMES))("%s is what `make generate` writes", (file) => {
  expect(readFileSync(file, "utf8")).toBe(generated.get(file));
});

test("names.schema.json lists the regions and the instance types that the program supports", () => {
  const { regions, instance_types } = JSON.parse(readFileSync(NAMES, "utf8")).definitions;

  expect({ regions, instance_types }).toEqual({
    regions: JSON.parse(generated.get(NAMES) ?? "").definitions.regions,
    instance_types: JSON.parse(generated.get(NAMES) ?? "").definitions.instance_types,
  });
});

test("names.schema.json lists the names of the directory for which it is generated", () => {
  const files = schemaFiles("fleet", SAMPLE_FLEET, "definitions");
  const { accounts, tiers, release_models } = JSON.parse(files.get("fleet/schema/names.schema.json") ?? "").definitions;

  expect(accounts.enum).toEqual(namesIn("accounts"));
  expect(tiers.enum).toEqual(namesIn("tiers"));
  expect(release_models.enum).toEqual(expect.arrayContaining(["stable", "2026.12"]));
});

const namesIn = (folder: string): string[] =>
  readdirSync(`${SAMPLE_FLEET}/${folder}`)
    .map((file) => file.replace(/\.yaml$/, ""))
    .sort();

test("definitions/schema has no other file", () => {
  const schemas = readdirSync("definitions/schema").map((name) => `definitions/schema/${name}`);
  expect(schemas.sort()).toEqual([...generated.keys()].filter((file) => file.startsWith("definitions/schema/")).sort());
});

/** The rows of a page: heading and key -> type, default and meaning. */
function rows(page: string): Map<string, { type: string; default: string; meaning: string }> {
  let heading = "";
  const found = page.split("\n").flatMap((line) => {
    heading = /^##+ (.*)/.exec(line)?.[1] ?? heading;
    const [, key = "", type = "", value = "", meaning = ""] =
      /^\| `([^`]+)` \| (.*?) \| (.*?) \| (.*) \|$/.exec(line) ?? [];
    return key === "" ? [] : [[`${heading} ${key}`, { type, default: value, meaning }] as const];
  });
  return new Map(found);
}

describe("the definition reference", () => {
  const page = generated.get("docs/definition-reference.md") ?? "";
  const reference = rows(page);
  const headings = [...page.matchAll(/^##+ (.*)$/gm)].map(([, heading = ""]) => heading);

  test("describes every key", () => {
    expect([...reference].filter(([, { meaning }]) => meaning.trim() === "").map(([key]) => key)).toEqual([]);
  });

  test("has a heading for every addon, and no heading twice", () => {
    expect(headings).toEqual(expect.arrayContaining(Object.keys(catalogue)));
    expect(new Set(headings).size).toBe(headings.length);
  });

  test("has no row that is wider than a screen", () => {
    const shown = page.split("\n").map((line) => line.replaceAll(/\]\([^)]*\)/g, "]"));

    expect(shown.filter((line) => line.startsWith("|") && line.length > 160)).toEqual([]);
  });

  test("lists the text that does not fit into a row below the table", () => {
    expect(reference.get("tfvars.common iam.path")?.meaning).toBe(
      "IAM path of every created role, such as /teams/search/.",
    );
    expect(page).toMatch(/^- `iam\.path`: IAM path .* groups?\b[^|]*with\n {2}its role\.$/m);
  });

  test("lists the keys that groups inherit once", () => {
    const ofWorkers = [...reference.keys()].filter((key) => /^tfvars\.workers /.test(key));

    expect(ofWorkers).toEqual(["tfvars.workers name"]);
    expect(page).toContain("[tfvars.worker_defaults](#tfvarsworker_defaults)");
  });

  test.each([
    ["tfvars.networking nat_gateways", "`none`, `single`, `per_zone`, `regional`", "`single`"],
    ["tfvars.worker_defaults max_size", "whole number 1 to 100000", "`3`"],
    ["tfvars.worker_defaults spot_price", "number up to 1000 or null", "`null`"],
    ["tfvars.cluster kms.rotation_period_days", "whole number 90 to 2560", "`365`"],
    ["coredns max_replicas", "whole number 2 to 100", "`10`"],
    ["meta CLUSTER_NAME", "text", "required"],
    ["tfvars.workers name", "text", "required"],
    ["tfvars.worker_defaults data_volumes", "[list of map](#tfvarsworker_defaultsdata_volumes)", "`[]`"],
    ["tfvars.worker_defaults.data_volumes size_gib", "whole number 1 to 65536", "required"],
    ["tfvars.worker_defaults.data_volumes volume_type", "`gp3`, `gp2`, `io1`, `io2`", "`gp3`"],
    ["tfvars.worker_defaults.data_volumes iops", "whole number 100 to 256000", "optional"],
    ["tfvars.worker_defaults instance_type", "text", "optional"],
    ["tfvars.worker_defaults root_volume", "map", ""],
    ["tfvars.worker_defaults warm_pool", "map or null", "`null`"],
    ["tfvars.worker_defaults warm_pool.min_size", "whole number 0 to 450", "required"],
    ["tfvars.node_pool_defaults root_volume.size_gib", "whole number 20 to 65536", "`80`"],
    ["Releases: `releases/<name>.yaml` kubernetes.*.ami_release_version", "text", "required"],
    ["Releases: `releases/<name>.yaml` kubernetes.*.bottlerocket_version", "text", "optional"],
    ["Accounts: `accounts/<name>.yaml` cidr_pools", "list of text", "`[]`"],
  ])("shows the type and the default of %s", (key, type, value) => {
    expect(reference.get(key)).toMatchObject({ type, default: value });
  });

  test("shows whether an addon is installed by default", () => {
    expect(page).toMatch(/^#### coredns\n\n.*\n\nKeys besides `options`: `enabled` \(default `true`\)/m);
    expect(page).toMatch(/^#### velero\n\n.*\n\nKeys besides `options`: `enabled` \(default `false`\)/m);
  });
});
