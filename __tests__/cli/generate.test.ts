import { readdirSync, readFileSync } from "node:fs";
import { generatedFiles } from "../../cli/generate";

const generated = generatedFiles(".");

test.each([...generated.keys()])("%s is what `make generate` writes", (file) => {
  expect(readFileSync(file, "utf8")).toBe(generated.get(file));
});

test("definitions/schema has no other file", () => {
  const schemas = readdirSync("definitions/schema").map((name) => `definitions/schema/${name}`);
  expect(schemas.sort()).toEqual([...generated.keys()].filter((file) => file.endsWith(".json")).sort());
});

/** The rows of a page: key -> type, default and meaning. */
function rows(page: string): Map<string, { type: string; default: string; meaning: string }> {
  const cells = [...page.matchAll(/^\| `([^`]+)` \| (.*?) \| (.*?) \| (.*) \|$/gm)];
  return new Map(
    cells.map(([, key = "", type = "", value = "", meaning = ""]) => [key, { type, default: value, meaning }]),
  );
}

describe("the definition reference", () => {
  const reference = rows(generated.get("docs/definition-reference.md") ?? "");

  test("gives every key a meaning", () => {
    expect([...reference].filter(([, { meaning }]) => meaning.trim() === "").map(([key]) => key)).toEqual([]);
  });

  test.each([
    ["tfvars.networking.nat_gateways", "`none`, `single`, `per_zone`, `regional`", "`single`"],
    ["tfvars.workers[].max_size", "whole number 1 to 100000", "`3`"],
    ["tfvars.workers[].spot_price", "number up to 1000 or null", "`null`"],
    ["tfvars.cluster.kms.rotation_period_days", "whole number 90 to 2560", "`365`"],
    ["tfvars.addons.coredns.enabled", "true, false", "`true`"],
    ["meta.CLUSTER_NAME", "text", "required"],
    ["tfvars.workers[].name", "text", "required"],
    ["tfvars.workers[].data_volumes[].size_gib", "whole number 1 to 65536", "required"],
    ["tfvars.workers[].data_volumes[].volume_type", "`gp3`, `gp2`, `io1`, `io2`", "`gp3`"],
    ["tfvars.workers[].data_volumes[].iops", "whole number 100 to 256000", "optional"],
    ["tfvars.workers[].instance_type", "text", "optional"],
    ["tfvars.workers[].root_volume", "map", ""],
    ["tfvars.workers[].warm_pool", "map or null", "`null`"],
    ["tfvars.workers[].warm_pool.min_size", "whole number 0 to 450", "required"],
    ["tfvars.node_pools[].root_volume.size_gib", "whole number 20 to 65536", "`80`"],
    ["kubernetes.*.ami_release_version", "text", "required"],
    ["kubernetes.*.bottlerocket_version", "text", "optional"],
    ["cidr_pools", "list of text", "`[]`"],
  ])("shows the type and the default of %s", (key, type, value) => {
    expect(reference.get(key)).toMatchObject({ type, default: value });
  });
});
