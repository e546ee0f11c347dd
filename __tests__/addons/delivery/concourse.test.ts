import { concourse } from "../../../addons/delivery/concourse";
import { apartByZone } from "../../../addons/parts/pods";
import { contextOf, optionsOf, permissionsOf, reportsOf, valuesOf } from "../support/context";

const GIVEN = {
  host: "ci.example.com",
  database: { host: "db.example.com", port: 5432, name: "atc", sslmode: "verify-full" as const },
  main_team: { local_user: null, github: "example:platform" },
};

test("has neither the chart's generated keys nor its database", () => {
  const values = valuesOf(concourse, contextOf(), GIVEN);

  expect(values).toMatchObject({
    secrets: { create: false, postgresCaCert: "postgresql-ca-cert" },
    postgresql: { enabled: false, service: { enabled: false } },
    web: {
      replicas: 2,
      additionalAffinities: apartByZone({ app: "concourse-web" }),
      ingress: { enabled: true, ingressClassName: "alb", hosts: ["ci.example.com"] },
    },
    worker: { replicas: 2, minAvailable: 1 },
    persistence: { worker: { storageClass: "gp3", size: "100Gi" } },
  });
  expect((values["concourse"] as { web: unknown }).web).toEqual({
    clusterName: "demo",
    externalUrl: "https://ci.example.com",
    postgres: { host: "db.example.com", port: 5432, database: "atc", sslmode: "verify-full" },
    localAuth: { enabled: false },
    auth: {
      cookieSecure: true,
      mainTeam: { localUser: null, github: { team: "example:platform" } },
      github: { enabled: true },
    },
    kubernetes: { enabled: true, teams: ["main"], keepNamespaces: true },
    prometheus: { enabled: false, serviceMonitor: { enabled: false } },
  });
});

test("is served by HTTPS only, because its cookies require it", () => {
  const ingressOf = (given: object, ...enabled: string[]) =>
    (
      valuesOf(concourse, contextOf({ enabled }), { ...GIVEN, ...given })["web"] as {
        ingress: unknown;
      }
    ).ingress;

  expect(ingressOf({})).toEqual({
    enabled: true,
    ingressClassName: "alb",
    hosts: ["ci.example.com"],
    annotations: {
      "alb.ingress.kubernetes.io/listen-ports": '[{"HTTPS": 443}]',
      "alb.ingress.kubernetes.io/healthcheck-path": "/api/v1/info",
      "alb.ingress.kubernetes.io/target-type": "ip",
    },
    tls: [],
  });
  expect(ingressOf({ ingress_class: "traefik" }, "cert_manager")).toMatchObject({
    annotations: { "cert-manager.io/cluster-issuer": "letsencrypt" },
    tls: [{ secretName: "concourse-web-tls", hosts: ["ci.example.com"] }],
  });
});

test("reads the database's CA certificate only if it verifies the database", () => {
  const database = { ...GIVEN.database, sslmode: "require" as const };

  expect(valuesOf(concourse, contextOf(), { database })["secrets"]).toEqual({ create: false });
});

test("web nodes reach each other by addresses in brackets in an IPv6 cluster", () => {
  expect(valuesOf(concourse, contextOf({ ipv6_pods: true }), GIVEN)).toMatchObject({
    concourse: { web: { peerAddressUseIPv6: true } },
  });
});

test("cluster-autoscaler and the descheduler move no worker, and Karpenter can replace its node", () => {
  expect(valuesOf(concourse, contextOf(), {})).toMatchObject({
    worker: {
      annotations: {
        "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
        "descheduler.alpha.kubernetes.io/prefer-no-eviction": "true",
      },
    },
  });
  expect(JSON.stringify(valuesOf(concourse, contextOf(), {}))).not.toContain("karpenter.sh/do-not-disrupt");
});

test("a single worker can be drained", () => {
  expect(valuesOf(concourse, contextOf(), { workers: 1 })).toMatchObject({ worker: { minAvailable: 0 } });
});

test("pipelines read the cluster's own secrets in Secrets Manager if the option is on", () => {
  const given = { secrets: "aws_secrets_manager" as const };

  expect(permissionsOf(concourse)).toEqual([]);
  expect(permissionsOf(concourse, contextOf(), given)[0]?.resources).toEqual([
    "arn:aws:secretsmanager:eu-west-1:111111111111:secret:/concourse/demo/*",
  ]);
  expect(valuesOf(concourse, contextOf(), given)["concourse"]).toMatchObject({
    web: {
      kubernetes: { enabled: false },
      awsSecretsManager: {
        enabled: true,
        keyAuth: { enabled: false },
        teamSecretTemplate: "/concourse/demo/{{.Team}}/{{.Secret}}",
      },
    },
  });
});

test("requires a database and a user who may log in", () => {
  expect(reportsOf(concourse, contextOf(), optionsOf(concourse, GIVEN))).toEqual([]);
  expect(reportsOf(concourse, contextOf(), optionsOf(concourse))).toEqual([
    { path: ["options", "database"], message: "must name a PostgreSQL server, because the cluster runs none" },
    {
      path: ["options", "main_team"],
      message: "must name a local_user or a github organization. Otherwise nobody can log in",
    },
  ]);
});
