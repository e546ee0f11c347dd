import { readFileSync } from "node:fs";
import { podsOf, requestsOf } from "../../../addons/contract/workload";
import { valueAt } from "../../../language/plain-map";
import { added, platformSizes, requestsByAddon } from "../../../operations/capacity/platform-size";
import { sizeReport } from "../../../operations/capacity/report";
import { definition } from "../../support/definition";
import { fleetOf } from "../../support/definitions";

/** Nodes of the default group at its largest size: m6i.large. */
const NODES = 3;

/** Returns what a platform requests on the default group. */
function sizeOf(tier: string) {
  const meta = `RELEASE_MODEL: "2026.12"\nTIER: ${tier}`;
  const [cluster] = fleetOf({
    "clusters/a.example.com.yaml": definition({ meta, cluster: "k8s_base_domain: a.eks.example.com" }),
  }).clusters;
  if (cluster === undefined) throw new Error("no cluster");
  expect(cluster.tfvars.workers).toMatchObject([{ instance_types: ["m6i.large"], max_size: NODES }]);
  return [...requestsByAddon(cluster, NODES).values()].reduce(added);
}

const page = readFileSync("docs/platform.md", "utf8");

test.each(["production", "staging", "development"])("docs/platform.md has the size of %s", (tier) => {
  const { cpu, memory_mib, pods, volumes_gib } = sizeOf(tier);
  const row = [tier, pods, (cpu / 1000).toFixed(2), `${(memory_mib / 1024).toFixed(1)} GiB`, `${volumes_gib} GiB`];

  expect(page).toContain(`| ${row.join(" | ")} |`);
});

test("the answer has each addon of each cluster and their sum, on the nodes that the groups start with", () => {
  const { clusters } = fleetOf({
    "clusters/a.example.com.yaml": definition({
      meta: `RELEASE_MODEL: "2026.12"\nTIER: development`,
      worker: "min_size: 2\nmax_size: 5\ndesired_size: 4",
      addons: "external_dns_enabled: false\ncert_manager_enabled: false",
    }),
  });
  const report = platformSizes(clusters);
  const [only] = report.clusters;

  expect(sizeReport.parse(report)).toEqual(report);
  expect([only?.name, only?.nodes]).toEqual(["a.example.com", 4]);
  expect(only?.not_counted).toContain("metrics_server");
  expect(only?.not_counted).not.toContain("loki");
  expect(only?.addons.find(({ name }) => name === "loki")).toEqual({
    name: "loki",
    pods: 2,
    cpu_millicores: 530,
    memory_mib: 2176,
    volumes_gib: 10,
  });
  for (const key of ["pods", "cpu_millicores", "memory_mib", "volumes_gib"] as const)
    expect(only?.all[key]).toBe(only?.addons.reduce((sum, each) => sum + each[key], 0));
});

test("the platform of production leaves a fifth of the default group at its largest size to other pods", () => {
  const { cpu, memory_mib, pods } = sizeOf("production");

  // Allocatable of m6i.large: 1.93 of 2 cores, 7 of 8 GiB, 29 pods.
  expect(cpu).toBeLessThan(0.8 * NODES * 1930);
  expect(memory_mib).toBeLessThan(0.8 * NODES * 7 * 1024);
  expect(pods).toBeLessThan(0.8 * NODES * 29);
});

describe("requests", () => {
  const values = {
    web: { replicas: 2, resources: { requests: { cpu: "1", memory: "1Gi" } }, size: "10Gi" },
    side: { requests: { cpu: "20m", memory: "64Mi" } },
    cache: { enabled: true, allocatedMemory: 100 },
  };

  test("count each container and volume of each pod", () => {
    const workload = { containers: ["web.resources", "side"], pods: "web.replicas", volume: "web.size" };

    expect(requestsOf(podsOf([workload], values), 5)).toEqual({
      pods: 2,
      cpu: 2040,
      memory_mib: 2176,
      volumes_gib: 20,
    });
  });

  test("count a pod on each node", () => {
    expect(requestsOf(podsOf([{ containers: ["side"], pods: "node" }], values), 5)).toEqual({
      pods: 5,
      cpu: 100,
      memory_mib: 320,
      volumes_gib: 0,
    });
  });

  test("include what the chart computes, and none of a part that is off", () => {
    const cache = {
      containers: [],
      if: "cache.enabled",
      computed: (given: object) => ({ cpu: 500, memory_mib: Number(valueAt(given, "cache", "allocatedMemory")) }),
    };

    expect(requestsOf(podsOf([cache, { containers: ["side"], if: "other.enabled" }], values), 1)).toEqual({
      pods: 1,
      cpu: 500,
      memory_mib: 100,
      volumes_gib: 0,
    });
  });

  test("are read in every unit of Kubernetes", () => {
    const units = { requests: { cpu: 0.5, memory: "1.5Gi" } };

    expect(requestsOf(podsOf([{ containers: ["units"] }], { units }), 1)).toMatchObject({ cpu: 500, memory_mib: 1536 });
  });
});
