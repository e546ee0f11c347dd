import type { PolicyStatement } from "../../language/words/iam";
import type { Values } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { ingressFor } from "../parts/ingress";
import { resources, SYSTEM_TOLERATIONS } from "../parts/pods";
import { STORAGE_CLASS } from "../parts/storage-class";
import { type GrafanaOptions, SSO_PROVIDERS, type Sso } from "./grafana-options";

/** Service account that Pod Identity gives CloudWatch to. */
export const GRAFANA_SERVICE_ACCOUNT = "kube-prometheus-stack-grafana";

/** Helm values of Grafana. No password is in them, so none is in Terraform's state. */
export function grafana(context: AddonContext, given: GrafanaOptions, thanos_query_url: string | null): Values {
  return {
    enabled: given.grafana,
    // Without a secret of one's own the chart makes a password of 40 random characters and keeps it:
    // kubectl -n monitoring get secret kube-prometheus-stack-grafana
    ...(given.grafana_admin_secret !== null && { admin: { existingSecret: given.grafana_admin_secret } }),
    serviceAccount: { name: GRAFANA_SERVICE_ACCOUNT },
    env: {
      ...variables("auth.anonymous", { enabled: false }),
      ...(given.grafana_host !== null && variables("server", { root_url: `https://${given.grafana_host}` })),
      ...(given.grafana_sso !== null && ssoSettings(given.grafana_sso)),
    },
    ...(given.grafana_sso !== null && { envValueFrom: clientSecret(given.grafana_sso) }),
    ...(!(given.grafana_host === null || given.grafana_ingress_class === null) && {
      ingress: ingress(context, given.grafana_host, given.grafana_ingress_class),
    }),
    ...(given.grafana_volume_gib !== null && volume(given.grafana_volume_gib)),
    additionalDataSources: dataSources(context, given, thanos_query_url),
    tolerations: SYSTEM_TOLERATIONS,
    resources: resources("50m", "512Mi"),
    sidecar: { resources: resources("10m", "128Mi") }, // each of those that load dashboards and data sources
  };
}

/** Settings of a section of grafana.ini as the variables of the environment that stand for them. */
function variables(section: string, settings: Values): Values {
  const name = (key: string) => `GF_${section}_${key}`.toUpperCase().replaceAll(".", "_");
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [name(key), String(value)]));
}

function ssoSettings(given: Sso): Values {
  const { section } = SSO_PROVIDERS[given.provider];
  return variables(section, {
    enabled: true,
    client_id: given.client_id,
    allow_sign_up: true, // whom the provider lets in gets an account
    ...endpoints(given),
    ...(given.allowed_organizations !== undefined && { allowed_organizations: given.allowed_organizations.join(" ") }),
    ...(given.allowed_domains !== undefined && { allowed_domains: given.allowed_domains.join(" ") }),
    role_attribute_path: rolePath(given),
    role_attribute_strict: given.others === "refused", // a user without a role cannot log in
  });
}

/** Google returns groups only with this scope. */
const GOOGLE_GROUPS = "https://www.googleapis.com/auth/cloud-identity.groups.readonly";

function endpoints({
  provider,
  issuer_url,
  auth_url,
  token_url,
  api_url,
  scopes,
  admin_groups,
  editor_groups,
}: Sso): Values {
  const words = (scopes ?? ["openid", "profile", "email", "groups"]).join(" ");
  switch (provider) {
    case "oidc":
      return { name: "Single sign-on", auth_url, token_url, api_url, scopes: words, use_pkce: true };
    case "dex":
      return {
        name: "Single sign-on",
        auth_url: `${issuer_url}/auth`,
        token_url: `${issuer_url}/token`,
        api_url: `${issuer_url}/userinfo`,
        scopes: words,
        use_pkce: true,
      };
    case "github":
      return { scopes: "user:email,read:org" };
    case "google":
      return {
        scopes: admin_groups || editor_groups ? `openid email profile ${GOOGLE_GROUPS}` : "openid email profile",
      };
    default:
      return provider satisfies never;
  }
}

