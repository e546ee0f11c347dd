import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { catalogue } from "../../addons/catalogue";
import { type Addon, chartsOf } from "../../addons/contract/addon";
import type { Release } from "../../fleet/model/cluster";

const { charts } = parse(readFileSync("definitions/releases/2026.12.yaml", "utf8")) as Release;
const ADDONS: readonly Addon[] = Object.values(catalogue);

test("an addon has release notes only of charts that the newest release installs for it", () => {
  const stray = ADDONS.flatMap((addon) => {
    const installed = chartsOf(addon).map((key) => `${charts[key]?.repository}/${charts[key]?.chart}`);
    const named = addon.kind === "helm" ? Object.keys(addon.release_notes ?? {}) : [];
    return named.filter((chart) => !installed.includes(chart)).map((chart) => `${addon.name}: ${chart}`);
  });
  expect(stray).toEqual([]);
});

test("the address of release notes is the beginning of a page of a tag at GitHub", () => {
  const addresses = ADDONS.flatMap(({ release_notes: notes = {} }) =>
    typeof notes === "string" ? notes : Object.values(notes),
  );
  expect(
    addresses.filter((each) => !/^https:\/\/github\.com\/[\w-]+\/[\w-]+\/releases\/tag\/[a-z0-9-]*$/.test(each)),
  ).toEqual([]);
});
