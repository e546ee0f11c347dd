import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { Construct } from "constructs";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { Cluster, Tfvars } from "../../fleet/model/cluster";
import { CompositionError } from "../composition-error";
import { GrantedRole } from "./granted-role";
import { podIdentityTrust, UNTAGGED_TRUST } from "./pod-identity";
import type { PolicyDocumentStatement } from "./policy";
import { type WebIdentityProvider, webIdentityProvider, webIdentityTrust } from "./web-identity";

type Settings = Tfvars["cluster"]["service_account_roles"][number];

export interface ServiceAccountRolesProps {
  readonly cluster: Cluster;
  /** A reference, so that associations come after the cluster. */
  readonly clusterName: string;
  readonly clusterArn: string;
  /** https:// address of the cluster's issuer of tokens. */
  readonly oidcIssuer: string;
  readonly oidcProviderArn: string;
}

/** Roles for the service accounts of teams; construct ids are the names of the definition. */
export class ServiceAccountRoles extends Construct {
  /** Name -> ARN of the role that its pods have first. */
  readonly arns: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: ServiceAccountRolesProps) {
    super(scope, id);
    const roles = props.cluster.tfvars.cluster.service_account_roles;
    const { oidcIssuer: oidc_issuer, oidcProviderArn: oidc_provider_arn } = props;
    const provider = roles.some(({ by }) => by === "irsa")
      ? webIdentityProvider(this, { oidc_issuer, oidc_provider_arn })
      : undefined;
    this.arns = Object.fromEntries(roles.map((settings) => [settings.name, this.build(settings, props, provider)]));
  }

  private build(settings: Settings, props: ServiceAccountRolesProps, provider?: WebIdentityProvider): string {
    const { disable_session_tags, name, namespace, service_account, role_arn, target_role_arn } = settings;
    const { by } = settings;
    switch (by) {
      case "irsa":
        if (provider === undefined) throw new CompositionError(this, `${name} needs the cluster's OIDC provider`);
        return this.role(settings, props, webIdentityTrust(provider, namespace, service_account)).arn;
      case "pod_identity": {
        const trust = disable_session_tags
          ? UNTAGGED_TRUST
          : podIdentityTrust(props.clusterArn, namespace, service_account);
        const role = role_arn === undefined ? this.role(settings, props, trust) : undefined;
        new EksPodIdentityAssociation(this, `${name}-association`, {
          clusterName: props.clusterName,
          namespace,
          serviceAccount: service_account,
          roleArn: role?.arn ?? role_arn ?? "",
          ...(target_role_arn === undefined ? {} : { targetRoleArn: target_role_arn }),
          ...(disable_session_tags === undefined ? {} : { disableSessionTags: disable_session_tags }),
          dependsOn: [...(role?.ready ?? [])],
        });
        return role?.arn ?? role_arn ?? "";
      }
      default:
        return by satisfies never;
    }
  }

  private role(settings: Settings, { cluster }: ServiceAccountRolesProps, trust: PolicyDocumentStatement): GrantedRole {
    const { managed_policy_arns, name, permissions_boundary, statements = [], target_role_arn } = settings;
    // Pod Identity assumes the second role with the first one's permissions, and tags that session too.
    const onward =
      target_role_arn === undefined
        ? []
        : [{ sid: "TargetRole", actions: ["sts:AssumeRole", "sts:TagSession"], resources: [target_role_arn] }];
    return new GrantedRole(this, name, {
      name: boundedName(cluster.slug, `sa-${name}`, NAME_LIMITS.iam_role),
      cluster,
      trust: [trust],
      managed_policy_arns,
      statements: [...statements, ...onward],
      permissions_boundary,
    });
  }
}
