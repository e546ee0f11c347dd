import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { Construct } from "constructs";
import type { Tfvars } from "../../fleet/model/cluster";
import type { Owner } from "../../fleet/plan/owner";
import { given } from "../../language/given";
import { CompositionError } from "../composition-error";
import { podIdentityTrust, UNTAGGED_TRUST } from "./pod-identity";
import type { PolicyDocumentStatement } from "./policy";
import { attachedPolicies, grantedPolicy, Role } from "./role";
import { type OidcIssuer, type WebIdentityProvider, webIdentityProvider, webIdentityTrust } from "./web-identity";

type Settings = Tfvars["cluster"]["service_account_roles"][number];

export interface ServiceAccountRolesProps {
  readonly owner: Owner;
  readonly roles: readonly Settings[];
  /** A reference, so that associations are created after the cluster. */
  readonly clusterName: string;
  readonly oidc: OidcIssuer;
}

/** Roles for the service accounts of teams. Construct ids are the names in the definition. */
export class ServiceAccountRoles extends Construct {
  /** Name -> ARN of the role that its pods assume first. */
  readonly arns: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: ServiceAccountRolesProps) {
    super(scope, id);
    const { oidc, roles } = props;
    const provider = roles.some(({ by }) => by === "irsa") ? webIdentityProvider(this, oidc) : undefined;
    this.arns = Object.fromEntries(roles.map((settings) => [settings.name, this.build(settings, props, provider)]));
  }

  private build(settings: Settings, props: ServiceAccountRolesProps, provider?: WebIdentityProvider): string {
    const { disable_session_tags, name, namespace, service_account, role_arn, target_role_arn } = settings;
    const { by } = settings;
    switch (by) {
      case "irsa":
        if (provider === undefined) throw new CompositionError(this, `${name} requires the cluster's OIDC provider`);
        return this.role(settings, props, webIdentityTrust(provider, namespace, service_account)).arn;
      case "pod_identity": {
        const trust = disable_session_tags
          ? UNTAGGED_TRUST
          : podIdentityTrust(props.owner.arn, namespace, service_account);
        const role = role_arn === undefined ? this.role(settings, props, trust) : undefined;
        new EksPodIdentityAssociation(this, `${name}-association`, {
          clusterName: props.clusterName,
          namespace,
          serviceAccount: service_account,
          roleArn: role?.arn ?? role_arn ?? "",
          ...given({ targetRoleArn: target_role_arn, disableSessionTags: disable_session_tags }),
          dependsOn: [...(role?.ready ?? [])],
        });
        return role?.arn ?? role_arn ?? "";
      }
      default:
        return by satisfies never;
    }
  }

  private role(settings: Settings, { owner }: ServiceAccountRolesProps, trust: PolicyDocumentStatement): Role {
    const { managed_policy_arns, name, permissions_boundary, statements = [], target_role_arn } = settings;
    // Pod Identity assumes the second role with the permissions of the first one, and tags that session too.
    const onward =
      target_role_arn === undefined
        ? []
        : [{ sid: "TargetRole", actions: ["sts:AssumeRole", "sts:TagSession"], resources: [target_role_arn] }];
    return new Role(this, name, {
      owner,
      part: `sa-${name}`,
      trust,
      attached: attachedPolicies(managed_policy_arns),
      inline: grantedPolicy([...statements, ...onward]),
      permissionsBoundary: permissions_boundary,
    });
  }
}
