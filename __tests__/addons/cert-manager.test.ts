import { certManager } from "../../addons/cert-manager";
import { contextOf, LEVELS, manifestsOf, monitoredContext, permissionsOf, valuesOf } from "./support/context";

const deployment = (component: string, replicaCount: number, memory: string) => ({
  replicaCount,
  podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: "topology.kubernetes.io/zone",
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: {
        matchLabels: { "app.kubernetes.io/instance": "cert-manager", "app.kubernetes.io/component": component },
      },
    },
  ],
  tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
  resources: { requests: { cpu: "20m", memory }, limits: { memory } },
});

test("answers challenges of names below the cluster's domain, and writes nothing else", () => {
  expect(permissionsOf(certManager)).toEqual([
    {
      sid: "AnswerChallenges",
      actions: ["route53:ChangeResourceRecordSets"],
      resources: ["arn:aws:route53:::hostedzone/Z1"],
      condition: {
        "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["TXT"] },
        "ForAllValues:StringLike": {
          "route53:ChangeResourceRecordSetsNormalizedRecordNames": [
            "_acme-challenge.demo.example.com",
            "_acme-challenge.*.demo.example.com",
          ],
        },
      },
    },
    { sid: "ReadZone", actions: ["route53:ListResourceRecordSets"], resources: ["arn:aws:route53:::hostedzone/Z1"] },
    { sid: "SeeChangesThrough", actions: ["route53:GetChange"], resources: ["arn:aws:route53:::change/*"] },
  ]);
});

test.each([
  [LEVELS.one, 1],
  [LEVELS.three, 3],
])("at %p each of its deployments has %p replicas", (service_level, replicas) => {
  expect(valuesOf(certManager, contextOf({ service_level }))).toEqual({
    crds: { enabled: true, keep: true },
    global: { priorityClassName: "system-cluster-critical" },
    serviceAccount: { name: "cert-manager" },
    ...deployment("controller", replicas, "256Mi"),
    webhook: deployment("webhook", replicas, "128Mi"),
    cainjector: deployment("cainjector", replicas, "512Mi"),
    startupapicheck: { tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }] },
    prometheus: { servicemonitor: { enabled: false, honorLabels: true } },
  });
});

test.each([
  ["production" as const, null, { server: "https://acme-v02.api.letsencrypt.org/directory" }],
  [
    "staging" as const,
    "ops@example.com",
    { server: "https://acme-staging-v02.api.letsencrypt.org/directory", email: "ops@example.com" },
  ],
])("its issuer is of Let's Encrypt's %p, with the address %p", (letsencrypt_server, letsencrypt_email, account) => {
  expect(manifestsOf(certManager, contextOf(), { letsencrypt_server, letsencrypt_email })).toEqual([
    {
      apiVersion: "cert-manager.io/v1",
      kind: "ClusterIssuer",
      metadata: { name: "letsencrypt" },
      spec: {
        acme: {
          ...account,
          privateKeySecretRef: { name: `letsencrypt-${letsencrypt_server}-account` },
          solvers: [
            {
              selector: { dnsZones: ["demo.example.com"] },
              dns01: { route53: { region: "eu-west-1", hostedZoneID: "Z1" } },
            },
          ],
        },
      },
    },
  ]);
});

test("is measured, and warns of certificates that are not renewed, where there is a Prometheus", () => {
  expect(valuesOf(certManager, monitoredContext)["prometheus"]).toEqual({
    servicemonitor: { enabled: true, honorLabels: true },
  });
  expect(manifestsOf(certManager, monitoredContext).map(({ kind }) => kind)).toEqual([
    "ClusterIssuer",
    "PrometheusRule",
  ]);
});

test("needs a hosted zone", () => {
  expect(certManager.needs).toEqual(["hosted_zone"]);
});
