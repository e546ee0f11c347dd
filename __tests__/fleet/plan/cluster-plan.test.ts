import { loadFleet } from "../../../fleet/load";
import { planCluster } from "../../../fleet/plan/cluster-plan";
import { clusterOf, workerOf } from "../../support/cluster";
import { TODAY } from "../../support/definitions";
import { SAMPLE_FLEET } from "../../support/sample-fleet";

describe("The plan of every sample cluster", () => {
  const { clusters } = loadFleet({ directory: SAMPLE_FLEET, shipped: "definitions", today: TODAY });

  test.each(clusters.map((cluster) => [cluster.name, planCluster(cluster)] as const))(
    "is plain data, which JSON keeps: %s",
    (_, plan) => {
      expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    },
  );
});

test("plans one group in each zone for a worker with per_zone", () => {
  const { groups } = planCluster(clusterOf({ workers: [workerOf({ name: "data", per_zone: true })] })).workers;

  expect(groups.map(({ name, zones }) => [name, zones])).toEqual([
    ["data-a", ["eu-west-1a"]],
    ["data-b", ["eu-west-1b"]],
    ["data-c", ["eu-west-1c"]],
  ]);
});

test("plans no core add-on for a cluster whose nodes are all Auto Mode's", () => {
  const { coreAddons } = planCluster(
    clusterOf({ cluster: { auto_mode: { enabled: true } }, workers: [] }),
  ).controlPlane;

  expect(coreAddons).toEqual([]);
});

test("plans no endpoint in an existing VPC unless the definition adds endpoints", () => {
  const planned = (add_endpoints: boolean) =>
    planCluster(
      clusterOf({
        networking: {
          interface_endpoints: ["sts"],
          existing_vpc: { vpc_id: "vpc-0a1b2c3d", add_endpoints, subnet_tags: { private: { Tier: "app" } } },
        },
      }),
    ).network.interfaceEndpoints.map(({ serviceName }) => serviceName);

  expect(planned(false)).toEqual([]);
  expect(planned(true)).toEqual(["com.amazonaws.eu-west-1.sts"]);
});
