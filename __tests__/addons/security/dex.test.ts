import { dex } from "../../../addons/security/dex";
import { contextOf, findingsOf, optionsOf, reportsOf, valuesOf } from "../support/context";

const github = {
  id: "github",
  name: "GitHub",
  type: "github" as const,
  config: { clientID: "abc", clientSecret: "$GITHUB_CLIENT_SECRET", orgs: [{ name: "example" }] },
};
const ldap = { id: "ldap", name: "LDAP", type: "ldap" as const, config: { host: "ldap.example.com:636" } };
const proxied = contextOf({ enabled: ["oauth2_proxy"] });

test("connectors have their redirect address, and variables in place of secrets", () => {
  const values = valuesOf(dex, contextOf(), { connectors: [github, ldap], secret: "dex-secrets" });

  expect(values).toMatchObject({
    config: {
      issuer: "https://dex.demo.example.com",
      storage: { type: "kubernetes", config: { inCluster: true } },
      enablePasswordDB: false,
      connectors: [
        { ...github, config: { redirectURI: "https://dex.demo.example.com/callback", ...github.config } },
        ldap,
      ],
      staticClients: [],
    },
    envFrom: [{ secretRef: { name: "dex-secrets" } }],
    configSecret: { name: "dex-config" }, // by its own default the chart would make one by the name that ours tell people to make
    ingress: { enabled: false },
  });
});

test("oauth2_proxy is a client with a redirect address for each of its hosts", () => {
  const cli = { id: "cli", name: "CLI", redirect_uris: ["http://localhost:8000"], secret_env: null };

  expect(valuesOf(dex, proxied, { connectors: [ldap], static_clients: [cli] })["config"]).toMatchObject({
    staticClients: [
      {
        id: "oauth2-proxy",
        name: "Dashboards",
        redirectURIs: ["oauth2", "alertmanager", "headlamp", "prometheus"].map(
          (name) => `https://${name}.demo.example.com/oauth2/callback`,
        ),
        secretEnv: "OAUTH2_PROXY_CLIENT_SECRET",
      },
      { id: "cli", name: "CLI", redirectURIs: ["http://localhost:8000"], public: true },
    ],
  });
});

test("an ALB finds its certificate by the host, and other controllers use one from cert-manager", () => {
  const hosts = [{ host: "dex.demo.example.com", paths: [{ path: "/", pathType: "Prefix" }] }];

  expect(valuesOf(dex, contextOf(), { ingress_class: "alb" })["ingress"]).toMatchObject({
    enabled: true,
    className: "alb",
    hosts,
    tls: [],
  });
  expect(valuesOf(dex, contextOf({ enabled: ["cert_manager"] }), { ingress_class: "traefik" })["ingress"]).toEqual({
    enabled: true,
    className: "traefik",
    hosts,
    annotations: { "cert-manager.io/cluster-issuer": "letsencrypt" },
    tls: [{ secretName: "dex-tls", hosts: ["dex.demo.example.com"] }],
  });
});

test("an ALB has both families in an IPv6 cluster", () => {
  expect(valuesOf(dex, contextOf({ ipv6_pods: true }), { ingress_class: "alb" })["ingress"]).toMatchObject({
    annotations: { "alb.ingress.kubernetes.io/ip-address-type": "dualstack" },
  });
});

const shop = { id: "shop", name: "Shop", redirect_uris: ["https://shop.example.com"], secret_env: "SHOP_SECRET" };

