import { type AddonRule, reportKey, reportOption } from "../contract/rule";
import { volumesAdvice } from "../parts/volumes";
import { type GrafanaOptions, SSO_PROVIDERS, type Sso } from "./grafana-options";

const OF_ONE_PROVIDER = ["issuer_url", "auth_url", "token_url", "api_url", "scopes", "allowed_organizations"] as const;

/** Keys of `grafana_sso` that a provider accepts besides those that it requires. */
const ACCEPTED: Readonly<Record<Sso["provider"], readonly string[]>> = {
  oidc: ["scopes"],
  dex: ["scopes"],
  github: [],
  google: [],
};

/** Options that only Grafana reads. */
const OF_GRAFANA = [
  "grafana_host",
  "grafana_ingress_class",
  "grafana_sso",
  "grafana_volume_gib",
  "grafana_admin_secret",
  "grafana_cloudwatch",
] as const;

/** Keys that have no effect, and keys that single sign-on requires. */
export const grafanaRules: readonly AddonRule<GrafanaOptions>[] = [
  ...OF_GRAFANA.map(
    (key): AddonRule<GrafanaOptions> =>
      (_, given) =>
        reportOption(
          !given.grafana && given[key] !== null && given[key] !== false,
          key,
          "has no effect because grafana is false. Remove it, or set grafana: true",
        ),
  ),
  (_, { grafana, grafana_host, grafana_ingress_class }) =>
    reportOption(
      grafana && grafana_ingress_class !== null && grafana_host === null,
      "grafana_ingress_class",
      "has no effect because grafana_host is not set. Set grafana_host, or remove this",
    ),
  (subject, { grafana, grafana_volume_gib }) =>
    reportOption(
      grafana && grafana_volume_gib !== null && !subject.volumes,
      "grafana_volume_gib",
      `requires volumes. To fix this, ${volumesAdvice(subject)}`,
    ),
  (_, { grafana, grafana_host, grafana_sso }) =>
    reportOption(
      grafana && grafana_sso !== null && grafana_host === null,
      "grafana_sso",
      "requires grafana_host, because the provider redirects people to it",
    ),
  (_, { grafana, grafana_sso: given }) => {
    if (!grafana || given === null) return [];
    const missing = SSO_PROVIDERS[given.provider].needs.filter((key) => given[key] === undefined);
    return missing.map((key) => ({
      path: SSO,
      message: `requires ${key} with provider ${given.provider}`,
    }));
  },
  (_, { grafana, grafana_sso: given }) => {
    if (!grafana || given === null) return [];
    const { provider } = given;
    const accepted: readonly string[] = [...SSO_PROVIDERS[provider].needs, ...ACCEPTED[provider]];
    return OF_ONE_PROVIDER.filter((key) => given[key] !== undefined && !accepted.includes(key)).map((key) => ({
      path: [...SSO, key],
      message: `has no effect with provider ${provider}. Remove it`,
    }));
  },
  (_, { grafana, grafana_sso: given }) => {
    if (!grafana || given === null) return [];
    const { admin_groups, editor_groups, others } = given;
    return reportKey(
      others === "refused" && admin_groups === undefined && editor_groups === undefined,
      [...SSO, "others"],
      "lets nobody log in. Set admin_groups or editor_groups, or set viewer",
    );
  },
];

const SSO = ["options", "grafana_sso"] as const;
