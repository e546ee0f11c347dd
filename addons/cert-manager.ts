import { z } from "zod";
import { type AddonContext, defineHelmAddon, type Manifest } from "./addon";
import { hostedZone, hostedZoneArn } from "./hosted-zone";
import { alertRules, monitored } from "./monitoring";
import { ONE_AT_A_TIME, resources, SYSTEM_TOLERATIONS, spreadOverZones } from "./pods";

const options = z.strictObject({
  letsencrypt_server: z
    .enum(["production", "staging"])
    .describe("production is trusted by browsers and has rate limits; staging is neither."),
  letsencrypt_email: z.email().nullable().describe("Address of the Let's Encrypt account; null registers without one."),
});

const SERVER = {
  production: "https://acme-v02.api.letsencrypt.org/directory",
  staging: "https://acme-staging-v02.api.letsencrypt.org/directory",
} as const satisfies Readonly<Record<z.output<typeof options>["letsencrypt_server"], string>>;

/** One of the chart's three deployments. */
function deployment(component: string, { service_level }: AddonContext, memory: string) {
  return {
    replicaCount: service_level.replicas,
    podDisruptionBudget: ONE_AT_A_TIME,
    topologySpreadConstraints: spreadOverZones({
      "app.kubernetes.io/instance": "cert-manager",
      "app.kubernetes.io/component": component,
    }),
    tolerations: SYSTEM_TOLERATIONS,
    resources: resources("20m", memory),
  };
}

/** The same name whatever the server, so that moving from staging to production changes no Ingress. */
function issuer(context: AddonContext, { letsencrypt_email, letsencrypt_server }: z.output<typeof options>): Manifest {
  const { domain, id } = hostedZone(context);
  return {
    apiVersion: "cert-manager.io/v1",
    kind: "ClusterIssuer",
    metadata: { name: "letsencrypt" },
    spec: {
      acme: {
        server: SERVER[letsencrypt_server],
        ...(letsencrypt_email === null ? {} : { email: letsencrypt_email }),
        privateKeySecretRef: { name: `letsencrypt-${letsencrypt_server}-account` }, // an account belongs to one server
        solvers: [
          { selector: { dnsZones: [domain] }, dns01: { route53: { region: context.region, hostedZoneID: id } } },
        ],
      },
    },
  };
}

/** Certificates of Let's Encrypt for names below the cluster's domain, proven by DNS: nothing has to be reachable from outside. */
export const certManager = defineHelmAddon({
  name: "cert_manager",
  summary: "TLS certificates from Let's Encrypt, by the ClusterIssuer letsencrypt",
  namespace: "cert-manager",
  pod_security: "restricted",
  requires: [],
  after: ["coredns", "kube_prometheus_stack"],
  needs: ["hosted_zone"],
  conflicts_with: [],
  wait: true, // its webhook refuses the issuer while it is not there
  options,
  service_account: "cert-manager",
  needs_internet: () => "Let's Encrypt and the API of Route 53",

  permissions: (context) => {
    const { domain } = hostedZone(context);
    return [
      {
        sid: "AnswerChallenges",
        actions: ["route53:ChangeResourceRecordSets"],
        resources: [hostedZoneArn(context)],
        condition: {
          "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["TXT"] },
          "ForAllValues:StringLike": {
            "route53:ChangeResourceRecordSetsNormalizedRecordNames": [
              `_acme-challenge.${domain}`,
              `_acme-challenge.*.${domain}`,
            ],
          },
        },
      },
      { sid: "ReadZone", actions: ["route53:ListResourceRecordSets"], resources: [hostedZoneArn(context)] },
      {
        sid: "SeeChangesThrough",
        actions: ["route53:GetChange"],
        resources: [`arn:${context.partition}:route53:::change/*`],
      },
    ];
  },

  values: (context) => ({
    // Kept when the release goes: deleting the CRDs would delete every certificate of the cluster.
    crds: { enabled: true, keep: true },
    global: { priorityClassName: "system-cluster-critical" },
    serviceAccount: { name: "cert-manager" },
    ...deployment("controller", context, "256Mi"),
    webhook: deployment("webhook", context, "128Mi"),
    cainjector: deployment("cainjector", context, "512Mi"), // it caches every Secret of the cluster
    startupapicheck: { tolerations: SYSTEM_TOLERATIONS },
    prometheus: {
      servicemonitor: { enabled: monitored(context), honorLabels: true }, // a certificate's namespace, not the exporter's
    },
  }),

  manifests: (context, given) => [
    issuer(context, given),
    ...(monitored(context)
      ? [
          alertRules(context, "cert-manager", "cert-manager", [
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
        ]
      : []),
  ],
});
