import { z } from "zod";
import { sameTwice } from "../../language/twice";
import { objectName } from "../../language/words/kubernetes";
import { domainName } from "../../language/words/names";
import { httpAddress } from "../../language/words/network";
import { plainText } from "../../language/words/text";
import { defineHelmAddon, type Values } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import type { AddonChart } from "../contract/addon-parts";
import { type AddonRule, reportItems, reportKey, reportOption } from "../contract/rule";
import { domainMissing, hostOf, INGRESS_SERVERS, ingressClass, ingressFor } from "../parts/ingress";
import { monitored } from "../parts/monitoring";
import { oidcScopes } from "../parts/oidc-scopes";
import { replicated } from "../parts/pods";
import { DASHBOARDS, type Dashboard, PROXY } from "./oauth2-proxy-hosts";

const options = z.strictObject({
  upstreams: z
    .array(z.enum(["alertmanager", "headlamp", "prometheus"]))
    .describe("Web UIs behind the proxy, each with its name directly below k8s_base_domain."),
  issuer_url: httpAddress.nullable().describe("OpenID Connect issuer. null for the addon dex."),
  secret: objectName
    .nullable()
    .describe(
      "Secret in the namespace oauth2-proxy with the keys client-id, client-secret and cookie-secret (16, 24 or 32 bytes). Required.",
    ),
  email_domains: z
    .array(domainName)
    .meta({ examples: [["example.com"]] })
    .describe("Email domains whose users may log in. Empty to use allowed_groups alone."),
  allowed_groups: z.array(plainText).describe("Groups whose members may log in. Empty for everyone in email_domains."),
  scopes: oidcScopes
    .nullable()
    .describe(
      "OpenID Connect scopes to request. null for openid, email and profile, and also groups with dex or allowed_groups.",
    ),
  session_hours: z.int().min(1).max(168).describe("Hours until a login expires."),
  ingress_class: ingressClass,
});

type Options = z.output<typeof options>;

const UPSTREAMS = ["options", "upstreams"] as const;

const RULES: readonly AddonRule<Options>[] = [
  domainMissing,
  ({ enabled }, { issuer_url }) =>
    reportOption(
      issuer_url === null && !enabled.dex,
      "issuer_url",
      "is required: the issuer where users log in. Set it, or set dex_enabled: true",
    ),
  ({ enabled }, { issuer_url }) =>
    reportOption(
      issuer_url !== null && enabled.dex === true,
      "issuer_url",
      "conflicts with dex, the cluster's own issuer. Remove it, or set dex_enabled: false",
    ),
  (_, { secret }) =>
    reportOption(
      secret === null,
      "secret",
      "must name the Secret in the namespace oauth2-proxy with client-id, client-secret and cookie-secret",
    ),
  (_, { allowed_groups, email_domains }) =>
    reportOption(
      email_domains.length === 0 && allowed_groups.length === 0,
      "email_domains",
      "allows nobody to log in. List the domains of your users, or set allowed_groups",
    ),
  (_, { upstreams }) => sameTwice(UPSTREAMS, upstreams, String, (name) => `${name} is listed already. Remove it`),
  ({ enabled }, { upstreams }) =>
    reportItems(UPSTREAMS, upstreams, [
      (name, index) => {
        const { addon } = DASHBOARDS[name];
        return reportKey(
          !enabled[addon] && upstreams.indexOf(name) === index,
          [],
          `${name} requires ${addon}. Set ${addon}_enabled: true`,
        );
      },
    ]),
];

/** Groups are requested only where they matter, because some issuers refuse a scope that they do not have. */
function scopesOf({ allowed_groups, issuer_url, scopes }: Options): readonly string[] {
  const groups = issuer_url === null || allowed_groups.length > 0 ? ["groups"] : [];
  return scopes ?? ["openid", "email", "profile", ...groups];
}

