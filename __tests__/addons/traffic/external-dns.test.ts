import { certManager } from "../../../addons/security/cert-manager";
import { externalDns } from "../../../addons/traffic/external-dns";
import {
  contextOf,
  findingsOf,
  manifestsOf,
  monitoredContext,
  optionsOf,
  permissionsOf,
  valuesOf,
} from "../support/context";

test("may write records below the cluster's domain, in its zone", () => {
  expect(permissionsOf(externalDns)).toEqual([
    {
      sid: "WriteOwnRecords",
      actions: ["route53:ChangeResourceRecordSets"],
      resources: ["arn:aws:route53:::hostedzone/Z1"],
      condition: {
        "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["A", "AAAA", "CNAME", "TXT"] },
        "ForAllValues:StringLike": {
          "route53:ChangeResourceRecordSetsNormalizedRecordNames": ["demo.example.com", "*.demo.example.com"],
        },
      },
    },
    { sid: "ReadZone", actions: ["route53:ListResourceRecordSets"], resources: ["arn:aws:route53:::hostedzone/Z1"] },
    { sid: "ListZones", actions: ["route53:ListHostedZones"], resources: ["*"] },
  ]);
});

test("marks its records with the cluster's name", () => {
  expect(valuesOf(externalDns, contextOf(), { policy: "sync", sources: ["ingress"], interval_seconds: 30 })).toEqual({
    serviceAccount: { name: "external-dns" },
    provider: { name: "aws" },
    env: [{ name: "AWS_DEFAULT_REGION", value: "eu-west-1" }],
    sources: ["ingress"],
    policy: "sync",
    interval: "30s",
    domainFilters: ["demo.example.com"],
    extraArgs: ["--zone-id-filter=Z1", "--aws-zone-match-parent"],
    registry: "txt",
    txtOwnerId: "demo",
    txtPrefix: "_owner-%{record_type}.",
    priorityClassName: "system-cluster-critical",
    tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
    resources: { requests: { cpu: "20m", memory: "128Mi" }, limits: { memory: "128Mi" } },
    serviceMonitor: { enabled: false },
  });
});

test("is scraped if Prometheus is installed", () => {
  expect(valuesOf(externalDns, monitoredContext)["serviceMonitor"]).toEqual({ enabled: true });
});

test("requires a hosted zone, and is not built without one", () => {
  expect(externalDns.needs?.(optionsOf(externalDns))).toEqual(["hosted_zone"]);
  expect(() => valuesOf(externalDns, contextOf({ hosted_zone_id: null }))).toThrow("has no hosted zone");
});

test("publishes HTTPRoutes if Gateways are installed, and marks records with another id if it adopts them", () => {
  const context = contextOf({ enabled: ["envoy_gateway"] });
  const values = valuesOf(externalDns, context, { txt_owner_id: "old-cluster" });

  expect(values["sources"]).toEqual(["ingress", "service", "gateway-httproute"]);
  expect(values["txtOwnerId"]).toBe("old-cluster");
});

test("publishes in further zones too, in each only names below its domain", () => {
  const further_zones = [
    { domain: "demo.example.com", zone_id: "Z2PRIVATE" },
    { domain: "shop.example.org", zone_id: "Z3" },
  ];
  const values = valuesOf(externalDns, contextOf(), { further_zones });
  const statements = permissionsOf(externalDns, contextOf(), { further_zones });

  expect(values["domainFilters"]).toEqual(["demo.example.com", "shop.example.org"]);
  expect(values["extraArgs"]).toEqual([
    "--zone-id-filter=Z1",
    "--zone-id-filter=Z2PRIVATE",
    "--zone-id-filter=Z3",
    "--aws-zone-match-parent",
  ]);
  expect(statements.map(({ sid, resources }) => `${sid} ${resources.join()}`)).toEqual([
    "WriteOwnRecords arn:aws:route53:::hostedzone/Z1",
    "ReadZone arn:aws:route53:::hostedzone/Z1",
    "WriteOwnRecords2 arn:aws:route53:::hostedzone/Z2PRIVATE",
    "ReadZone2 arn:aws:route53:::hostedzone/Z2PRIVATE",
    "WriteOwnRecords3 arn:aws:route53:::hostedzone/Z3",
    "ReadZone3 arn:aws:route53:::hostedzone/Z3",
    "ListZones *",
  ]);
  expect(statements[4]?.condition?.["ForAllValues:StringLike"]).toEqual({
    "route53:ChangeResourceRecordSetsNormalizedRecordNames": ["shop.example.org", "*.shop.example.org"],
  });
});

describe("a zone of another account", () => {
  const role = "arn:aws:iam::999999999999:role/dns";
  const elsewhere = contextOf({ hosted_zone_role_arn: role });

  test("is written with a role of that account, without a permission of its own role", () => {
    expect(valuesOf(externalDns, elsewhere)["extraArgs"]).toContain(`--aws-assume-role=${role}`);
    expect(permissionsOf(externalDns, elsewhere)).toEqual([
      { sid: "WriteZonesElsewhere", actions: ["sts:AssumeRole", "sts:TagSession"], resources: [role] },
      { sid: "ListZones", actions: ["route53:ListHostedZones"], resources: ["*"] },
    ]);
  });

  test("excludes further zones, because external-dns has one role", () => {
    const further_zones = [{ domain: "shop.example.org", zone_id: "Z3" }];

    expect(findingsOf(externalDns, { further_zones }, elsewhere)).toEqual([
      "options.further_zones: is not supported, because the zone of k8s_base_domain is in another account, and external-dns calls Route 53 as one role. Add a second external-dns to extra_charts",
    ]);
    expect(findingsOf(externalDns, { further_zones })).toEqual([]);
  });

  test("has challenges of cert-manager written with the same role, beside further zones of the cluster's account", () => {
    const further_zones = [{ domain: "shop.example.org", zone_id: "Z3" }];
    const [issuer] = manifestsOf(certManager, elsewhere, { further_zones, letsencrypt_server: "production" });
    const statements = permissionsOf(certManager, elsewhere, { further_zones, letsencrypt_server: "production" });

    expect(issuer).toMatchObject({
      spec: {
        acme: {
          solvers: [
            { dns01: { route53: { hostedZoneID: "Z1", role } } },
            { dns01: { route53: { region: "eu-west-1", hostedZoneID: "Z3" } } },
          ],
        },
      },
    });
    expect(statements.map(({ sid }) => sid)).toEqual([
      "WriteZonesElsewhere",
      "AnswerChallenges2",
      "ReadZone2",
      "SeeChangesThrough",
    ]);
  });
});
