import { z } from "zod";
import { domainName } from "../../language/words/names";
import { defineHelmAddon, type Values } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { dashboardData } from "../contract/dashboard";
import { type AddonRule, reportOption } from "../contract/rule";
import { INGRESS_SERVERS, ingressFor } from "../parts/ingress";
import { monitored } from "../parts/monitoring";
import { oidcScopes } from "../parts/oidc-scopes";
import { resources, SYSTEM_TOLERATIONS } from "../parts/pods";
import { secretKey } from "../parts/secret-reference";
import dashboard from "./argo-cd.dashboard.json";
import { argoCdContents, contents } from "./argo-cd-contents";

const options = z.strictObject({
  host: domainName
    .nullable()
    .meta({ examples: ["argocd.example.com"] })
    .describe("Hostname of the UI and API. null: reachable by kubectl port-forward only."),
  ingress_class: z.string().min(1).describe("Ingress class for the host, such as alb."),
  admin_enabled: z
    .boolean()
    .describe(
      "Lets the user admin log in with a generated password (Secret argocd-initial-admin-secret). Set false once single sign-on works.",
    ),
  oidc: z
    .strictObject({
      name: z.string().min(1).describe("Label of the login button."),
      issuer: z.url({ protocol: /^https$/ }).describe("Address of the identity provider."),
      client_id: z.string().min(1).describe("Client id at the identity provider."),
      client_secret: secretKey
        .nullable()
        .describe(
          "Secret that contains the client secret, with the label app.kubernetes.io/part-of: argocd. null for a public client.",
        ),
      scopes: oidcScopes.describe("Scopes to request."),
    })
    .nullable()
    .describe("Single sign-on with OpenID Connect. null for none."),
  dex_connectors: z
    .array(z.record(z.string(), z.json()))
    .describe(
      "Connectors of Dex in its own format, for providers without OpenID Connect (GitHub, LDAP, SAML). Write a secret as $<Secret>:<key>.",
    ),
  admin_groups: z.array(z.string().min(1)).describe("Groups of the identity provider that get administrator rights."),
  default_role: z
    .enum(["none", "readonly"])
    .describe("Rights of all other users: none, or readonly to view everything."),
  ...contents,
});

export type ArgoCdOptions = z.output<typeof options>;

const hasSignOn = ({ dex_connectors, oidc }: ArgoCdOptions): boolean => oidc !== null || dex_connectors.length > 0;

const RULES: readonly AddonRule<ArgoCdOptions>[] = [
  (_, { dex_connectors, oidc }) =>
    reportOption(
      oidc !== null && dex_connectors.length > 0,
      "dex_connectors",
      "conflicts with oidc, which Argo CD prefers. Keep one of them",
    ),
  (_, given) =>
    reportOption(
      hasSignOn(given) && given.host === null,
      "host",
      "must be the host of the UI, because the identity provider sends users back to it",
    ),
  (_, given) =>
    reportOption(
      !hasSignOn(given) && !given.admin_enabled,
      "admin_enabled",
      "must be true without single sign-on. Otherwise nobody could log in",
    ),
  (_, given) =>
    reportOption(
      hasSignOn(given) && !given.admin_enabled && given.admin_groups.length === 0 && given.default_role === "none",
      "admin_groups",
      "is empty, so people who log in have no rights. List a group, or set default_role: readonly or admin_enabled: true",
    ),
  ...argoCdContents.rules,
];

/** Returns the single sign-on settings as JSON, which is valid YAML. Argo CD replaces `$secret:key`; Terraform does not. */
function signOn({ dex_connectors, host, oidc }: ArgoCdOptions): Values {
  if (host === null) return {};
  const url = { url: `https://${host}` };
  if (oidc !== null) {
    const { client_id, client_secret, issuer, name, scopes } = oidc;
    const secret = client_secret === null ? {} : { clientSecret: `$${client_secret.name}:${client_secret.key}` };
    return {
      ...url,
      "oidc.config": JSON.stringify({ name, issuer, clientID: client_id, ...secret, requestedScopes: scopes }),
    };
  }
  return dex_connectors.length === 0 ? url : { ...url, "dex.config": JSON.stringify({ connectors: dex_connectors }) };
}

const ROLES = { none: "", readonly: "role:readonly" } as const;

/** Returns the values of one of the chart's Deployments. */
function part(context: AddonContext, replicas: number, memory: string): Values {
  const watched = monitored(context);
  return {
    replicas,
    resources: resources("50m", memory),
    pdb: { enabled: true, maxUnavailable: 1 },
    metrics: { enabled: watched, serviceMonitor: { enabled: watched } },
  };
}

