import { z } from "zod";
import { objectName } from "../../language/words/kubernetes";
import { ipv4AndPort } from "../../language/words/network";
import type { Manifest } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { furtherZone, zonesOf } from "../parts/hosted-zone";

const SERVER = {
  production: "https://acme-v02.api.letsencrypt.org/directory",
  staging: "https://acme-staging-v02.api.letsencrypt.org/directory",
} as const;

const caIssuer = z.strictObject({
  name: objectName.describe("Name of the ClusterIssuer."),
  secret: objectName.describe(
    "Secret in the namespace cert-manager that contains the CA: the certificate as tls.crt, the key as tls.key.",
  ),
});

export const options = z.strictObject({
  letsencrypt_server: z
    .enum(["production", "staging"])
    .nullable()
    .describe(
      "Environment of Let's Encrypt for the issuer letsencrypt. production: browsers trust it, and it has rate limits. staging: neither. null: no such issuer.",
    ),
  letsencrypt_email: z
    .email()
    .nullable()
    .meta({ examples: ["platform@example.com"] })
    .describe("Email address of the Let's Encrypt account. null registers without an address."),
  letsencrypt_staging_issuer: z.boolean().describe("Adds an issuer letsencrypt-staging for tests."),
  further_zones: z
    .array(furtherZone)
    .describe("Further zones whose names get certificates from Let's Encrypt, besides the zone of k8s_base_domain."),
  ca_issuers: z
    .array(caIssuer)
    .describe(
      "Issuers with your own CA. For AWS Private CA, install the chart aws-privateca-issuer with extra_charts.",
    ),
  dns01_nameservers: z
    .array(ipv4AndPort)
    .describe(
      "DNS servers that verify challenges. Empty for the cluster's DNS. Set public servers if a private zone hides the public zone.",
    ),
});

export type Options = z.output<typeof options>;

/** An issuer of Let's Encrypt. `letsencrypt` is one of either server, so that moving from staging changes no Ingress. */
function acmeIssuer(context: AddonContext, given: Options, name: string, server: keyof typeof SERVER): Manifest {
  const { further_zones, letsencrypt_email } = given;
  return {
    apiVersion: "cert-manager.io/v1",
    kind: "ClusterIssuer",
    metadata: { name },
    spec: {
      acme: {
        server: SERVER[server],
        ...(letsencrypt_email !== null && { email: letsencrypt_email }),
        privateKeySecretRef: { name: `letsencrypt-${server}-account` }, // an account belongs to one server
        solvers: zonesOf(context, further_zones).map(({ domain, id, role_arn }) => ({
          selector: { dnsZones: [domain] },
          dns01: {
            route53: { region: context.region, hostedZoneID: id, ...(role_arn === null ? {} : { role: role_arn }) },
          },
        })),
      },
    },
  };
}

/** Returns the ClusterIssuers of Let's Encrypt and of your own CAs. */
export function issuers(context: AddonContext, given: Options): readonly Manifest[] {
  const { ca_issuers, letsencrypt_server, letsencrypt_staging_issuer } = given;
  return [
    ...(letsencrypt_server === null ? [] : [acmeIssuer(context, given, "letsencrypt", letsencrypt_server)]),
    ...(letsencrypt_staging_issuer ? [acmeIssuer(context, given, "letsencrypt-staging", "staging")] : []),
    ...ca_issuers.map(({ name, secret }) => ({
      apiVersion: "cert-manager.io/v1",
      kind: "ClusterIssuer",
      metadata: { name },
      spec: { ca: { secretName: secret } },
    })),
  ];
}

/** Returns the names of these issuers. */
export function issuerNames({
  ca_issuers,
  letsencrypt_server,
  letsencrypt_staging_issuer,
}: Options): readonly string[] {
  return [
    ...(letsencrypt_server === null ? [] : ["letsencrypt"]),
    ...(letsencrypt_staging_issuer ? ["letsencrypt-staging"] : []),
    ...ca_issuers.map(({ name }) => name),
  ];
}
