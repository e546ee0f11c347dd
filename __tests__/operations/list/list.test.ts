import { loadFleet } from "../../../fleet/load";
import type { Cluster } from "../../../fleet/model/cluster";
import { ExpectedError } from "../../../language/expected-error";
import { type ListOptions, listClusters } from "../../../operations/list/list";
import { SAMPLE_FLEET } from "../../support/sample-fleet";

const fleet = loadFleet({ directory: SAMPLE_FLEET, shipped: "definitions", today: "2026-11-30" });

const TODAY = "2026-11-30";

/** Names of the clusters that a list has, in its order. */
const namesOf = (options: Omit<ListOptions, "today">): readonly string[] =>
  listClusters(fleet, { ...options, today: TODAY }).clusters.map(({ name }) => name);

const every = fleet.clusters;

const named = (name: string) =>
  listClusters(fleet, { today: "2026-11-30" }).clusters.find((each) => each.name === name);

test("a cluster is listed with its place, its layers, its support and its stacks", () => {
  expect(named("edge.acme.example.net")).toEqual({
    name: "edge.acme.example.net",
    account: "acme",
    region: "ap-southeast-2",
    tier: "production",
    channel: "stable",
    release: "2026.10",
    kubernetes_version: "1.34",
    standard_support_days: 2,
    extended_support_days: 367,
    stacks: [
      "edge-acme-example-net-networking",
      "edge-acme-example-net-eks-cluster",
      "edge-acme-example-net-eks-workers",
      "edge-acme-example-net-addons",
    ],
    owner: "acme",
    held_until: null,
  });
});

test("a cluster whose definition names a release follows no channel", () => {
  expect(named("everything.dev.example.com")).toMatchObject({ channel: null, release: "2026.12" });
});

test("days of support are negative after its end", () => {
  const { clusters } = listClusters(fleet, { today: "2026-12-04" });

  expect(clusters.find(({ name }) => name === "edge.acme.example.net")).toMatchObject({ standard_support_days: -2 });
});

test("days of support are null for a version whose end of support is not known", () => {
  const { clusters } = listClusters({ ...fleet, support: {} }, { today: "2026-11-30" });

  expect(clusters[0]).toMatchObject({ standard_support_days: null, extended_support_days: null });
});

test("clusters are in order of their names, and with a dash before the key in the opposite order", () => {
  const names = every.map(({ name }) => name);

  expect(namesOf({})).toEqual(names);
  expect(namesOf({ sort: "-name" })).toEqual([...names].reverse());
});

test("versions are sorted as versions, and clusters with the same version stay in order of their names", () => {
  const [first = "", second = ""] = namesOf({ sort: "kubernetes_version" });
  const last = namesOf({ sort: "-kubernetes_version" })[0];

  expect([first, last]).toEqual(["edge.acme.example.net", "everything.dev.example.com"]);
  expect(second).toBe("auto.dev.example.com");
});

test("clusters without the value that sorts are last in either direction", () => {
  const without = every.filter(({ meta, release }) => meta.RELEASE_MODEL === release.name).length;
  const isLast = (sort: string): boolean =>
    listClusters(fleet, { sort, today: TODAY })
      .clusters.slice(-without)
      .every(({ channel }) => channel === null);

  expect([without > 0, isLast("channel"), isLast("-channel")]).toEqual([true, true, true]);
});

