import { pathOf } from "../../../operations/explain/keys";
import { openCluster } from "../../../operations/explain/open-cluster";
import { settingsOf } from "../../../operations/explain/settings";
import { account } from "../../support/definition";
import { inDefaults, readingDefinitions, TODAY } from "../../support/definitions";

/** The cluster's file, with the line of each key that the tests are about. */
const CLUSTER = `meta:
  CLUSTER_NAME: a.example.com
  ACCOUNT: mine
  TIER: staging
tfvars:
  common:
    aws_region: us-east-1
  cluster:
    access_entries:
      - name: admin
        namespaces: null
      - name: reader
        principal_arn: arn:aws:iam::444444444444:role/reader
        access_policy: AmazonEKSViewPolicy
    zonal_shift: null
  workers:
    - name: general
      instance_type: m6i.large
      max_size: 7
  addons:
    external_dns_enabled: false
    external_dns: { adopt: null }
`;

const FILES = {
  "accounts/mine.yaml": account({
    tfvars: "addons:\n  external_dns:\n    enabled: true\nworker_defaults:\n  max_size: 5",
  }),
  "tiers/staging.yaml": "tfvars:\n  cluster:\n    zonal_shift: true\n  addons:\n    external_dns: { adopt: true }\n",
  "clusters/a.example.com.yaml": CLUSTER,
};

/** Returns the settings of each key, the one that applies first: `layer place path value`. */
function chains(...keys: readonly string[]): readonly (readonly string[])[] {
  return readingDefinitions(FILES, (directory) => {
    const open = openCluster({ directory, shipped: "definitions", select: "a.example.com", today: TODAY });
    return keys.map((key) =>
      settingsOf(open, pathOf(open.whole, key)).map(({ layer, path, place, removes, value }) => {
        const at = `${place.file}:${place.line}:${place.column}`.replace(`${directory}/`, "");
        return `${layer} ${at} ${path} ${JSON.stringify(value)}${removes ? " removes" : ""}`;
      }),
    );
  });
}

test("a key of an item is set by the item, over the item defaults of each layer", () => {
  expect(chains("workers[general].max_size")).toEqual([
    [
      "cluster clusters/a.example.com.yaml:19:17 tfvars.workers[general].max_size 7",
      "account accounts/mine.yaml:16:15 tfvars.worker_defaults.max_size 5",
      `defaults ${inDefaults("tfvars.worker_defaults.max_size")} tfvars.worker_defaults.max_size 3`,
    ],
  ]);
});

test("a key that an item inherits is set by the highest layer's defaults", () => {
  expect(chains("workers[general].min_size")).toEqual([
    [`defaults ${inDefaults("tfvars.worker_defaults.min_size")} tfvars.worker_defaults.min_size 1`],
  ]);
});

test("a shorthand is shown as its file spells it", () => {
  const [chain = []] = chains("addons.external_dns_enabled");
  expect(chain.slice(0, 2)).toEqual([
    "cluster clusters/a.example.com.yaml:21:27 tfvars.addons.external_dns_enabled false",
    "account accounts/mine.yaml:14:16 tfvars.addons.external_dns.enabled true",
  ]);
});

test("null overrides where it is a value of the schema, and removes where it is none", () => {
  expect(chains("cluster.zonal_shift", "addons.external_dns.adopt")).toEqual([
    [
      "cluster clusters/a.example.com.yaml:15:18 tfvars.cluster.zonal_shift null",
      "tier tiers/staging.yaml:3:18 tfvars.cluster.zonal_shift true",
      `defaults ${inDefaults("tfvars.cluster.zonal_shift")} tfvars.cluster.zonal_shift null`,
    ],
    [
      "cluster clusters/a.example.com.yaml:22:28 tfvars.addons.external_dns.adopt null removes",
      "tier tiers/staging.yaml:5:28 tfvars.addons.external_dns.adopt true",
    ],
  ]);
});

test("items of lists that merge by name are found by their names in each layer", () => {
  expect(chains("cluster.access_entries[admin].principal_arn", "cluster.access_entries[reader].name")).toEqual([
    [
      'account accounts/mine.yaml:11:39 tfvars.cluster.access_entries[admin].principal_arn "arn:aws:iam::444444444444:role/admin"',
    ],
    ['cluster clusters/a.example.com.yaml:12:15 tfvars.cluster.access_entries[reader].name "reader"'],
  ]);
});

test("a pin of the release is set by the release's file", () => {
  const [[pin = ""] = []] = chains("release.charts.external_dns.version");
  expect(pin).toMatch(/^release definitions\/releases\/2026\.10\.yaml:\d+:\d+ charts\.external_dns\.version "[\d.]+"$/);
});

test("a key that an account leaves out is set by the defaults of accounts", () => {
  expect(chains("account.cidr_pools")).toEqual([
    [`defaults ${inDefaults("account_defaults.cidr_pools")} cidr_pools []`],
  ]);
});

test("a key that no layer sets has no settings", () => {
  expect(chains("addons.velero.adopt")).toEqual([[]]);
});