/** Returns the Ingress of the UI. The chart chooses the name of the certificate's Secret. */
function ingress(context: AddonContext, { host, ingress_class }: ArgoCdOptions): Values {
  if (host === null) return { enabled: false };
  const of = { host, className: ingress_class, secretName: "argocd-server-tls", health: "/healthz" };
  const { annotations } = ingressFor(context, of);
  return { enabled: true, ingressClassName: ingress_class, hostname: host, annotations, tls: true };
}

/** Spreads pods over zones. The chart adds the labels of each Deployment's own pods. */
const SPREAD = [
  { maxSkew: 1, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "ScheduleAnyway" },
] as const;

/** Keeps the cluster in the state that Git repositories describe, and shows differences in a UI. */
export const argoCd = defineHelmAddon({
  name: "argo_cd",
  summary: "GitOps with a UI: Argo CD, its projects and applications, with single sign-on",
  namespace: "argocd",
  pod_security: "baseline",
  release_notes: {
    "https://argoproj.github.io/argo-helm/argo-cd": "https://github.com/argoproj/argo-helm/releases/tag/argo-cd-", // 10.10.2
    "https://argoproj.github.io/argo-helm/argocd-apps":
      "https://github.com/argoproj/argo-helm/releases/tag/argocd-apps-", // 2.0.0
  },
  requires: [],
  after: ["coredns", "kube_prometheus_stack", ...INGRESS_SERVERS],
  conflicts_with: [],
  open_switches: [
    { path: ["configs", "cm", "users.anonymous.enabled"], opens: "Argo CD to everybody without a login" },
    { path: ["configs", "params", "server.disable.auth"], opens: "Argo CD to everybody without a login" },
  ],
  spread_over: (replicas) => (replicas > 2 ? 3 : 1), // the members of Redis
  served_ports: [8080],
  dashboard: dashboardData.parse(dashboard),
  installed_also: { eks_capability: "ARGOCD" },
  ingress_class: ({ host, ingress_class }) => ({
    option: "ingress_class",
    name: host === null ? null : ingress_class,
  }),
  hosts: ({ host }) => (host === null ? [] : [{ host, path: ["options", "host"] }]),
  api_groups: ["argoproj.io"],
  crds: "upgraded",
  wait: true, // applications require the CRDs and the controllers
  options,
  checks: RULES,
  further_charts: [
    {
      chart: "argocd_apps",
      order: "after",
      included: (_context, { applications, projects }) => applications.length + projects.length > 0,
      values: (_context, given) => argoCdContents.values(given),
    },
  ],

  values: (context, given) => {
    const { replicas } = context.service_level;
    const dex = given.dex_connectors.length > 0;
    return {
      fullnameOverride: "argocd", // the names that Argo CD's own documents use
      crds: { install: true, keep: true }, // from its templates, so that Helm upgrades them
      global: {
        ...(given.host !== null && { domain: given.host }),
        priorityClassName: "system-cluster-critical", // repairs are deployed through it
        tolerations: SYSTEM_TOLERATIONS,
        topologySpreadConstraints: SPREAD,
      },
      configs: {
        cm: { "admin.enabled": given.admin_enabled, ...signOn(given) },
        rbac: {
          "policy.default": ROLES[given.default_role],
          "policy.csv": given.admin_groups.map((group) => `g, ${JSON.stringify(group)}, role:admin\n`).join(""),
        },
        repositories: argoCdContents.repositories(given),
        // Contains no password: the server creates missing ones once, in the cluster.
        secret: { createSecret: true },
      },
      controller: part(context, 1, "2Gi"), // a second one would be a shard, for a second cluster
      server: {
        ...part(context, replicas, "256Mi"),
        extraArgs: ["--insecure"], // TLS ends at the load balancer, or at kubectl port-forward
        // Both ports of the Service speak HTTP then, and the Ingress goes to 443, to which Traefik would speak TLS.
        service: { annotations: { "traefik.ingress.kubernetes.io/service.serversscheme": "http" } },
        ingress: ingress(context, given),
      },
      repoServer: part(context, replicas, "1Gi"),
      applicationSet: part(context, replicas, "256Mi"),
      notifications: { resources: resources("20m", "128Mi") },
      dex: { enabled: dex, resources: resources("20m", "128Mi") },
      // A cache. With three replicas, it survives the loss of a node. A Job creates its password once, in the cluster.
      redis: { resources: resources("50m", "256Mi") },
      "redis-ha": {
        enabled: replicas > 2,
        tolerations: SYSTEM_TOLERATIONS,
        redis: { resources: resources("50m", "256Mi") },
        sentinel: { resources: resources("10m", "64Mi") },
        splitBrainDetection: { resources: resources("10m", "64Mi") },
        podDisruptionBudget: { maxUnavailable: 1 }, // two of three are the quorum
        haproxy: { podDisruptionBudget: { maxUnavailable: 1 }, resources: resources("20m", "128Mi") },
      },
      redisSecretInit: { resources: resources("20m", "128Mi") },
    };
  },
});
