import { hostedZone, hostedZoneArn } from "../../addons/hosted-zone";
import { contextOf } from "./support/context";

test("a zone is its id and the domain of the cluster", () => {
  expect(hostedZone(contextOf())).toEqual({ id: "Z1", domain: "demo.example.com" });
  expect(hostedZoneArn(contextOf({ partition: "aws-cn" }))).toBe("arn:aws-cn:route53:::hostedzone/Z1");
});

test.each([{ hosted_zone_id: null }, { k8s_base_domain: null }])("without it %p nothing is built", (missing) => {
  expect(() => hostedZone(contextOf(missing))).toThrow(
    "demo has no hosted zone: set k8s_base_domain to a domain of the account's hosted_zones",
  );
});
