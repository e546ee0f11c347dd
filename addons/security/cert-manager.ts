import { sharedTwice } from "../../language/twice";
import { defineHelmAddon } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { dashboardData } from "../contract/dashboard";
import { type AddonRule, reportItems, reportKey, reportOption } from "../contract/rule";
import { assumeZoneRole, zoneArn, zonesOf, zonesTwice } from "../parts/hosted-zone";
import { alertRules, monitored } from "../parts/monitoring";
import { ONE_AT_A_TIME, replicated, SHORT_JOB, SYSTEM_TOLERATIONS } from "../parts/pods";
import dashboard from "./cert-manager.dashboard.json";
import { issuerNames, issuers, type Options, options } from "./cert-manager-issuers";

/** Returns the values of one of the chart's three Deployments. */
function deployment(component: string, context: AddonContext, memory: string) {
  return {
    ...replicated(
      context,
      "replicaCount",
      { "app.kubernetes.io/instance": "cert-manager", "app.kubernetes.io/component": component },
      "20m",
      memory,
    ),
    podDisruptionBudget: ONE_AT_A_TIME,
  };
}

/** Certificates for the listeners of Gateways, by an annotation as on Ingresses. */
const GATEWAYS = {
  apiVersion: "controller.config.cert-manager.io/v1alpha1",
  kind: "ControllerConfiguration",
  enableGatewayAPI: true,
} as const;

/** Keys about Let's Encrypt, which have no effect without a certificate from it. */
const OF_LETSENCRYPT = ["letsencrypt_email", "further_zones", "dns01_nameservers"] as const;

const CA_ISSUERS = ["options", "ca_issuers"] as const;
const issuerTaken = (name: string): string => `${name} is the name of another issuer. Rename one of them`;

const RULES: readonly AddonRule<Options>[] = [
  (_, { ca_issuers }) =>
    reportItems(CA_ISSUERS, ca_issuers, [
      ({ name }) => reportKey(["letsencrypt", "letsencrypt-staging"].includes(name), ["name"], issuerTaken(name)),
    ]),
  (_, { ca_issuers }) => sharedTwice(ca_issuers, ({ name }) => name, CA_ISSUERS, "name", issuerTaken),
  (_, { letsencrypt_server, letsencrypt_staging_issuer }) =>
    reportOption(
      letsencrypt_staging_issuer && letsencrypt_server === "staging",
      "letsencrypt_staging_issuer",
      "has no effect because letsencrypt_server is staging already. Set letsencrypt_server: production, or set this to false",
    ),
  ...OF_LETSENCRYPT.map(
    (key): AddonRule<Options> =>
      (_, given) =>
        reportOption(
          !asksLetsEncrypt(given) && given[key] !== null && given[key].length > 0,
          key,
          "has no effect because letsencrypt_server is not set. Set letsencrypt_server, or remove it",
        ),
  ),
  zonesTwice,
];

function asksLetsEncrypt({ letsencrypt_server, letsencrypt_staging_issuer }: Options): boolean {
  return letsencrypt_server !== null || letsencrypt_staging_issuer;
}

/** Certificates: of Let's Encrypt for names below the cluster's domain, proven by DNS, so that nothing has to be reachable; or of an own CA. */
export const certManager = defineHelmAddon({
  name: "cert_manager",
  summary: "TLS certificates from Let's Encrypt (ClusterIssuer letsencrypt) or from your own CA",
  namespace: "cert-manager",
  pod_security: "restricted",
  release_notes: {
    "oci://quay.io/jetstack/charts/cert-manager": "https://github.com/cert-manager/cert-manager/releases/tag/", // v1.21.1
  },
  requires: [],
  after: ["coredns", "kube_prometheus_stack", "envoy_gateway"], // it looks for the kinds of Gateways once, as it starts
  needs: (given) => (asksLetsEncrypt(given) ? ["hosted_zone"] : []),
  conflicts_with: [],
  workloads: ["", "webhook.", "cainjector."].map((part) => ({
    containers: [`${part}resources`],
    pods: `${part}replicaCount`,
  })),
  served_ports: [10_250], // its webhook
  dashboard: dashboardData.parse(dashboard),
  singleton: true,
  api_groups: ["cert-manager.io", "acme.cert-manager.io"],
  crds: "upgraded",
  wait: true, // its webhook refuses the issuer while it is not there
  options,
  cluster_issuers: issuerNames,
  service_account: "cert-manager",
  fargate: {
    labels: { "app.kubernetes.io/name": "cert-manager", "app.kubernetes.io/instance": "cert-manager" },
    annotations: ["serviceAccount", "annotations"],
  },
  needs_internet: (given) => (asksLetsEncrypt(given) ? "Let's Encrypt and the API of Route 53" : undefined),
  checks: RULES,

  permissions: (context, given) => {
    if (!asksLetsEncrypt(given)) return [];
    return [
      ...assumeZoneRole(zonesOf(context, given.further_zones)),
      ...zonesOf(context, given.further_zones).flatMap((zone, index) => {
        if (zone.role_arn !== null) return [];
        const which = index === 0 ? "" : String(index + 1);
        return [
          {
            sid: `AnswerChallenges${which}`,
            actions: ["route53:ChangeResourceRecordSets"],
            resources: [zoneArn(context, zone)],
            condition: {
              "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["TXT"] },
              "ForAllValues:StringLike": {
                "route53:ChangeResourceRecordSetsNormalizedRecordNames": [
                  `_acme-challenge.${zone.domain}`,
                  `_acme-challenge.*.${zone.domain}`,
                ],
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
      {
        sid: "SeeChangesThrough",
        actions: ["route53:GetChange"],
        resources: [`arn:${context.partition}:route53:::change/*`],
      },
    ];
  },

  values: (context, { dns01_nameservers }) => ({
    // Kept when the release goes: deleting the CRDs would delete every certificate of the cluster.
    crds: { enabled: true, keep: true },
    global: { priorityClassName: "system-cluster-critical" },
    serviceAccount: { name: "cert-manager" },
    ...deployment("controller", context, "256Mi"),
    webhook: {
      ...deployment("webhook", context, "128Mi"),
      ...(context.on_fargate.includes("cert_manager") && { securePort: 10260 }), // its own 10250 is the kubelet's there
    },
    cainjector: deployment("cainjector", context, "512Mi"), // it caches every Secret of the cluster
    startupapicheck: { tolerations: SYSTEM_TOLERATIONS, resources: SHORT_JOB },
    ...(dns01_nameservers.length > 0 && {
      dns01RecursiveNameservers: dns01_nameservers.join(","),
      dns01RecursiveNameserversOnly: true,
    }),
    ...(context.enabled.envoy_gateway && { config: GATEWAYS }),
    prometheus: {
      servicemonitor: { enabled: monitored(context), honorLabels: true }, // a certificate's namespace, not the exporter's
    },
  }),

  manifests: (context, given) => [
    ...issuers(context, given),
    ...alertRules(context, "cert-manager", "cert-manager", [
      {
        name: "CertificateExpiresSoon",
        when: "certmanager_certificate_expiration_timestamp_seconds - time() < 14 * 86400", // renewed 30 days ahead
        during: "1h",
        summary:
          "A certificate expires within 14 days and has not been renewed: {{ $labels.namespace }}/{{ $labels.name }}",
      },
      {
        name: "CertificateNotReady",
        when: 'max by (namespace, name) (certmanager_certificate_ready_status{condition="False"}) == 1',
        during: "1h", // a DNS challenge takes minutes
        summary: "A certificate has not been issued for an hour: {{ $labels.namespace }}/{{ $labels.name }}",
      },
    ]),
  ],
});
