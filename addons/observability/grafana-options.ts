import { z } from "zod";
import { domainName } from "../../language/words/names";
import { httpAddress } from "../../language/words/network";
import { plainText } from "../../language/words/text";
import { oidcScopes } from "../parts/oidc-scopes";
import { secretKey } from "../parts/secret-reference";

/** Identity providers, with the settings that Grafana requires for each of them. */
export const SSO_PROVIDERS = {
  /** Any OpenID Connect provider. */
  oidc: { section: "auth.generic_oauth", needs: ["auth_url", "token_url", "api_url"] },
  /** In front of SAML and LDAP too, such as AWS IAM Identity Center: Grafana's own SAML is not free. */
  dex: { section: "auth.generic_oauth", needs: ["issuer_url"] },
  github: { section: "auth.github", needs: ["allowed_organizations"] },
  google: { section: "auth.google", needs: ["allowed_domains"] },
} as const;

const group = plainText
  .regex(/^[^'"\\`]+$/, "must be a group without quotes and backslashes")
  .meta({ examples: ["platform"] });

export const sso = z.strictObject({
  provider: z
    .enum(["oidc", "dex", "github", "google"])
    .describe("Identity provider. oidc is any OpenID Connect provider. dex also connects to SAML and LDAP."),
  client_id: plainText.describe(
    "Client id of Grafana at the provider. The redirect address is https://<grafana_host>/login/<provider>, and https://<grafana_host>/login/generic_oauth for oidc and dex.",
  ),
  client_secret: secretKey.describe("Holds the client secret, in the namespace monitoring."),
  issuer_url: httpAddress.optional().describe("dex: its address, such as https://dex.example.com."),
  auth_url: httpAddress.optional().describe("oidc: authorization endpoint."),
  token_url: httpAddress.optional().describe("oidc: token endpoint."),
  api_url: httpAddress.optional().describe("oidc: userinfo endpoint."),
  scopes: oidcScopes.optional().describe("oidc and dex: scopes to request. Default: openid, profile, email, groups."),
  allowed_organizations: z
    .array(plainText)
    .min(1)
    .optional()
    .describe("github: organizations whose members may log in."),
  allowed_domains: z
    .array(domainName)
    .min(1)
    .optional()
    .meta({ examples: [["example.com"]] })
    .describe("google: domains whose people may log in. Also narrows oidc and dex."),
  admin_groups: z
    .array(group)
    .min(1)
    .optional()
    .describe("Groups (GitHub: `@organization/team`) whose members are Admin."),
  editor_groups: z.array(group).min(1).optional().describe("Groups whose members are Editor."),
  others: z.enum(["viewer", "refused"]).describe("Rights of everyone else: view all dashboards, or no login."),
});

export type Sso = z.output<typeof sso>;

/** Options of kube_prometheus_stack that are about Grafana. */
export const grafanaOptions = {
  grafana: z.boolean().describe("Runs Grafana, with the dashboards of the chart and of addons."),
  grafana_admin_secret: z
    .string()
    .min(1)
    .nullable()
    .describe(
      "Secret in the namespace monitoring with the keys admin-user and admin-password. null: the chart generates a password that never leaves the cluster.",
    ),
  grafana_host: domainName
    .nullable()
    .describe("Host of Grafana, such as grafana.example.com. null: reachable by kubectl port-forward only."),
  grafana_ingress_class: plainText
    .nullable()
    .describe("Ingress class for grafana_host, such as alb. null creates no Ingress."),
  grafana_sso: sso.nullable().describe("Single sign-on. null for the administrator's password only."),
  grafana_volume_gib: z
    .int()
    .min(1)
    .nullable()
    .describe(
      "Size of Grafana's volume, in GiB, which keeps changes that people make in it. null keeps nothing after a restart.",
    ),
  grafana_cloudwatch: z
    .boolean()
    .describe("Lets Grafana read CloudWatch: metrics of the account, and log groups of the cluster."),
} as const;

export type GrafanaOptions = {
  readonly [Key in keyof typeof grafanaOptions]: z.output<(typeof grafanaOptions)[Key]>;
};
