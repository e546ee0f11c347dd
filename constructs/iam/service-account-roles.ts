import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { Fn, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import type { Cluster, Tfvars } from "../../fleet/cluster";
import { boundedName, NAME_LIMITS } from "../../fleet/names";
import { GrantedRole } from "./granted-role";
import { podIdentityTrust, UNTAGGED_TRUST } from "./pod-identity";
import type { PolicyDocumentStatement } from "./policy";

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
    // IAM's keys want the issuer without https://; a function in the policy's own text would need quotes in quotes.
    const host = roles.some(({ by }) => by === "irsa")
      ? new TerraformLocal(this, "issuer", Fn.trimprefix(props.oidcIssuer, "https://")).asString
      : "";
    this.arns = Object.fromEntries(roles.map((settings) => [settings.name, this.build(settings, props, host)]));
  }

  private build(settings: Settings, props: ServiceAccountRolesProps, issuerHost: string): string {
    const { disable_session_tags, name, namespace, service_account, role_arn, target_role_arn } = settings;
    const { by } = settings;
    switch (by) {
      case "irsa":
        return this.role(settings, props, webIdentityTrust(settings, props.oidcProviderArn, issuerHost)).arn;
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

/** Who the token is of and whom it is for: without the second, one that was made for another service would do. */
function webIdentityTrust(
  { namespace, service_account }: Settings,
  oidcProviderArn: string,
  issuerHost: string,
): PolicyDocumentStatement {
  return {
    Effect: "Allow",
    Principal: { Federated: oidcProviderArn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: {
        [`${issuerHost}:sub`]: `system:serviceaccount:${namespace}:${service_account}`,
        [`${issuerHost}:aud`]: "sts.amazonaws.com",
      },
    },
  };
}
