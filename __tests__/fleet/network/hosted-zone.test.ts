import { hostedZone, hostedZoneRole } from "../../../fleet/network/hosted-zone";
import { account, clusterOf } from "../../support/cluster";

const ZONES = { "example.com": "ZPARENT", "eks.example.com": "ZNESTED", "example.net": "ZOTHER" };

function zoneOf(k8s_base_domain: string | null, hosted_zones: Readonly<Record<string, string>> = ZONES): string | null {
  return hostedZone(clusterOf({ cluster: { k8s_base_domain } }), { ...account, hosted_zones });
}

test.each([
  ["the nearest zone of nested zones", "a.eks.example.com", "ZNESTED"],
  ["the zone that is the domain itself", "eks.example.com", "ZNESTED"],
  ["the parent zone if no nearer zone holds the domain", "b.example.com", "ZPARENT"],
  ["no zone for a domain that no zone holds", "eks.example.org", null],
])("returns %s", (_, domain, zone) => {
  expect(zoneOf(domain)).toBe(zone);
});

test("returns the nearest zone in whatever order the account lists them", () => {
  const reversed = Object.fromEntries(Object.entries(ZONES).reverse());
  expect(zoneOf("a.eks.example.com", reversed)).toBe("ZNESTED");
});

test("compares whole labels: badexample.com is not below example.com", () => {
  expect(zoneOf("badexample.com")).toBeNull();
});

test("returns no zone for a cluster without a domain", () => {
  expect(zoneOf(null)).toBeNull();
});

test("returns the id and the role of a zone in another account, and no role of a zone in the cluster's own", () => {
  const role_arn = "arn:aws:iam::999999999999:role/dns";
  const hosted_zones = { "example.com": { id: "ZELSEWHERE", role_arn }, "example.net": "ZOTHER" };
  const roleOf = (k8s_base_domain: string) =>
    hostedZoneRole(clusterOf({ cluster: { k8s_base_domain } }), { ...account, hosted_zones });

  expect(hostedZone(clusterOf({ cluster: { k8s_base_domain: "a.example.com" } }), { ...account, hosted_zones })).toBe(
    "ZELSEWHERE",
  );
  expect(roleOf("a.example.com")).toBe(role_arn);
  expect(roleOf("a.example.net")).toBeNull();
});
