import { z } from "zod";
import { dnsLabel, objectName } from "../../language/words/kubernetes";
import { httpAddress } from "../../language/words/network";
import { plainText } from "../../language/words/text";
import { type AddonFinding, defineHelmAddon, type Values } from "../contract/addon";
import type { AddonContext, AddonSubject } from "../contract/addon-context";
import { domainMissing, hostOf, ingressClass, ingressFor } from "../parts/ingress";
import { monitored } from "../parts/monitoring";
import { ONE_AT_A_TIME, RESTRICTED_CONTAINER, resources, SYSTEM_TOLERATIONS, spreadOverZones } from "../parts/pods";
import { dashboardHosts } from "./oauth2-proxy-hosts";

const variable = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,62}$/, "must be the name of a variable: capitals, digits and underscores");

const connector = z.strictObject({
  id: dnsLabel.describe("Id of the connector. It is part of each user's id, so do not change it."),
  name: plainText.describe("Name on the login page."),
  type: z
    .enum(["github", "gitlab", "google", "ldap", "microsoft", "oauth", "oidc", "saml"])
    .describe("Type of the identity provider."),
  config: z
    .record(z.string(), z.json())
    .describe(
      "Settings of the connector in Dex's own format. Write a secret as `$NAME`, a key of the Secret that the option secret names. redirectURI is set automatically.",
    ),
});

const client = z.strictObject({
  id: dnsLabel.describe("Client id of the program."),
  name: plainText.describe("Name on the login page."),
  redirect_uris: z.array(httpAddress).min(1).describe("Allowed redirect addresses."),
  secret_env: variable
    .nullable()
    .describe("Key of the Secret in the option secret that contains the client secret. null for a public client."),
});

const options = z.strictObject({
  connectors: z.array(connector).describe("Identity providers. At least one."),
  secret: objectName
    .nullable()
    .describe(
      "Secret in the namespace dex whose keys become environment variables, such as GITHUB_CLIENT_SECRET. With oauth2_proxy also OAUTH2_PROXY_CLIENT_SECRET. null if nothing is secret.",
    ),
  static_clients: z
    .array(client)
    .describe("Programs whose users log in with Dex. oauth2_proxy is added automatically."),
  ingress_class: ingressClass,
});

type Options = z.output<typeof options>;

/** Keys of Dex's connectors that hold a secret. */
const SECRET_KEYS = ["clientSecret", "bindPW"] as const;

/** Texts of a connector's settings that are nothing but a variable. */
function variablesOf(config: Options["connectors"][number]["config"]): readonly string[] {
  return [...JSON.stringify(config).matchAll(/"\$([A-Z][A-Z0-9_]*)"/g)].map(([, name = ""]) => name);
}

/** Connectors whose other side is nowhere but on the internet, unless they say where. */
function hosted({ connectors }: Options): readonly string[] {
  const elsewhere = connectors.filter(
    ({ config, type }) =>
      type === "google" || type === "microsoft" || (type === "github" && config["hostName"] === undefined),
  );
  return [...new Set(elsewhere.map(({ type }) => type))];
}

function findings(subject: AddonSubject, given: Options): AddonFinding[] {
  const { connectors, secret, static_clients } = given;
  const proxied = subject.enabled.has("oauth2_proxy");
  const found: AddonFinding[] = domainMissing(subject);
  if (connectors.length === 0)
    found.push({ path: ["options", "connectors"], message: "must contain a connector. Otherwise nobody can log in" });
  connectors.forEach(({ id, config }, index) => {
    const path = ["options", "connectors", index];
    if (connectors.findIndex((other) => other.id === id) < index)
      found.push({ path: [...path, "id"], message: `${id} is the id of another connector. Use a different id` });
    for (const key of SECRET_KEYS) {
      const value = config[key];
      if (value === undefined || (typeof value === "string" && /^\$[A-Z][A-Z0-9_]*$/.test(value))) continue;
      const message = "must be a variable such as $CLIENT_SECRET, a key of the Secret that the option secret names";
      found.push({ path: [...path, "config", key], message });
    }
    if (JSON.stringify(config).includes("${"))
      found.push({
        path: [...path, "config"],
        message: "must not contain ${, which Terraform would evaluate. Write $NAME",
      });
  });
  static_clients.forEach(({ id }, index) => {
    const taken = (proxied && id === "oauth2-proxy") || static_clients.findIndex((other) => other.id === id) < index;
    if (!taken) return;
    const message = `${id} is the id of another client. Use a different id`;
    found.push({ path: ["options", "static_clients", index, "id"], message });
  });
  const needed = [
    ...connectors.flatMap(({ config }) => variablesOf(config)),
    ...static_clients.flatMap(({ secret_env }) => (secret_env === null ? [] : [secret_env])),
    ...(proxied ? ["OAUTH2_PROXY_CLIENT_SECRET"] : []),
  ];
  if (secret === null && needed.length > 0)
    found.push({
      path: ["options", "secret"],
      message: `must name the Secret in the namespace dex that contains ${[...new Set(needed)].join(", ")}`,
    });
  if (secret === CONFIG_SECRET)
    found.push({
      path: ["options", "secret"],
      message: `${CONFIG_SECRET} is the Secret that the chart creates. Use a different name`,
    });
  if (secret !== null && needed.length === 0)
    found.push({
      path: ["options", "secret"],
      message: "has no effect because no connector and no client names a variable. Remove it",
    });
  return found;
}

