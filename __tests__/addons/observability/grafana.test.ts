import type { Values } from "../../../addons/contract/addon";
import { kubePrometheusStack } from "../../../addons/observability/kube-prometheus-stack";
import { contextOf, findingsOf, optionsOf, valuesOf } from "../support/context";

type Options = Parameters<typeof valuesOf<typeof kubePrometheusStack.options>>[2];

const client = { client_id: "grafana", client_secret: { name: "grafana-oauth", key: "secret" } } as const;
const host = "grafana.demo.example.com";
const grafana = (given: Options, enabled: readonly string[] = []): Values =>
  valuesOf(kubePrometheusStack, contextOf({ enabled }), given)["grafana"] as Values;

test.each([
  [
    "any OpenID Connect provider",
    {
      provider: "oidc" as const,
      auth_url: "https://id.example.com/auth",
      token_url: "https://id.example.com/token",
      api_url: "https://id.example.com/me",
      scopes: ["openid", "email"],
      admin_groups: ["platform", "sre"],
      editor_groups: ["search"],
      others: "viewer" as const,
    },
    "GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET",
    {
      name: "Single sign-on",
      auth_url: "https://id.example.com/auth",
      token_url: "https://id.example.com/token",
      api_url: "https://id.example.com/me",
      scopes: "openid email",
      use_pkce: true,
      role_attribute_path:
        "contains(groups[*], 'platform') && 'Admin' || contains(groups[*], 'sre') && 'Admin' || contains(groups[*], 'search') && 'Editor' || 'Viewer'",
      role_attribute_strict: false,
    },
  ],
  [
    "Dex",
    {
      provider: "dex" as const,
      issuer_url: "https://dex.example.com",
      admin_groups: ["a"],
      others: "refused" as const,
    },
    "GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET",
    {
      name: "Single sign-on",
      auth_url: "https://dex.example.com/auth",
      token_url: "https://dex.example.com/token",
      api_url: "https://dex.example.com/userinfo",
      scopes: "openid profile email groups",
      use_pkce: true,
      role_attribute_path: "contains(groups[*], 'a') && 'Admin'",
      role_attribute_strict: true,
    },
  ],
  [
    "GitHub",
    {
      provider: "github" as const,
      allowed_organizations: ["one", "two"],
      editor_groups: ["@one/all"],
      others: "viewer" as const,
    },
    "GF_AUTH_GITHUB_CLIENT_SECRET",
    {
      scopes: "user:email,read:org",
      allowed_organizations: "one two",
      role_attribute_path: "contains(groups[*], '@one/all') && 'Editor' || 'Viewer'",
      role_attribute_strict: false,
    },
  ],
  [
    "Google",
    { provider: "google" as const, allowed_domains: ["example.com"], others: "viewer" as const },
    "GF_AUTH_GOOGLE_CLIENT_SECRET",
    {
      scopes: "openid email profile",
      allowed_domains: "example.com",
      role_attribute_path: "'Viewer'",
      role_attribute_strict: false,
    },
  ],
])("users log in with %s", (_name, sso, variable, expected) => {
  const values = grafana({ grafana_host: host, grafana_sso: { ...client, ...sso } });

  const settings = { enabled: true, client_id: "grafana", allow_sign_up: true, ...expected };
  const prefix = variable.replace("CLIENT_SECRET", "");
  expect(values["env"]).toEqual({
    GF_AUTH_ANONYMOUS_ENABLED: "false",
    GF_SERVER_ROOT_URL: `https://${host}`,
    ...Object.fromEntries(Object.entries(settings).map(([key, value]) => [prefix + key.toUpperCase(), String(value)])),
  });
  expect(values["envValueFrom"]).toEqual({ [variable]: { secretKeyRef: { name: "grafana-oauth", key: "secret" } } });
  expect(findingsOf(kubePrometheusStack, { grafana_host: host, grafana_sso: { ...client, ...sso } })).toEqual([]);
});

