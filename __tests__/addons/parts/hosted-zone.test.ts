import { hostedZone, zoneArn, zonesTwice } from "../../../addons/parts/hosted-zone";
import { contextOf } from "../support/context";

test("a zone consists of its id and the cluster's domain", () => {
  expect(hostedZone(contextOf())).toEqual({ id: "Z1", domain: "demo.example.com", role_arn: null });
  expect(zoneArn(contextOf({ partition: "aws-cn" }), { id: "Z1", domain: "demo.example.com", role_arn: null })).toBe(
    "arn:aws-cn:route53:::hostedzone/Z1",
  );
});

test.each([{ hosted_zone_id: null }, { k8s_base_domain: null }])("without the zone, %p nothing is built", (missing) => {
  expect(() => hostedZone(contextOf(missing))).toThrow(
    "demo has no hosted zone: set k8s_base_domain to a domain of the account's hosted_zones",
  );
});

test("reports a further zone that is the cluster's own or listed twice", () => {
  const own = { domain: "demo.example.com", zone_id: "Z1" };
  const other = { domain: "demo.example.com", zone_id: "Z2" };

  expect(zonesTwice(contextOf(), { further_zones: [other, own, other] })).toEqual([
    {
      path: ["options", "further_zones", 1],
      message: "demo.example.com of Z1 is listed already. Remove it",
    },
    {
      path: ["options", "further_zones", 2],
      message: "demo.example.com of Z2 is listed already. Remove it",
    },
  ]);
});
