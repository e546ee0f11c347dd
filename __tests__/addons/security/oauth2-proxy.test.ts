import { oauth2Proxy } from "../../../addons/security/oauth2-proxy";
import { contextOf, findingsOf, LEVELS, optionsOf, valuesOf } from "../support/context";

const enabled = ["dex", "headlamp", "kube_prometheus_stack", "cert_manager"];
const context = contextOf({ enabled });
const given = { secret: "oauth2-proxy", email_domains: ["example.com"] };

test("has one login for all hosts, with the cluster's own issuer, and refers to secrets by name", () => {
  expect(valuesOf(oauth2Proxy, context, { ...given, ingress_class: "traefik" })).toMatchObject({
    replicaCount: 2,
    config: { existingSecret: "oauth2-proxy", emailDomains: ["example.com"], upstreams: ["static://202"] },
    extraArgs: {
      provider: "oidc",
      "oidc-issuer-url": "https://dex.demo.example.com",
      "redirect-url": "https://oauth2.demo.example.com/oauth2/callback",
      scope: "openid email profile groups",
      "cookie-domain": ".demo.example.com",
      "whitelist-domain": ".demo.example.com",
      "cookie-expire": "12h",
    },
    sessionStorage: { type: "cookie" },
    ingress: {
      enabled: true,
      className: "traefik",
      hosts: ["oauth2.demo.example.com"],
      annotations: { "cert-manager.io/cluster-issuer": "letsencrypt" },
      tls: [{ secretName: "oauth2-proxy-tls", hosts: ["oauth2.demo.example.com"] }],
    },
    podDisruptionBudget: { enabled: true, maxUnavailable: 1, minAvailable: null },
  });
});

test.each([
  ["alertmanager", "http://kube-prometheus-stack-alertmanager.monitoring.svc:9093"],
  ["headlamp", "http://headlamp.headlamp.svc:80"],
  ["prometheus", "http://kube-prometheus-stack-prometheus.monitoring.svc:9090"],
] as const)("%s has a proxy of its own if it is listed", (name, url) => {
  const chart = oauth2Proxy.further_charts?.find((each) => each.chart === `oauth2_proxy_${name}`);
  const options = optionsOf(oauth2Proxy, { ...given, upstreams: [name] });

  expect(chart?.included?.(context, options)).toBe(true);
  expect(chart?.included?.(context, optionsOf(oauth2Proxy, given))).toBe(false);
  expect(chart?.values(context, options)).toMatchObject({
    config: { upstreams: [url] },
    extraArgs: { "redirect-url": `https://${name}.demo.example.com/oauth2/callback` },
    serviceAccount: { name: `oauth2-proxy-${name}` },
  });
});

test.each([
  ["an issuer elsewhere, by email", { issuer_url: "https://login.example.com" }, "openid email profile"],
  [
    "an issuer elsewhere, by groups",
    { issuer_url: "https://login.example.com", allowed_groups: ["a"] },
    "openid email profile groups",
  ],
  [
    "an issuer that calls the scope of groups otherwise",
    { issuer_url: "https://login.example.com", allowed_groups: ["a"], scopes: ["openid", "roles"] },
    "openid roles",
  ],
])("requests the scopes of %s", (_, differences, scope) => {
  expect(valuesOf(oauth2Proxy, contextOf(), { ...given, ...differences })).toMatchObject({ extraArgs: { scope } });
});

test("admits only the listed groups, and has no disruption budget with one replica", () => {
  const values = valuesOf(oauth2Proxy, contextOf({ service_level: LEVELS.one }), {
    secret: "oauth2-proxy",
    allowed_groups: ["a", "b"],
    issuer_url: "https://login.example.com",
  });

  expect(values).toMatchObject({
    config: { emailDomains: ["*"] },
    extraArgs: {
      "allowed-group": "a,b",
      "oidc-issuer-url": "https://login.example.com",
    },
    ingress: { enabled: false },
    podDisruptionBudget: { enabled: false },
  });
});

test("reports what it requires", () => {
  expect(findingsOf(oauth2Proxy, {}, contextOf({ k8s_base_domain: null }))).toEqual([
    "enabled: requires a base domain. Set tfvars.cluster.k8s_base_domain",
    "options.issuer_url: is required: the issuer where users log in. Set it, or set dex_enabled: true",
    "options.secret: must name the Secret in the namespace oauth2-proxy with client-id, client-secret and cookie-secret",
    "options.email_domains: allows nobody to log in. List the domains of your users, or set allowed_groups",
  ]);
  expect(findingsOf(oauth2Proxy, given, context)).toEqual([]);
  expect(findingsOf(oauth2Proxy, { ...given, issuer_url: "https://login.example.com" }, context)).toEqual([
    "options.issuer_url: conflicts with dex, the cluster's own issuer. Remove it, or set dex_enabled: false",
  ]);
  expect(
    findingsOf(
      oauth2Proxy,
      { ...given, upstreams: ["headlamp", "prometheus", "prometheus"] },
      contextOf({ enabled: ["dex", "kube_prometheus_stack"] }),
    ),
  ).toEqual([
    "options.upstreams.2: prometheus is listed already. Remove it",
    "options.upstreams.0: headlamp requires headlamp. Set headlamp_enabled: true",
  ]);
});

const ELSEWHERE = { issuer_url: "https://login.example.com" };

test.each([
  ["an issuer elsewhere without dex", { ...given, ...ELSEWHERE }],
  ["groups without email domains", { ...ELSEWHERE, secret: "oauth2-proxy", allowed_groups: ["a"] }],
])("accepts %s", (_, options) => {
  expect(findingsOf(oauth2Proxy, options, contextOf())).toEqual([]);
});

test("reports once that the addon of an upstream is missing, if the upstream is listed twice", () => {
  expect(
    findingsOf(oauth2Proxy, { ...given, upstreams: ["headlamp", "headlamp"] }, contextOf({ enabled: ["dex"] })),
  ).toEqual([
    "options.upstreams.1: headlamp is listed already. Remove it",
    "options.upstreams.0: headlamp requires headlamp. Set headlamp_enabled: true",
  ]);
});

test("limits no groups if none are listed", () => {
  expect(valuesOf(oauth2Proxy, context, given)["extraArgs"]).not.toHaveProperty("allowed-group");
});