/** One proxy: `name` is its release, `host` what it serves, `upstream` where that is. */
function proxy(context: AddonContext, given: Options, name: string, prefix: string, upstream: string): Values {
  const { allowed_groups, email_domains, ingress_class, issuer_url, secret, session_hours } = given;
  const { replicas } = context.service_level;
  const host = hostOf(context, prefix);
  const domain = host.slice(prefix.length); // with its first dot
  return {
    ...replicated(context, "replicaCount", { "app.kubernetes.io/instance": name }, "10m", "64Mi"),
    config: {
      existingSecret: secret, // all three secrets come from it
      emailDomains: email_domains.length === 0 ? ["*"] : email_domains,
      upstreams: [upstream],
    },
    extraArgs: {
      provider: "oidc",
      "oidc-issuer-url": issuer_url ?? `https://${hostOf(context, "dex")}`,
      "redirect-url": `https://${host}/oauth2/callback`,
      scope: scopesOf(given).join(" "),
      ...(allowed_groups.length > 0 && { "allowed-group": allowed_groups.join(",") }),
      "code-challenge-method": "S256",
      "skip-provider-button": "true",
      "reverse-proxy": "true", // behind a load balancer that ends TLS
      // One login for all of them, and no Redis: the session is in the cookie, encrypted.
      "cookie-name": "_oauth2_proxy",
      "cookie-domain": domain,
      "whitelist-domain": domain,
      "cookie-secure": "true",
      "cookie-samesite": "lax",
      "cookie-expire": `${session_hours}h`,
      "set-xauthrequest": "true", // the user, for programs that read it
      "silence-ping-logging": "true",
    },
    sessionStorage: { type: "cookie" },
    serviceAccount: { name, automountServiceAccountToken: false },
    ingress: ingress(context, ingress_class, host, name),
    podDisruptionBudget: { enabled: replicas > 1, maxUnavailable: 1, minAvailable: null },
    priorityClassName: "system-cluster-critical", // the way in, when something is wrong
    metrics: { serviceMonitor: { enabled: monitored(context) } },
  };
}

function ingress(context: AddonContext, className: string | null, host: string, name: string): Values {
  if (className === null) return { enabled: false };
  return {
    enabled: true,
    className,
    pathType: "Prefix",
    hosts: [host],
    ...ingressFor(context, { host, className, secretName: `${name}-tls`, health: "/ping" }),
  };
}

/** Returns the proxy of one UI. A proxy routes by path only, and these UIs require their own host. */
function dashboard(name: Dashboard): AddonChart<typeof options> {
  return {
    chart: `oauth2_proxy_${name}`,
    order: "after",
    included: (_context, { upstreams }) => upstreams.includes(name),
    values: (context, given) => proxy(context, given, `oauth2-proxy-${name}`, name, DASHBOARDS[name].url),
  };
}

/** Adds a login to web UIs that have none. */
export const oauth2Proxy = defineHelmAddon({
  name: "oauth2_proxy",
  summary: "OpenID Connect login for Prometheus, Alertmanager, Headlamp, and programs of teams",
  namespace: "oauth2-proxy",
  pod_security: "restricted",
  release_notes: {
    "https://oauth2-proxy.github.io/manifests/oauth2-proxy":
      "https://github.com/oauth2-proxy/manifests/releases/tag/oauth2-proxy-", // 10.7.0
  },
  requires: [],
  after: ["coredns", "dex", "kube_prometheus_stack", "headlamp", ...INGRESS_SERVERS],
  conflicts_with: [],
  served_ports: [4180],
  ingress_class: ({ ingress_class }) => ({ option: "ingress_class", name: ingress_class }),
  hosts: ({ upstreams }) => [
    { host: PROXY, below_domain: true, path: ["enabled"] },
    ...upstreams.map((host, index) => ({ host, below_domain: true as const, path: [...UPSTREAMS, index] })),
  ],
  publishes: ({ upstreams }) => upstreams,
  wait: false, // it starts only once its Secret is there and the issuer answers
  options,
  checks: RULES,
  values: (context, given) => proxy(context, given, "oauth2-proxy", PROXY, "static://202"),
  further_charts: [dashboard("alertmanager"), dashboard("headlamp"), dashboard("prometheus")],
});
