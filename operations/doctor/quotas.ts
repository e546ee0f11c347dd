import type { Account, Cluster } from "../../fleet/model/cluster";
import { usesExistingVpc } from "../../fleet/network/existing-vpc";
import { isMap } from "../../language/plain-map";
import { commonCure } from "./common-cure";
import { NODE_QUOTAS, type Quota } from "./node-quotas";
import type { Check } from "./report";
import type { RunCommand } from "./tools";

/**
 * Quotas that stop a deploy, with their codes in Service Quotas. Clusters per region, VPCs per region, NAT gateways per zone and
 * elastic addresses are in "Known Limits and Service Quotas" of the EKS Best Practices Guide, or in tools that check them for installations.
 */
export const QUOTAS: readonly Quota[] = [
  { service: "eks", code: "L-1194D53C", name: "EKS clusters", needed: (clusters) => clusters.length },
  { service: "vpc", code: "L-F678F1CE", name: "VPCs", needed: (clusters) => clusters.filter(createsVpc).length },
  { service: "vpc", code: "L-FE5A380F", name: "NAT gateways in one zone", needed: gatewaysInOneZone },
  { service: "ec2", code: "L-0263D0A3", name: "elastic IP addresses", needed: newAddresses },
  ...NODE_QUOTAS,
];

function createsVpc({ tfvars }: Cluster): boolean {
  return !usesExistingVpc(tfvars.networking);
}

/** Zones in which a cluster creates a NAT gateway. A regional gateway is not one of a zone, and has addresses of its own. */
function gatewayZones(cluster: Cluster): readonly string[] {
  if (!createsVpc(cluster)) return [];
  const mode = cluster.tfvars.networking.nat_gateways;
  if (mode === "per_zone") return cluster.zones;
  return mode === "single" ? cluster.zones.slice(0, 1) : [];
}

function gatewaysInOneZone(clusters: readonly Cluster[]): number {
  const zones = clusters.flatMap(gatewayZones);
  return Math.max(0, ...zones.map((zone) => zones.filter((each) => each === zone).length));
}

function newAddresses(clusters: readonly Cluster[]): number {
  return clusters.reduce(
    (sum, cluster) =>
      sum + Math.max(0, gatewayZones(cluster).length - cluster.tfvars.networking.nat_gateway_eip_allocation_ids.length),
    0,
  );
}

/**
 * Compares quotas with what all clusters of the account need, region by region: one call for each service in each region. What the
 * account uses for other things is not counted.
 */
export function checkQuotas({ name }: Account, clusters: readonly Cluster[], run: RunCommand): Check[] {
  const regions = new Set(clusters.map(({ tfvars }) => tfvars.common.aws_region));
  return [...regions].sort().flatMap((region) => {
    const here = clusters.filter(({ tfvars }) => tfvars.common.aws_region === region);
    const services = new Map(
      [...new Set(QUOTAS.map(({ service }) => service))].map((each) => [each, values(each, region, run)]),
    );
    return QUOTAS.flatMap((quota): Check[] => {
      const check = `${name}, ${region}: ${quota.name}`;
      const needed = quota.needed(here);
      const known = services.get(quota.service);
      if (needed === 0) return [];
      if (known === undefined || "failed" in known)
        return [
          {
            name: check,
            result: "skipped",
            found: known?.failed ?? "not checked",
            cure:
              commonCure(known?.failed ?? "") ??
              `Allow servicequotas:ListServiceQuotas to your role, or look at ${quota.code} in Service Quotas`,
          },
        ];
      const value = known.values.get(quota.code);
      if (value === undefined)
        return [{ name: check, result: "skipped", found: `AWS does not list ${quota.code}`, cure: null }];
      if (value >= needed) return [{ name: check, result: "ok", found: `${needed} of ${value}`, cure: null }];
      return [
        {
          name: check,
          result: "problem",
          found: `the definitions need ${needed}, and the quota is ${value}`,
          cure: `aws service-quotas request-service-quota-increase --region ${region} --service-code ${quota.service} --quota-code ${quota.code} --desired-value ${needed}. AWS may take days`,
        },
      ];
    });
  });
}

function values(
  service: string,
  region: string,
  run: RunCommand,
): { readonly values: ReadonlyMap<string, number> } | { readonly failed: string } {
  const ran = run("aws", [
    "service-quotas",
    "list-service-quotas",
    "--service-code",
    service,
    "--region",
    region,
    "--output",
    "json",
  ]);
  if ("failed" in ran) return ran;
  try {
    const answer: unknown = JSON.parse(ran.stdout);
    const quotas = isMap(answer) && Array.isArray(answer["Quotas"]) ? answer["Quotas"] : [];
    return {
      values: new Map(
        quotas
          .filter(isMap)
          .flatMap(({ QuotaCode, Value }) => (typeof Value === "number" ? [[String(QuotaCode), Value] as const] : [])),
      ),
    };
  } catch {
    return { failed: "aws printed no JSON" };
  }
}
