import { z } from "zod";
import { defineHelmAddon } from "../contract/addon";
import { dashboardData } from "../contract/dashboard";
import { reportOption } from "../contract/rule";
import { assumeZoneRole, furtherZone, hostedZone, zoneArn, zonesOf, zonesTwice } from "../parts/hosted-zone";
import { monitored } from "../parts/monitoring";
import { resources, SYSTEM_TOLERATIONS } from "../parts/pods";
import dashboard from "./external-dns.dashboard.json";

const options = z.strictObject({
  policy: z
    .enum(["sync", "upsert-only", "create-only"])
    .describe("sync also deletes records whose source is gone. upsert-only never deletes. create-only never changes."),
  sources: z
    .array(z.enum(["ingress", "service"]))
    .min(1)
    .describe("Kinds of objects whose hostnames are published. With envoy_gateway also HTTPRoutes."),
  further_zones: z
    .array(furtherZone)
    .describe("Further zones besides the zone of k8s_base_domain, such as a private zone with the same domain."),
  txt_owner_id: z
    .string()
    .regex(/^[\w.-]{1,63}$/, "must be letters, digits, dashes, dots and underscores")
    .meta({ examples: ["production-eks-example-com"] })
    .nullable()
    .describe(
      "Owner id in the TXT records. null for the cluster's name. To take over the records of another cluster, use its id.",
    ),
  interval_seconds: z
    .int()
    .min(10)
    .describe("Seconds between checks of the zone. Route 53 accepts 5 calls per second for an account."),
});

/** Publishes hostnames of Ingresses and Services to Route 53, below the cluster's own domain only. */
export const externalDns = defineHelmAddon({
  name: "external_dns",
  summary: "Publishes Ingress and Service hostnames to Route 53",
  namespace: "external-dns",
  pod_security: "restricted",
  release_notes: {
    "https://kubernetes-sigs.github.io/external-dns/external-dns":
      "https://github.com/kubernetes-sigs/external-dns/releases/tag/external-dns-helm-chart-", // 1.22.0
  },
  requires: [],
  after: ["coredns", "kube_prometheus_stack", "envoy_gateway"], // it ends where a kind that it watches is not there
  needs: () => ["hosted_zone"],
  publishes_hosts: ({ further_zones, policy, txt_owner_id: owner_id }) => {
    return { further_zones, owner_id, deletes: policy === "sync", path: ["options", "txt_owner_id"] };
  },
  conflicts_with: [],
  workloads: [{ containers: ["resources"] }],
  served_ports: [],
  dashboard: dashboardData.parse(dashboard),
  crds: "installed_once",
  wait: false,
  options,
  service_account: "external-dns",
  fargate: {
    labels: { "app.kubernetes.io/name": "external-dns", "app.kubernetes.io/instance": "external-dns" },
    annotations: ["serviceAccount", "annotations"],
  },
  needs_internet: () => "the API of Route 53",

  checks: [
    zonesTwice,
    ({ hosted_zone_role_arn }, { further_zones }) =>
      reportOption(
        hosted_zone_role_arn !== null && further_zones.length > 0,
        "further_zones",
        "is not supported, because the zone of k8s_base_domain is in another account, and external-dns calls Route 53 as one role. Add a second external-dns to extra_charts",
      ),
  ],

  permissions: (context, { further_zones }) => [
    ...assumeZoneRole(zonesOf(context, further_zones)),
    ...zonesOf(context, further_zones).flatMap((zone, index) => {
      if (zone.role_arn !== null) return [];
      const which = index === 0 ? "" : String(index + 1);
      return [
        {
          sid: `WriteOwnRecords${which}`,
          actions: ["route53:ChangeResourceRecordSets"],
          resources: [zoneArn(context, zone)],
          condition: {
            "ForAllValues:StringEquals": {
              "route53:ChangeResourceRecordSetsRecordTypes": ["A", "AAAA", "CNAME", "TXT"],
            },
            "ForAllValues:StringLike": {
              "route53:ChangeResourceRecordSetsNormalizedRecordNames": [zone.domain, `*.${zone.domain}`],
            },
          },
        },
        {
          sid: `ReadZone${which}`,
          actions: ["route53:ListResourceRecordSets"],
          resources: [zoneArn(context, zone)],
        },
      ];
    }),
    { sid: "ListZones", actions: ["route53:ListHostedZones"], resources: ["*"] }, // cannot be limited to some zones
  ],

  values: (context, { further_zones, interval_seconds, policy, sources, txt_owner_id }) => {
    hostedZone(context); // there is one
    const zones = zonesOf(context, further_zones);
    return {
      serviceAccount: { name: "external-dns" },
      provider: { name: "aws" },
      env: [{ name: "AWS_DEFAULT_REGION", value: context.region }],
      sources: [...sources, ...(context.enabled.envoy_gateway ? ["gateway-httproute"] : [])],
      policy,
      interval: `${interval_seconds}s`,
      domainFilters: [...new Set(zones.map(({ domain }) => domain))],
      extraArgs: [
        ...new Set(zones.map(({ id }) => `--zone-id-filter=${id}`)),
        // Without it, a zone whose own domain does not match the filter is skipped, such as that of a parent domain.
        "--aws-zone-match-parent",
        ...(context.hosted_zone_role_arn === null ? [] : [`--aws-assume-role=${context.hosted_zone_role_arn}`]),
      ],
      // Clusters may share a zone: the owner id keeps each from deleting the other's records.
      registry: "txt",
      txtOwnerId: txt_owner_id ?? context.cluster_name,
      // The type as a label of its own keeps also the TXT record of the domain itself below the domain.
      txtPrefix: "_owner-%{record_type}.",
      priorityClassName: "system-cluster-critical",
      tolerations: SYSTEM_TOLERATIONS,
      resources: resources("20m", "128Mi"),
      serviceMonitor: { enabled: monitored(context) },
    };
  },
});