test("is behind an AWS load balancer, or behind another controller with a certificate from cert-manager", () => {
  expect(grafana({ grafana_host: host, grafana_ingress_class: "alb" })["ingress"]).toEqual({
    enabled: true,
    ingressClassName: "alb",
    hosts: [host],
    annotations: {
      "alb.ingress.kubernetes.io/listen-ports": '[{"HTTPS": 443}]',
      "alb.ingress.kubernetes.io/healthcheck-path": "/api/health",
      "alb.ingress.kubernetes.io/target-type": "ip",
    },
    tls: [],
  });
  expect(grafana({ grafana_host: host, grafana_ingress_class: "traefik" }, ["cert_manager"])["ingress"]).toEqual({
    enabled: true,
    ingressClassName: "traefik",
    hosts: [host],
    annotations: { "cert-manager.io/cluster-issuer": "letsencrypt" },
    tls: [{ secretName: "grafana-tls", hosts: [host] }],
  });
  expect(grafana({ grafana_host: host })).not.toHaveProperty("ingress");
});

test("keeps changes of users on a volume, which one pod mounts at a time", () => {
  expect(grafana({ grafana_volume_gib: 10 })).toMatchObject({
    persistence: { enabled: true, storageClassName: "gp3", size: "10Gi" },
    deploymentStrategy: { type: "Recreate" },
    initChownData: { enabled: false },
  });
});

test("has a password from its chart and no volume by default", () => {
  const values = grafana({});

  expect(values).toMatchObject({ enabled: true, additionalDataSources: [] });
  for (const key of ["admin", "persistence", "envValueFrom"]) expect(values).not.toHaveProperty(key);
  expect(grafana({ grafana_admin_secret: "grafana-admin" })["admin"]).toEqual({ existingSecret: "grafana-admin" });
});

test.each(["admin_groups", "editor_groups"] as const)("requests groups from Google for %s", (groups) => {
  const sso = { ...client, provider: "google" as const, allowed_domains: ["a.com"], others: "viewer" as const };
  const { env } = grafana({ grafana_host: host, grafana_sso: { ...sso, [groups]: ["a@a.com"] } }) as { env: Values };

  expect(env["GF_AUTH_GOOGLE_SCOPES"]).toBe(
    "openid email profile https://www.googleapis.com/auth/cloud-identity.groups.readonly",
  );
});

test("links traces to no logs without Loki", () => {
  expect(grafana({}, ["tempo"])["additionalDataSources"]).toMatchObject([
    { name: "Tempo", jsonData: { serviceMap: { datasourceUid: "prometheus" } } },
  ]);
  expect(JSON.stringify(grafana({}, ["tempo"]))).not.toContain("tracesToLogs");
});

test("shows the logs and traces of the installed addons, and CloudWatch with a role of its own", () => {
  const thanos = { enabled: true, bucket: null, expire_days: null, query_url: "http://thanos.example.com:9090" };
  const given = { thanos, grafana_cloudwatch: true };

  expect(grafana(given, ["loki", "tempo"])["additionalDataSources"]).toEqual([
    { name: "Loki", type: "loki", uid: "loki", access: "proxy", url: "http://loki-gateway.loki.svc" },
    {
      name: "Tempo",
      type: "tempo",
      uid: "tempo",
      access: "proxy",
      url: "http://tempo.tempo.svc:3200",
      jsonData: { serviceMap: { datasourceUid: "prometheus" }, tracesToLogsV2: { datasourceUid: "loki" } },
    },
    {
      name: "Thanos",
      type: "prometheus",
      uid: "thanos",
      access: "proxy",
      url: "http://thanos.example.com:9090",
      jsonData: { httpMethod: "POST", prometheusType: "Thanos" },
    },
    {
      name: "CloudWatch",
      type: "cloudwatch",
      uid: "cloudwatch",
      jsonData: { authType: "default", defaultRegion: "eu-west-1" },
    },
  ]);
  const [identity] = kubePrometheusStack.further_identities ?? [];
  expect(identity?.permissions(contextOf(), optionsOf(kubePrometheusStack))).toEqual([]);
  const statements = identity?.permissions(contextOf(), optionsOf(kubePrometheusStack, given)) ?? [];
  expect(statements.at(-1)?.resources).toEqual([
    "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/eks/demo/*",
    "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/containerinsights/demo/*",
  ]);
  // Calls of Grafana's data source, by its documentation.
  expect(statements.flatMap(({ actions }) => actions)).toEqual([
    "cloudwatch:GetMetricData",
    "cloudwatch:ListMetrics",
    "ec2:DescribeRegions",
    "logs:DescribeLogGroups",
    "logs:GetQueryResults",
    "tag:GetResources",
    "logs:GetLogEvents",
    "logs:GetLogGroupFields",
    "logs:StartQuery",
  ]);
  expect(kubePrometheusStack.aws_services?.(optionsOf(kubePrometheusStack, given))).toEqual(["logs", "monitoring"]);
});

