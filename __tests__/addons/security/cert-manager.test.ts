import { certManager } from "../../../addons/security/cert-manager";
import {
  contextOf,
  LEVELS,
  manifestsOf,
  monitoredContext,
  optionsOf,
  permissionsOf,
  reportsOf,
  valuesOf,
} from "../support/context";

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

test("may answer challenges below the cluster's domain, and write nothing else", () => {
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
])("at level %p each of its Deployments has %p replicas", (service_level, replicas) => {
  expect(valuesOf(certManager, contextOf({ service_level }))).toEqual({
    crds: { enabled: true, keep: true },
    global: { priorityClassName: "system-cluster-critical" },
    serviceAccount: { name: "cert-manager" },
    ...deployment("controller", replicas, "256Mi"),
    webhook: deployment("webhook", replicas, "128Mi"),
    cainjector: deployment("cainjector", replicas, "512Mi"),
    startupapicheck: {
      tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
      resources: { requests: { cpu: "10m", memory: "64Mi" } },
    },
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
])(
  "its issuer uses Let's Encrypt's %p environment, with the address %p",
  (letsencrypt_server, letsencrypt_email, account) => {
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
  },
);

test("is scraped, and has alerts for certificates that are not renewed, if Prometheus is installed", () => {
  expect(valuesOf(certManager, monitoredContext)["prometheus"]).toEqual({
    servicemonitor: { enabled: true, honorLabels: true },
  });
  expect(manifestsOf(certManager, monitoredContext).map(({ kind }) => kind)).toEqual([
    "ClusterIssuer",
    "PrometheusRule",
  ]);
});

test("requires a hosted zone", () => {
  expect(certManager.needs?.(optionsOf(certManager))).toEqual(["hosted_zone"]);
});

const names = (given: Parameters<typeof optionsOf<typeof certManager.options>>[1]) =>
  manifestsOf(certManager, contextOf(), given).map(({ metadata }) => metadata.name);

test("has issuers of an own CA, whose key is in a Secret only", () => {
  const ca_issuers = [{ name: "company", secret: "company-ca" }];

  expect(names({ ca_issuers, letsencrypt_staging_issuer: true })).toEqual([
    "letsencrypt",
    "letsencrypt-staging",
    "company",
  ]);
  expect(manifestsOf(certManager, contextOf(), { ca_issuers, letsencrypt_server: null })).toEqual([
    {
      apiVersion: "cert-manager.io/v1",
      kind: "ClusterIssuer",
      metadata: { name: "company" },
      spec: { ca: { secretName: "company-ca" } },
    },
  ]);
});

test("calls neither Let's Encrypt nor AWS if its issuer is off", () => {
  const none = optionsOf(certManager, { letsencrypt_server: null });

  expect(certManager.needs?.(none)).toEqual([]);
  expect(certManager.needs_internet?.(none)).toBeUndefined();
  expect(permissionsOf(certManager, contextOf(), { letsencrypt_server: null })).toEqual([]);
});

test("answers challenges for names of further zones in these zones", () => {
  const further_zones = [{ domain: "shop.example.org", zone_id: "Z2" }];
  const statements = permissionsOf(certManager, contextOf(), { further_zones });
  const [issuer] = manifestsOf(certManager, contextOf(), { further_zones });

  expect(statements.map(({ sid, resources }) => `${sid} ${resources.join()}`)).toEqual([
    "AnswerChallenges arn:aws:route53:::hostedzone/Z1",
    "ReadZone arn:aws:route53:::hostedzone/Z1",
    "AnswerChallenges2 arn:aws:route53:::hostedzone/Z2",
    "ReadZone2 arn:aws:route53:::hostedzone/Z2",
    "SeeChangesThrough arn:aws:route53:::change/*",
  ]);
  expect(issuer).toMatchObject({
    spec: {
      acme: {
        solvers: [
          { selector: { dnsZones: ["demo.example.com"] } },
          {
            selector: { dnsZones: ["shop.example.org"] },
            dns01: { route53: { region: "eu-west-1", hostedZoneID: "Z2" } },
          },
        ],
      },
    },
  });
});

test("changes a zone with a role of its own by that role only", () => {
  const hosted_zone_role_arn = "arn:aws:iam::222222222222:role/dns";
  const resources = permissionsOf(certManager, contextOf({ hosted_zone_role_arn })).map((each) =>
    each.resources.join(),
  );

  expect(resources).toContain(hosted_zone_role_arn);
  expect(resources).not.toContain("arn:aws:route53:::hostedzone/Z1");
});

test("queries public resolvers if the option is on, and serves Gateways if they are installed", () => {
  const values = valuesOf(certManager, contextOf({ enabled: ["envoy_gateway"] }), {
    dns01_nameservers: ["1.1.1.1:53", "8.8.8.8:53"],
  });

  expect(values).toMatchObject({
    dns01RecursiveNameservers: "1.1.1.1:53,8.8.8.8:53",
    dns01RecursiveNameserversOnly: true,
    config: {
      apiVersion: "controller.config.cert-manager.io/v1alpha1",
      kind: "ControllerConfiguration",
      enableGatewayAPI: true,
    },
  });
});

test.each([
  [
    { letsencrypt_server: "staging" as const, letsencrypt_staging_issuer: true },
    [
      "letsencrypt_staging_issuer",
      "has no effect because letsencrypt_server is staging already. Set letsencrypt_server: production, or set this to false",
    ],
  ],
  [
    { letsencrypt_server: null, dns01_nameservers: ["1.1.1.1:53"] },
    ["dns01_nameservers", "has no effect because letsencrypt_server is not set. Set letsencrypt_server, or remove it"],
  ],
  [
    { letsencrypt_server: null, letsencrypt_email: "ops@example.com" },
    ["letsencrypt_email", "has no effect because letsencrypt_server is not set. Set letsencrypt_server, or remove it"],
  ],
  [
    { ca_issuers: [{ name: "letsencrypt", secret: "ca" }] },
    ["ca_issuers.0.name", "letsencrypt is the name of another issuer. Rename one of them"],
  ],
])("refuses %p", (given, said) => {
  const findings = reportsOf(certManager, contextOf(), optionsOf(certManager, given));

  expect(findings.map(({ path, message }) => [path.slice(1).join("."), message])).toEqual([said]);
});

test.each([
  { letsencrypt_staging_issuer: true },
  { letsencrypt_server: null, letsencrypt_staging_issuer: true, letsencrypt_email: "ops@example.com" },
  { letsencrypt_server: null, ca_issuers: [{ name: "company", secret: "ca" }] },
])("accepts %p", (given) => {
  expect(reportsOf(certManager, contextOf(), optionsOf(certManager, given))).toEqual([]);
});

test("its webhook does not use the kubelet's port on Fargate", () => {
  const values = valuesOf(certManager, contextOf({ on_fargate: ["cert_manager"] }));

  expect(values["webhook"]).toMatchObject({ securePort: 10260 });
  expect(valuesOf(certManager)["webhook"]).not.toHaveProperty("securePort");
});