/** Returns a JMESPath over the user info of the provider. The first role whose condition holds applies. */
function rolePath({ admin_groups = [], editor_groups = [], others }: Sso): string {
  const member = (groups: readonly string[], role: string) =>
    groups.map((group) => `contains(groups[*], '${group}') && '${role}'`);
  const roles = [...member(admin_groups, "Admin"), ...member(editor_groups, "Editor")];
  return [...roles, ...(others === "viewer" ? ["'Viewer'"] : [])].join(" || ");
}

function clientSecret({ client_secret, provider }: Sso): Values {
  const [name = ""] = Object.keys(variables(SSO_PROVIDERS[provider].section, { client_secret: "" }));
  return { [name]: { secretKeyRef: { name: client_secret.name, key: client_secret.key } } };
}

function ingress(context: AddonContext, host: string, className: string): Values {
  const of = { host, className, secretName: "grafana-tls", health: "/api/health" };
  return { enabled: true, ingressClassName: className, hosts: [host], ...ingressFor(context, of) };
}

function volume(gib: number): Values {
  return {
    persistence: { enabled: true, storageClassName: STORAGE_CLASS, size: `${gib}Gi` },
    deploymentStrategy: { type: "Recreate" }, // the volume is on one node, and the old pod holds it
    initChownData: { enabled: false }, // it runs as root; fsGroup does the same
  };
}

/** Returns data sources for the other addons of the cluster. */
function dataSources(
  { enabled, region }: AddonContext,
  given: GrafanaOptions,
  thanos_query_url: string | null,
): readonly Values[] {
  const sources: Values[] = [];
  if (enabled.loki)
    sources.push({ name: "Loki", type: "loki", uid: "loki", access: "proxy", url: "http://loki-gateway.loki.svc" });
  if (enabled.tempo)
    sources.push({
      name: "Tempo",
      type: "tempo",
      uid: "tempo",
      access: "proxy",
      url: "http://tempo.tempo.svc:3200",
      jsonData: {
        serviceMap: { datasourceUid: "prometheus" },
        ...(enabled.loki && { tracesToLogsV2: { datasourceUid: "loki" } }),
      },
    });
  if (thanos_query_url !== null)
    sources.push({
      name: "Thanos",
      type: "prometheus",
      uid: "thanos",
      access: "proxy",
      url: thanos_query_url,
      jsonData: { httpMethod: "POST", prometheusType: "Thanos" },
    });
  if (given.grafana_cloudwatch)
    sources.push({
      name: "CloudWatch",
      type: "cloudwatch",
      uid: "cloudwatch",
      jsonData: { authType: "default", defaultRegion: region }, // Pod Identity's role
    });
  return sources;
}

/** Permissions of the CloudWatch data source: read the metrics of the account and the logs of this cluster. */
export function cloudWatchPermissions(
  { account_id, cluster_name, partition, region }: AddonContext,
  { grafana_cloudwatch }: GrafanaOptions,
): readonly PolicyStatement[] {
  if (!grafana_cloudwatch) return [];
  const groups = ["eks", "containerinsights"].map(
    (area) => `arn:${partition}:logs:${region}:${account_id}:log-group:/aws/${area}/${cluster_name}/*`,
  );
  return [
    {
      sid: "ReadMetrics", // CloudWatch does not limit metrics to some
      actions: [
        "cloudwatch:GetMetricData",
        "cloudwatch:ListMetrics",
        "ec2:DescribeRegions",
        "logs:DescribeLogGroups",
        "logs:GetQueryResults",
        "tag:GetResources",
      ],
      resources: ["*"],
    },
    {
      sid: "ReadLogs",
      actions: ["logs:GetLogEvents", "logs:GetLogGroupFields", "logs:StartQuery"],
      resources: groups,
    },
  ];
}