/** What the chart makes; by its own default `dex`, which people like to call theirs. */
const CONFIG_SECRET = "dex-config";

function config(context: AddonContext, given: Options): Values {
  const issuer = `https://${hostOf(context, "dex")}`;
  const proxy = {
    id: "oauth2-proxy",
    name: "Dashboards",
    redirectURIs: dashboardHosts(context).map((host) => `https://${host}/oauth2/callback`),
    secretEnv: "OAUTH2_PROXY_CLIENT_SECRET",
  };
  return {
    issuer,
    storage: { type: "kubernetes", config: { inCluster: true } }, // its CRDs it makes, and upgrades, itself
    oauth2: { skipApprovalScreen: true }, // all programs are the platform's
    enablePasswordDB: false,
    connectors: given.connectors.map(({ config: own, ...rest }) => ({
      ...rest,
      config: rest.type === "ldap" ? own : { redirectURI: `${issuer}/callback`, ...own },
    })),
    staticClients: [
      ...(context.enabled.has("oauth2_proxy") ? [proxy] : []),
      ...given.static_clients.map(({ id, name, redirect_uris, secret_env }) => ({
        id,
        name,
        redirectURIs: redirect_uris,
        ...(secret_env === null ? { public: true } : { secretEnv: secret_env }),
      })),
    ],
  };
}

function ingress(context: AddonContext, given: Options): Values {
  const { ingress_class: className } = given;
  if (className === null) return { enabled: false };
  const host = hostOf(context, "dex");
  return {
    enabled: true,
    className,
    hosts: [{ host, paths: [{ path: "/", pathType: "Prefix" }] }],
    ...ingressFor(context, { host, className, secretName: "dex-tls", health: "/healthz" }),
  };
}

/** One place to log in for all programs of the platform, in front of GitHub, Google, LDAP and others. */
export const dex = defineHelmAddon({
  name: "dex",
  summary: "Single login for the platform's programs (OpenID Connect), backed by GitHub, Google, LDAP and others",
  namespace: "dex",
  pod_security: "restricted",
  requires: [],
  after: [
    "coredns",
    "kube_prometheus_stack",
    "aws_load_balancer_controller",
    "traefik",
    "ingress_nginx",
    "external_dns",
    "cert_manager",
  ],
  conflicts_with: [],
  served_ports: [5556],
  ingress_class: ({ ingress_class }) => ({ option: "ingress_class", name: ingress_class }),
  wait: false, // it starts only once its Secret is there
  options,
  needs_internet: (given) => (hosted(given).length === 0 ? undefined : `the login of ${hosted(given).join(" and ")}`),
  check: findings,

  values: (context, given) => ({
    replicaCount: context.service_level.replicas,
    serviceAccount: { name: "dex" },
    config: config(context, given), // names variables where secrets would stand
    configSecret: { name: CONFIG_SECRET },
    ...(given.secret === null ? {} : { envFrom: [{ secretRef: { name: given.secret } }] }),
    ingress: ingress(context, given),
    podDisruptionBudget: ONE_AT_A_TIME,
    topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/instance": "dex" }),
    priorityClassName: "system-cluster-critical", // the way in, when something is wrong
    tolerations: SYSTEM_TOLERATIONS,
    podSecurityContext: { runAsNonRoot: true, runAsUser: 1001, seccompProfile: { type: "RuntimeDefault" } },
    securityContext: RESTRICTED_CONTAINER,
    volumes: [{ name: "tmp", emptyDir: {} }], // the image copies its configuration there as it starts
    volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
    resources: resources("20m", "128Mi"),
    serviceMonitor: { enabled: monitored(context) },
  }),
});
