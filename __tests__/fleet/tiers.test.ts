import { definition } from "../support/definition";
import { fleetOf } from "../support/definitions";

/** Returns what users of a tier of the sample fleet rely on, resolved for a cluster that sets nothing of it. */
function promisesOf(tier: string) {
  const [cluster] = fleetOf({ "clusters/a.example.com.yaml": definition({ meta: `TIER: ${tier}` }) }).clusters;
  if (cluster === undefined) throw new Error(`no cluster of tier ${tier}`);
  const { networking, cluster: controlPlane, node_pool_defaults } = cluster.tfvars;
  return {
    zones: cluster.zones.length,
    natGateways: networking.nat_gateways,
    flowLogDays: networking.flow_logs.retention_days,
    logDays: controlPlane.cluster_log_retention_days,
    protected: controlPlane.deletion_protection,
    keyWindowDays: controlPlane.kms.deletion_window_days,
    replicas: cluster.service_level.replicas,
    drift: node_pool_defaults.disruption_budgets.map(({ nodes, schedule }) => [nodes, schedule]),
  };
}

const DRIFT_ANYTIME = [["10%", undefined]];

test("development has 2 zones and 1 NAT gateway, and its clusters can be deleted", () => {
  expect(promisesOf("development")).toEqual({
    zones: 2,
    natGateways: "single",
    flowLogDays: 7,
    logDays: 7,
    protected: false,
    keyWindowDays: 7,
    replicas: 1,
    drift: DRIFT_ANYTIME,
  });
});

test("staging has 3 zones as production, but 1 NAT gateway and 1 replica", () => {
  expect(promisesOf("staging")).toEqual({
    zones: 3,
    natGateways: "single",
    flowLogDays: 30,
    logDays: 30,
    protected: false,
    keyWindowDays: 30,
    replicas: 1,
    drift: DRIFT_ANYTIME,
  });
});

test("production has a NAT gateway in each of 3 zones, and its clusters are protected from deletion", () => {
  expect(promisesOf("production")).toEqual({
    zones: 3,
    natGateways: "per_zone",
    flowLogDays: 90,
    logDays: 365,
    protected: true,
    keyWindowDays: 30,
    replicas: 2,
    drift: [...DRIFT_ANYTIME, ["0", "0 6 * * mon-fri"]],
  });
});