test.each<[string, NonNullable<Options>, string[]]>([
  [
    "settings of a Grafana that is not there",
    {
      grafana: false,
      grafana_host: host,
      grafana_ingress_class: "alb",
      grafana_sso: { ...client, provider: "github", allowed_organizations: ["a"], others: "refused" },
      grafana_volume_gib: 1,
      grafana_admin_secret: "grafana-admin",
      grafana_cloudwatch: true,
    },
    [
      "options.grafana_host: has no effect because grafana is false. Remove it, or set grafana: true",
      "options.grafana_ingress_class: has no effect because grafana is false. Remove it, or set grafana: true",
      "options.grafana_sso: has no effect because grafana is false. Remove it, or set grafana: true",
      "options.grafana_volume_gib: has no effect because grafana is false. Remove it, or set grafana: true",
      "options.grafana_admin_secret: has no effect because grafana is false. Remove it, or set grafana: true",
      "options.grafana_cloudwatch: has no effect because grafana is false. Remove it, or set grafana: true",
    ],
  ],
  [
    "what needs a host, or volumes",
    {
      grafana_ingress_class: "alb",
      grafana_volume_gib: 1,
      grafana_sso: { ...client, provider: "google", allowed_domains: ["a.com"], others: "viewer" },
    },
    [
      "options.grafana_ingress_class: has no effect because grafana_host is not set. Set grafana_host, or remove this",
      "options.grafana_volume_gib: requires volumes. To fix this, set aws_ebs_csi_driver_enabled: true",
      "options.grafana_sso: requires grafana_host, because the provider redirects people to it",
    ],
  ],
  [
    "what a provider needs, and what it does not take",
    {
      grafana_host: host,
      grafana_sso: { ...client, provider: "github", issuer_url: "https://dex.example.com", others: "refused" },
    },
    [
      "options.grafana_sso: requires allowed_organizations with provider github",
      "options.grafana_sso.issuer_url: has no effect with provider github. Remove it",
      "options.grafana_sso.others: lets nobody log in. Set admin_groups or editor_groups, or set viewer",
    ],
  ],
  [
    "every key of another provider",
    {
      grafana_host: host,
      grafana_sso: {
        ...client,
        provider: "google",
        allowed_domains: ["a.com"],
        others: "viewer",
        issuer_url: "https://dex.example.com",
        auth_url: "https://a.example.com/auth",
        token_url: "https://a.example.com/token",
        api_url: "https://a.example.com/api",
        scopes: ["openid"],
        allowed_organizations: ["a"],
      },
    },
    ["issuer_url", "auth_url", "token_url", "api_url", "scopes", "allowed_organizations"].map(
      (name) => `options.grafana_sso.${name}: has no effect with provider google. Remove it`,
    ),
  ],
])("refuses %s", (_what, given, expected) => {
  expect(findingsOf(kubePrometheusStack, given)).toEqual(expected);
});

test.each<[string, NonNullable<Options>, readonly string[]]>([
  ["Grafana that is off, without its keys", { grafana: false }, []],
  ["an ingress class and single sign-on with a host", { grafana_host: host, grafana_ingress_class: "alb" }, []],
  ["a volume with the EBS driver", { grafana_volume_gib: 1 }, ["aws_ebs_csi_driver"]],
  ...(["admin_groups", "editor_groups"] as const).map((groups): [string, NonNullable<Options>, readonly string[]] => [
    `${groups} if others are refused, and scopes of Dex`,
    {
      grafana_host: host,
      grafana_sso: {
        ...client,
        provider: "dex",
        issuer_url: "https://dex.example.com",
        scopes: ["openid"],
        [groups]: ["a"],
        others: "refused",
      },
    },
    [],
  ]),
])("accepts %s", (_what, given, enabled) => {
  const context = contextOf({ enabled: ["kube_prometheus_stack", ...enabled] as never, volumes: enabled.length > 0 });

  expect(findingsOf(kubePrometheusStack, given, context)).toEqual([]);
});
