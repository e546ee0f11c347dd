import { readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "../../addons/catalogue";
import type { Addon, Manifest } from "../../addons/contract/addon";
import { contextOf, defaults } from "../addons/support/context";

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly runbook_url: string };
}

/** Every alert of ours, on a cluster that has all addons. */
const context = contextOf({ enabled: Object.keys(catalogue) });
const rules = Object.values<Addon>(catalogue)
  .flatMap((addon) => addon.manifests?.(context, addon.options.parse(defaults(addon.name).options)) ?? [])
  .filter(({ kind }) => kind === "PrometheusRule")
  .flatMap((manifest: Manifest) => (manifest["spec"] as { groups: { rules: Rule[] }[] }).groups)
  .flatMap((group) => group.rules);

const text = readFileSync(join(__dirname, "../../docs/runbooks.md"), "utf8");
const sections = new Map(
  text
    .split(/^### /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf("\n")), section]),
);

test.each(rules)("$alert links to its own section", ({ alert, annotations }) => {
  expect(annotations.runbook_url).toBe(`https://example.com/runbooks#${alert.toLowerCase()}`);
  expect(sections.get(alert)).toMatch(/\bDo\b/);
});

test("each section belongs to one alert, and no two alerts share a name", () => {
  const names = rules.map(({ alert }) => alert).sort();

  expect([...sections.keys()].sort()).toEqual(names);
});

test.each(rules)("the expression of $alert closes its brackets", ({ expr }) => {
  const count = (character: string) => expr.split(character).length;

  expect(["(", "[", "{"].map(count)).toEqual([")", "]", "}"].map(count));
  expect(count('"') % 2).toBe(1);
});
