import { readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";

/** An entry of pluto's list, as far as it is used. */
interface Entry {
  readonly version: string;
  readonly kind: string;
  readonly "deprecated-in"?: string;
  readonly "removed-in"?: string;
  readonly "replacement-api"?: string;
  readonly "replacement-available-in"?: string;
  readonly component: string;
}

const [file = "", commit = "", date = ""] = process.argv.slice(2);
if (!/^[0-9a-f]{40}$/.test(commit) || !/^\d{4}-\d\d-\d\d$/.test(date))
  throw new Error("usage: node launch.mjs aws/refresh/kubernetes-apis.ts versions.yaml <commit> <its date>");

const list = parse(readFileSync(file, "utf8")) as { readonly "deprecated-versions": readonly Entry[] };
const minor = (version: string | undefined): string | null => /^v(1\.\d+)/.exec(version ?? "")?.[1] ?? null;
const apis = list["deprecated-versions"]
  .filter(({ component }) => component === "k8s")
  .map((each) => ({
    api: each.version,
    kind: each.kind,
    deprecated_in: minor(each["deprecated-in"]),
    removed_in: minor(each["removed-in"]),
    replacement: each["replacement-api"] || null,
    replacement_in: minor(each["replacement-available-in"]),
  }));
const head = {
  source: `https://github.com/FairwindsOps/pluto, versions.yaml at ${commit}, component k8s. Apache License 2.0`,
  date,
};
const lines = apis.map((each) => `    ${JSON.stringify(each)}`).join(",\n");
writeFileSync(
  "aws/data/kubernetes-apis.json",
  `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "apis": [\n${lines}\n  ]\n}\n`,
);
