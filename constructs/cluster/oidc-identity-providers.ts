import { EksIdentityProviderConfig } from "@cdktf/provider-aws/lib/eks-identity-provider-config";
import { Construct } from "constructs";
import type { Tfvars } from "../../fleet/model/cluster";
import { given } from "../../language/given";

export interface OidcIdentityProvidersProps {
  readonly slug: string;
  readonly providers: Tfvars["cluster"]["oidc_identity_providers"];
  /** A reference, so that they are created after the cluster. */
  readonly clusterName: string;
}

/** Issuers whose users can use the Kubernetes API. Construct ids are the names in the definition. */
export class OidcIdentityProviders extends Construct {
  constructor(scope: Construct, id: string, { clusterName, providers, slug }: OidcIdentityProvidersProps) {
    super(scope, id);
    for (const provider of providers) {
      const { groups_claim, groups_prefix, required_claims, username_claim, username_prefix } = provider;
      new EksIdentityProviderConfig(this, provider.name, {
        clusterName,
        oidc: {
          identityProviderConfigName: provider.name,
          issuerUrl: provider.issuer_url,
          clientId: provider.client_id,
          ...given({
            usernameClaim: username_claim,
            usernamePrefix: username_prefix,
            groupsClaim: groups_claim,
            groupsPrefix: groups_prefix,
            requiredClaims: required_claims && { ...required_claims },
          }),
        },
        tags: { Name: `${slug}-${provider.name}` },
      });
    }
  }
}
