import { NODE_QUOTAS } from "../../../operations/doctor/node-quotas";
import { clusterOf, workerOf } from "../../support/cluster";

/** Returns what groups need of each quota. */
const needed = (...workers: Parameters<typeof workerOf>[0][]): Record<string, number> => {
  const cluster = clusterOf({ workers: workers.map(workerOf) });
  return Object.fromEntries(
    NODE_QUOTAS.map(({ name, needed: of }) => [name, of([cluster])] as const).filter(([, count]) => count > 0),
  );
};

test("counts the vCPUs of the largest type at max_size, by family and market", () => {
  const groups = needed(
    { name: "general", instance_types: ["m7g.large", "c7g.xlarge"], max_size: 10 },
    { name: "spot", instance_types: ["m7i.2xlarge"], max_size: 3, capacity_type: "SPOT" },
    { name: "gpu", instance_types: ["g5.xlarge"], max_size: 2 },
  );

  expect(groups).toEqual({
    "on-demand vCPUs, standard": 40,
    "spot vCPUs, standard": 24,
    "on-demand vCPUs, G and VT": 8,
    "managed node groups in one cluster": 3,
    "nodes in one managed node group": 10,
  });
});

test("divides a mixed group between the markets", () => {
  const mixed = {
    name: "mixed",
    instance_types: ["m7i.xlarge"],
    max_size: 10,
    on_demand_base_capacity: 2,
    on_demand_percentage_above_base_capacity: 25,
  };

  expect(needed(mixed)).toEqual({ "on-demand vCPUs, standard": 16, "spot vCPUs, standard": 24 });
});

test("uses the cluster with the most groups, and adds the vCPUs of all clusters", () => {
  const clusters = [1, 2].map((count) =>
    clusterOf({
      workers: Array.from({ length: count }, (_, index) =>
        workerOf({ name: `group-${index}`, instance_types: ["m7i.xlarge"], max_size: 1 }),
      ),
    }),
  );
  const of = (name: string) => NODE_QUOTAS.find((quota) => quota.name === name)?.needed(clusters);

  expect([of("managed node groups in one cluster"), of("on-demand vCPUs, standard")]).toEqual([2, 12]);
});

test("each code is named once", () => {
  const codes = NODE_QUOTAS.map(({ code }) => code);

  expect(codes).toEqual([...new Set(codes)]);
});
