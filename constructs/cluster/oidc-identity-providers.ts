import { EksIdentityProviderConfig } from "@cdktf/provider-aws/lib/eks-identity-provider-config";
import { Construct } from "constructs";
import type { Cluster } from "../../fleet/model/cluster";

export interface OidcIdentityProvidersProps {
  readonly cluster: Cluster;
  /** A reference, so that it comes after the cluster. */
  readonly clusterName: string;
}

/** An issuer whose users the Kubernetes API knows; construct ids are the names of the definition. */
export class OidcIdentityProviders extends Construct {
  constructor(scope: Construct, id: string, { cluster, clusterName }: OidcIdentityProvidersProps) {
    super(scope, id);
    for (const provider of cluster.tfvars.cluster.oidc_identity_providers) {
      const { groups_claim, groups_prefix, required_claims, username_claim, username_prefix } = provider;
      new EksIdentityProviderConfig(this, provider.name, {
        clusterName,
        oidc: {
          identityProviderConfigName: provider.name,
          issuerUrl: provider.issuer_url,
          clientId: provider.client_id,
          ...(username_claim === undefined ? {} : { usernameClaim: username_claim }),
          ...(username_prefix === undefined ? {} : { usernamePrefix: username_prefix }),
          ...(groups_claim === undefined ? {} : { groupsClaim: groups_claim }),
          ...(groups_prefix === undefined ? {} : { groupsPrefix: groups_prefix }),
          ...(required_claims === undefined ? {} : { requiredClaims: { ...required_claims } }),
        },
        tags: { Name: `${cluster.slug}-${provider.name}` },
      });
    }
  }
}
