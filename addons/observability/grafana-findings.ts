import type { AddonFinding } from "../contract/addon";
import type { AddonSubject } from "../contract/addon-context";
import { volumesAdvice } from "../parts/volumes";
import { type GrafanaOptions, SSO_PROVIDERS, type Sso } from "./grafana-options";

const OF_ONE_PROVIDER = ["issuer_url", "auth_url", "token_url", "api_url", "scopes", "allowed_organizations"] as const;

/** Keys of `grafana_sso` that a provider takes besides those it needs. */
const ALSO_TAKES: Readonly<Record<Sso["provider"], readonly string[]>> = {
  oidc: ["scopes"],
  dex: ["scopes"],
  github: [],
  google: [],
};

/** Keys that have no effect, and what single sign-on lacks. */
export function grafanaFindings(subject: AddonSubject, given: GrafanaOptions): readonly AddonFinding[] {
  const { grafana_host, grafana_ingress_class, grafana_sso, grafana_volume_gib, grafana_cloudwatch } = given;
  if (!given.grafana) {
    const set = {
      grafana_host,
      grafana_ingress_class,
      grafana_sso,
      grafana_volume_gib,
      grafana_admin_secret: given.grafana_admin_secret,
    };
    const idle = Object.entries(set).flatMap(([key, value]) => (value === null ? [] : [key]));
    return [...idle, ...(grafana_cloudwatch ? ["grafana_cloudwatch"] : [])].map((key) => ({
      path: [key],
      message: "has no effect because grafana is false. Remove it, or set grafana: true",
    }));
  }
  const findings: AddonFinding[] = [];
  if (grafana_ingress_class !== null && grafana_host === null)
    findings.push({
      path: ["grafana_ingress_class"],
      message: "has no effect because grafana_host is not set. Set grafana_host, or remove this",
    });
  if (grafana_volume_gib !== null && !subject.volumes)
    findings.push({
      path: ["grafana_volume_gib"],
      message: `requires volumes. To fix this, ${volumesAdvice(subject)}`,
    });
  if (grafana_sso !== null && grafana_host === null)
    findings.push({
      path: ["grafana_sso"],
      message: "requires grafana_host, because the provider redirects people to it",
    });
  return grafana_sso === null ? findings : [...findings, ...ssoFindings(grafana_sso)];
}

function ssoFindings(given: Sso): readonly AddonFinding[] {
  const { provider, admin_groups, editor_groups, others } = given;
  const needs: readonly (keyof Sso)[] = SSO_PROVIDERS[provider].needs;
  const missing = needs
    .filter((key) => given[key] === undefined)
    .map((key) => ({ path: ["grafana_sso"], message: `requires ${key} with provider ${provider}` }));
  const idle = OF_ONE_PROVIDER.filter(
    (key) => given[key] !== undefined && !needs.includes(key) && !ALSO_TAKES[provider].includes(key),
  ).map((key) => ({ path: ["grafana_sso", key], message: `has no effect with provider ${provider}. Remove it` }));
  const nobody =
    others === "refused" && admin_groups === undefined && editor_groups === undefined
      ? [
          {
            path: ["grafana_sso", "others"],
            message: "lets nobody log in. Set admin_groups or editor_groups, or set viewer",
          },
        ]
      : [];
  return [...missing, ...idle, ...nobody];
}
