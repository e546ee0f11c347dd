import { z } from "zod";
import { sameTwice } from "../../language/twice";
import { dnsLabel, objectName } from "../../language/words/kubernetes";
import { httpAddress } from "../../language/words/network";
import { plainText } from "../../language/words/text";
import { defineHelmAddon, type Values } from "../contract/addon";
import type { AddonContext, AddonSubject } from "../contract/addon-context";
import { type AddonRule, reportItems, reportKey, reportOption } from "../contract/rule";
import { domainMissing, hostOf, INGRESS_SERVERS, ingressClass, ingressFor } from "../parts/ingress";
import { monitored } from "../parts/monitoring";
import { ONE_AT_A_TIME, RESTRICTED_CONTAINER, replicated, restrictedPod } from "../parts/pods";
import { ldapHost, requiredKeys } from "./dex-connectors";
import { dashboardHosts } from "./oauth2-proxy-hosts";

const variable = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,62}$/, "must be the name of a variable: capitals, digits and underscores");

const connector = z.strictObject({
  id: dnsLabel
    .meta({ examples: ["okta"] })
    .describe("Id of the connector. It is part of each user's id, so do not change it."),
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
    .meta({ examples: ["SEARCH_CLIENT_SECRET"] })
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

/** Connectors whose provider is only on the internet, unless they have an address. */
function hosted({ connectors }: Options): readonly string[] {
  const elsewhere = connectors.filter(
    ({ config, type }) =>
      type === "google" || type === "microsoft" || (type === "github" && config["hostName"] === undefined),
  );
  return [...new Set(elsewhere.map(({ type }) => type))];
}

const CONNECTORS = ["options", "connectors"] as const;

const isVariable = (value: unknown): boolean => typeof value === "string" && /^\$[A-Z][A-Z0-9_]*$/.test(value);

/** Returns the variables that the Secret must contain. */
function variables({ enabled }: AddonSubject, { connectors, static_clients }: Options): readonly string[] {
  const names = [
    ...connectors.flatMap(({ config }) => variablesOf(config)),
    ...static_clients.flatMap(({ secret_env }) => (secret_env === null ? [] : [secret_env])),
    ...(enabled.oauth2_proxy ? ["OAUTH2_PROXY_CLIENT_SECRET"] : []),
  ];
  return [...new Set(names)];
}

const RULES: readonly AddonRule<Options>[] = [
  domainMissing,
  (_, { connectors }) =>
    reportOption(connectors.length === 0, "connectors", "must contain a connector. Otherwise nobody can log in"),
  (_, { connectors }) =>
    sameTwice(
      CONNECTORS,
      connectors,
      ({ id }) => id,
      (id) => `${id} is the id of another connector. Use a different id`,
      ["id"],
    ),
  (_, { connectors }) =>
    reportItems(CONNECTORS, connectors, [
      requiredKeys,
      ldapHost,
      ({ config }) =>
        SECRET_KEYS.filter((key) => config[key] !== undefined && !isVariable(config[key])).map((key) => ({
          path: ["config", key],
          message: "must be a variable such as $CLIENT_SECRET, a key of the Secret that the option secret names",
        })),
      ({ config }) =>
        reportKey(
          JSON.stringify(config).includes("${"),
          ["config"],
          "must not contain ${, which Terraform would evaluate. Write $NAME",
        ),
    ]),
  (_, { static_clients }) =>
    reportItems(["options", "static_clients"], static_clients, [
      ({ redirect_uris }) =>
        reportItems(["redirect_uris"], redirect_uris, [
          (uri) =>
            /^http:\/\/(?!(?:localhost|127\.0\.0\.1)(?:[:/]|$))/.test(uri)
              ? [{ path: [], message: "sends codes of logins unencrypted. Use https://", severity: "warning" }]
              : [],
        ]),
    ]),
  ({ enabled }, { static_clients }) => {
    const path = ["options", "static_clients"];
    const message = (id: string): string => `${id} is the id of another client. Use a different id`;
    return [
      ...reportItems(path, static_clients, [
        ({ id }) => reportKey(id === "oauth2-proxy" && enabled.oauth2_proxy === true, ["id"], message(id)),
      ]),
      ...sameTwice(path, static_clients, ({ id }) => id, message, ["id"]),
    ];
  },
  (subject, given) => {
    const needed = variables(subject, given);
    return reportOption(
      given.secret === null && needed.length > 0,
      "secret",
      `must name the Secret in the namespace dex that contains ${needed.join(", ")}`,
    );
  },
  (_, { secret }) =>
    reportOption(
      secret === CONFIG_SECRET,
      "secret",
      `${CONFIG_SECRET} is the Secret that the chart creates. Use a different name`,
    ),
  (subject, given) =>
    reportOption(
      given.secret !== null && variables(subject, given).length === 0,
      "secret",
      "has no effect because no connector and no client names a variable. Remove it",
    ),
];

/** The Secret that the chart creates. Its default name `dex` often conflicts with users' own Secrets. */
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
      ...(context.enabled.oauth2_proxy ? [proxy] : []),
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

/** Single sign-on for all programs of the platform, with GitHub, Google, LDAP and others as providers. */
export const dex = defineHelmAddon({
  name: "dex",
  summary: "Single login for the platform's programs (OpenID Connect), backed by GitHub, Google, LDAP and others",
  namespace: "dex",
  pod_security: "restricted",
  release_notes: {
    "https://charts.dexidp.io/dex": "https://github.com/dexidp/helm-charts/releases/tag/dex-", // 0.18.0
  },
  requires: [],
  after: ["coredns", "kube_prometheus_stack", ...INGRESS_SERVERS],
  conflicts_with: [],
  served_ports: [5556],
  ingress_class: ({ ingress_class }) => ({ option: "ingress_class", name: ingress_class }),
  hosts: () => [{ host: "dex", below_domain: true, path: ["enabled"] }],
  wait: false, // it starts only once its Secret is there
  options,
  needs_internet: (given) => (hosted(given).length === 0 ? undefined : `the login of ${hosted(given).join(" and ")}`),
  checks: RULES,

  values: (context, given) => ({
    ...replicated(context, "replicaCount", { "app.kubernetes.io/instance": "dex" }, "20m", "128Mi"),
    serviceAccount: { name: "dex" },
    config: config(context, given), // names variables where secrets would stand
    configSecret: { name: CONFIG_SECRET },
    ...(given.secret !== null && { envFrom: [{ secretRef: { name: given.secret } }] }),
    ingress: ingress(context, given),
    podDisruptionBudget: ONE_AT_A_TIME,
    priorityClassName: "system-cluster-critical", // the way in, when something is wrong
    podSecurityContext: restrictedPod(1001),
    securityContext: RESTRICTED_CONTAINER,
    volumes: [{ name: "tmp", emptyDir: {} }], // the image copies its configuration there as it starts
    volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
    serviceMonitor: { enabled: monitored(context) },
  }),
});
