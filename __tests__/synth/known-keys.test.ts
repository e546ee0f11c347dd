import { supportsKey } from "../../synth/known-keys";

test.each([
  ["meta.RELEASE_MODEL", true],
  ["tfvars.workers[general].max_size", true],
  ["tfvars.workers[general].maximum", false],
  ["tfvars.addons.loki.options", true],
  ["tfvars.addons.loki.optoins", false],
  ["tfvars.common.tags.anything", true],
])("a program supports %s by its JSON Schema: %s", (path, supported) => {
  expect(supportsKey("definitions", path)).toBe(supported);
});

test("nothing is known of a program without a JSON Schema", () => {
  expect(supportsKey("docs", "meta")).toBeUndefined();
});