test.each([
  [{}, ["options.connectors: must contain a connector. Otherwise nobody can log in"]],
  [
    { connectors: [ldap, { ...ldap, name: "Other" }] },
    ["options.connectors.1.id: ldap is the id of another connector. Use a different id"],
  ],
  [
    { connectors: [github] },
    ["options.secret: must name the Secret in the namespace dex that contains GITHUB_CLIENT_SECRET"],
  ],
  [
    {
      connectors: [{ ...ldap, config: { host: "ldap.example.com:636", bindDN: "$BIND_DN", bindPW: "$BIND_PASSWORD" } }],
    },
    ["options.secret: must name the Secret in the namespace dex that contains BIND_DN, BIND_PASSWORD"],
  ],
  [
    { connectors: [{ ...ldap, config: { host: "ldap.example.com:636", bindPW: "hunter2" } }] },
    [
      "options.connectors.0.config.bindPW: must be a variable such as $CLIENT_SECRET, a key of the Secret that the option secret names",
    ],
  ],
  [
    { connectors: [{ ...github, config: { clientID: "abc", clientSecret: "hunter2" } }] },
    [
      "options.connectors.0.config.clientSecret: must be a variable such as $CLIENT_SECRET, a key of the Secret that the option secret names",
    ],
  ],
  [
    { connectors: [ldap], static_clients: [shop] },
    ["options.secret: must name the Secret in the namespace dex that contains SHOP_SECRET"],
  ],
  [
    { connectors: [ldap], secret: "dex-secrets", static_clients: [shop, { ...shop, name: "Other" }] },
    ["options.static_clients.1.id: shop is the id of another client. Use a different id"],
  ],
  [{ connectors: [ldap], static_clients: [{ ...shop, id: "oauth2-proxy", secret_env: null }] }, []],
  [
    { connectors: [{ ...ldap, config: { host: "${HOST}" } }] },
    ["options.connectors.0.config: must not contain ${, which Terraform would evaluate. Write $NAME"],
  ],
  [
    { connectors: [ldap], secret: "dex-secrets" },
    ["options.secret: has no effect because no connector and no client names a variable. Remove it"],
  ],
  [
    { connectors: [github], secret: "dex-config" },
    ["options.secret: dex-config is the Secret that the chart creates. Use a different name"],
  ],
])("reports of %j: %j", (differences, findings) => {
  expect(findingsOf(dex, differences)).toEqual(findings);
});

test("with oauth2_proxy it requires the proxy's secret, and refuses a client with the proxy's id", () => {
  const taken = { id: "oauth2-proxy", name: "Other", redirect_uris: ["https://a.example.com"], secret_env: null };

  expect(findingsOf(dex, { connectors: [ldap], static_clients: [taken] }, proxied)).toEqual([
    "options.static_clients.0.id: oauth2-proxy is the id of another client. Use a different id",
    "options.secret: must name the Secret in the namespace dex that contains OAUTH2_PROXY_CLIENT_SECRET",
  ]);
});

test("warns of logins whose codes are sent unencrypted, and not of those on the same machine", () => {
  const client = { ...shop, redirect_uris: ["http://shop.example.com", "http://localhost:8000"] };
  const given = optionsOf(dex, { connectors: [ldap], secret: "dex-secrets", static_clients: [client] });

  expect(reportsOf(dex, contextOf(), given)).toEqual([
    expect.objectContaining({ path: ["options", "static_clients", 0, "redirect_uris", 0], severity: "warning" }),
  ]);
});

test("requires a domain", () => {
  expect(findingsOf(dex, { connectors: [ldap] }, contextOf({ k8s_base_domain: null }))).toEqual([
    "enabled: requires a base domain. Set tfvars.cluster.k8s_base_domain",
  ]);
  expect(() => valuesOf(dex, contextOf({ k8s_base_domain: null }))).toThrow("demo has no domain: set k8s_base_domain");
  expect(() => optionsOf(dex, { static_clients: [{ ...ldap }] as never })).toThrow();
});

test.each([
  [[ldap], undefined],
  [[github, { ...ldap, id: "google", type: "google" as const }], "the login of github and google"],
  [[{ ...github, config: { hostName: "git.example.com" } }], undefined],
])("with connectors %j it requires from the internet: %s", (connectors, needed) => {
  expect(dex.needs_internet?.(optionsOf(dex, { connectors }))).toBe(needed);
});