test.each<[string, (cluster: Cluster) => boolean]>([
  ["kubernetes_version<1.35", ({ tfvars }) => tfvars.cluster.kubernetes_version === "1.34"],
  ["kubernetes_version <= 1.34", ({ tfvars }) => tfvars.cluster.kubernetes_version === "1.34"],
  ["kubernetes_version!=1.35", ({ tfvars }) => tfvars.cluster.kubernetes_version !== "1.35"],
  ["standard_support_days>=3", ({ tfvars }) => tfvars.cluster.kubernetes_version !== "1.34"],
  ["channel=null", ({ meta, release }) => meta.RELEASE_MODEL === release.name],
  ["stacks=edge-acme-example-net-addons", ({ name }) => name === "edge.acme.example.net"],
  ["meta.OWNER=acme", ({ meta }) => meta.OWNER === "acme"],
  ["tfvars.cluster.endpoint_public_access=true", ({ tfvars }) => tfvars.cluster.endpoint_public_access],
  ["cluster.endpoint_public_access=false", ({ tfvars }) => !tfvars.cluster.endpoint_public_access],
  ["workers.max_size>6", ({ tfvars }) => tfvars.workers.some(({ max_size }) => max_size > 6)],
  ["workers.max_size!=6", ({ tfvars }) => tfvars.workers.every(({ max_size }) => max_size !== 6)],
  [
    "workers[general].max_size>4",
    ({ tfvars }) => tfvars.workers.some(({ max_size, name }) => name === "general" && max_size > 4),
  ],
  ["workers[0].name=general", ({ tfvars }) => tfvars.workers[0]?.name === "general"],
  ["common.tags.Customer=acme", ({ tfvars }) => tfvars.common.tags["Customer"] === "acme"],
])("--where %s lists the clusters with this value", (condition, meets) => {
  const expected = every.filter(meets).map(({ name }) => name);

  expect(expected.length).toBeGreaterThan(0);
  expect(expected.length).toBeLessThan(every.length);
  expect(namesOf({ where: [condition] })).toEqual(expected);
});

test("a cluster is listed only if it matches every condition and every filter", () => {
  const where = ["kubernetes_version=1.35", "workers.capacity_type=SPOT"];
  const all = namesOf({ where, filters: { tier: "production", account: "production" } });

  expect(all).toEqual([
    "batch.eks.example.com",
    "ml.eks.example.com",
    "render.eks.example.com",
    "tools.eks.example.com",
  ]);
});

test.each<[Omit<ListOptions, "today">, string]>([
  [
    { where: ["kubernetes_version~1.35"] },
    'condition "kubernetes_version~1.35" has the unknown operator ~. Operators: = != < <= > >=',
  ],
  [{ where: ["kubernetes_version"] }, 'condition "kubernetes_version" has no operator. Operators: = != < <= > >='],
  [{ where: ["kubernets_version=1"] }, 'unknown column or key "kubernets_version". Did you mean "kubernetes_version"?'],
  [
    { where: ["cluster.kms.x=1"] },
    'cluster.kms has no key "x". Known: enabled, key_arn, administrators, deletion_window_days, rotation_period_days',
  ],
  [{ where: ["meta.OWNER.x=1"] }, 'meta.OWNER has no key "x", because it is no map'],
  [
    { where: ["cluster.kms=1"] },
    "cluster.kms is a map. Compare one of its keys: enabled, key_arn, deletion_window_days, rotation_period_days, administrators",
  ],
  [{ where: ["workers.max_size>many"] }, 'workers.max_size is a number, but "many" is not'],
  [
    { where: ["cluster.auto_mode.enabled>true"] },
    "cluster.auto_mode.enabled is true or false. Compare it with =true or =false",
  ],
  [{ where: ["kubernetes_version<next"] }, 'kubernetes_version is a version, such as 1.35, but "next" is not'],
  [{ where: ["release>="] }, 'release is a version, such as 2026.10, but "" is not'],
  [{ where: ["=1"] }, "a column or a key is missing, such as kubernetes_version"],
  [{ sort: "" }, "a column or a key is missing, such as kubernetes_version"],
  [{ sort: "nmae" }, 'unknown column or key "nmae". Did you mean "name"?'],
  [{ filters: { tier: "prodution" } }, 'unknown tier "prodution". Did you mean "production"?'],
  [{ filters: { owner: "nobody" } }, 'unknown owner "nobody". Known: acme, data, platform'],
])("refuses %j", (options, message) => {
  expect(() => namesOf(options)).toThrow(new ExpectedError(message));
});

test("a filter by an existing name that no cluster has returns an empty list", () => {
  const known = () => ({ accounts: [], tiers: ["lab"], releases: [], channels: [], regions: [] });

  expect(namesOf({ filters: { tier: "lab" }, known })).toEqual([]);
});
