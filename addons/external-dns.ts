import { z } from "zod";
import { defineHelmAddon } from "./addon";
import { hostedZone, hostedZoneArn } from "./hosted-zone";
import { monitored } from "./monitoring";
import { resources, SYSTEM_TOLERATIONS } from "./pods";

const options = z.strictObject({
  policy: z
    .enum(["sync", "upsert-only", "create-only"])
    .describe("sync also deletes records whose source is gone; upsert-only never deletes; create-only never changes."),
  sources: z
    .array(z.enum(["ingress", "service"]))
    .min(1)
    .describe("Kinds of object whose hostnames are published."),
  interval_seconds: z
    .int()
    .min(10)
    .describe("Seconds between two looks at the zone. Route 53 takes five calls a second of an account."),
});

/** Publishes hostnames of Ingresses and Services to Route 53, below the cluster's own domain only. */
export const externalDns = defineHelmAddon({
  name: "external_dns",
  summary: "Publishes Ingress and Service hostnames to Route 53",
  namespace: "external-dns",
  pod_security: "restricted",
  requires: [],
  after: ["coredns", "kube_prometheus_stack"],
  needs: ["hosted_zone"],
  conflicts_with: [],
  wait: false,
  options,
  service_account: "external-dns",
  needs_internet: () => "the API of Route 53",

  permissions: (context) => {
    const { domain } = hostedZone(context);
    return [
      {
        sid: "WriteOwnRecords",
        actions: ["route53:ChangeResourceRecordSets"],
        resources: [hostedZoneArn(context)],
        condition: {
          "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["A", "AAAA", "CNAME", "TXT"] },
          "ForAllValues:StringLike": {
            "route53:ChangeResourceRecordSetsNormalizedRecordNames": [domain, `*.${domain}`],
          },
        },
      },
      { sid: "ReadZone", actions: ["route53:ListResourceRecordSets"], resources: [hostedZoneArn(context)] },
      { sid: "ListZones", actions: ["route53:ListHostedZones"], resources: ["*"] }, // cannot be limited to some zones
    ];
  },

  values: (context, { interval_seconds, policy, sources }) => {
    const { domain, id } = hostedZone(context);
    return {
      serviceAccount: { name: "external-dns" },
      provider: { name: "aws" },
      env: [{ name: "AWS_DEFAULT_REGION", value: context.region }],
      sources,
      policy,
      interval: `${interval_seconds}s`,
      domainFilters: [domain],
      extraArgs: [`--zone-id-filter=${id}`],
      // Clusters may share a zone: the owner id keeps each from deleting the other's records.
      registry: "txt",
      txtOwnerId: context.cluster_name,
      // The type as a label of its own keeps also the TXT record of the domain itself below the domain.
      txtPrefix: "_owner-%{record_type}.",
      priorityClassName: "system-cluster-critical",
      tolerations: SYSTEM_TOLERATIONS,
      resources: resources("20m", "128Mi"),
      serviceMonitor: { enabled: monitored(context) },
    };
  },
});
