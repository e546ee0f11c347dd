import { z } from "zod";
import { identityCenterArn, kmsKeyArn, roleArn, trustAnchorArn } from "../../language/words/arns";
import { regionName, resourceId } from "../../language/words/aws-ids";
import { dnsLabel, groupName } from "../../language/words/kubernetes";
import { itemName } from "../../language/words/names";
import { httpsAddress, ipv4Block, oidcWord } from "../../language/words/network";
import { accessPolicy } from "./access";
import { grants } from "./granted-roles";

export const kms = z
  .strictObject({
    enabled: z
      .boolean()
      .describe(
        "Encrypts secrets with your own key. false uses the key of AWS, which EKS always uses. Disabling it later replaces the cluster.",
      ),
    key_arn: kmsKeyArn
      .nullable()
      .describe(
        "An existing symmetric key of the region, which is not changed. Its policy must let the account's IAM decide, or name the control plane's role, and let the deploying role create grants. null creates a key. EKS cannot change the key of a cluster, so a plan with another key fails.",
      ),
    deletion_window_days: z.int().min(7).max(30).describe("Days during which a deleted key can be restored, 7 to 30."),
    rotation_period_days: z.int().min(90).max(2560).describe("Days between rotations of the key, 90 to 2560."),
    administrators: z.array(roleArn).describe("Roles that administer the key, besides the account's root."),
  })
  .describe("The key that encrypts the cluster's secrets.");

const minutes = z.int().min(1).max(1440).nullable();

export const timeouts = z
  .strictObject({
    create_minutes: minutes.describe("Minutes that Terraform waits for a new cluster; null uses the provider's 30."),
    update_minutes: minutes.describe(
      "Minutes that Terraform waits for an upgrade or a change; null uses the provider's 60.",
    ),
    delete_minutes: minutes.describe("Minutes that Terraform waits for a deletion; null uses the provider's 15."),
  })
  .describe("How long Terraform waits for EKS.");

const remoteCidrs = z.array(ipv4Block(8, 32)).max(15);

export const remoteNetworks = z
  .strictObject({
    node_cidrs: remoteCidrs.describe("Ranges of the nodes, at most 15. EKS changes them in place."),
    pod_cidrs: remoteCidrs.describe(
      "Ranges of the pods on hybrid nodes, at most 15, if webhooks or services on them are called. EKS changes them in place.",
    ),
  })
  .describe("Networks outside AWS where EKS Hybrid Nodes run; empty for none. A VPN or Direct Connect routes them.");

export const hybridNodes = z
  .strictObject({
    credential_provider: z
      .enum(["SSM", "IAM_ROLES_ANYWHERE"])
      .nullable()
      .describe(
        "How hybrid nodes get their role: by Systems Manager activations, or by certificates. null creates no role. An existing role gets access by an access entry of type HYBRID_LINUX.",
      ),
    trust_anchor_arn: trustAnchorArn
      .nullable()
      .describe("Trust anchor of IAM Roles Anywhere that issues the nodes' certificates; null with SSM."),
    ...grants,
  })
  .describe("The role of EKS Hybrid Nodes, and its access entry.");

export const autoMode = z
  .strictObject({
    enabled: z
      .boolean()
      .nullable()
      .describe(
        "true: EKS runs nodes, volumes, load balancers and DNS itself. null: this cluster never had Auto Mode. To disable it, set false, apply, and set null only then, because EKS keeps a setting that is removed from the file.",
      ),
    node_pools: z
      .array(z.enum(["general-purpose", "system"]))
      .describe("Node pools that EKS provides. Empty if all pools are your own."),
    custom_node_classes: z
      .boolean()
      .describe("Creates a second node role, with an access entry, for your own NodeClasses."),
    default_classes: z
      .boolean()
      .describe(
        "Creates the classes that EKS does not create: the StorageClass gp3, encrypted and the default, and the IngressClass alb, internal. For clusters that have Auto Mode nodes only.",
      ),
  })
  .describe("EKS Auto Mode.");

export const oidcIdentityProviders = z
  .array(
    z.strictObject({
      name: itemName(63).describe("Name of the association. Changing any of its settings replaces the association."),
      issuer_url: httpsAddress.describe("https:// address of the issuer, which EKS reaches over the internet."),
      client_id: oidcWord.describe("Client id, the audience of its tokens."),
      username_claim: oidcWord.optional().describe("Claim that is the user's name. Default: sub."),
      username_prefix: oidcWord.optional().describe("Put before the user's name; must not start with system:."),
      groups_claim: oidcWord.optional().describe("Claim that lists the user's groups. Optional."),
      groups_prefix: groupName.optional().describe("Put before each group; must not start with system:."),
      required_claims: z
        .record(z.string().min(1).max(63), oidcWord)
        .optional()
        .describe("Claims that a token must have, with their values."),
    }),
  )
  .max(1, "must have at most 1 item, because EKS supports one OIDC identity provider in a cluster")
  .describe("An OIDC identity provider whose users the Kubernetes API accepts in addition to IAM. EKS supports one.");

const argoCd = z.strictObject({
  idc_instance_arn: identityCenterArn.describe("Instance of IAM Identity Center whose people log in."),
  idc_region: regionName.optional().describe("Region of the instance. Default: the cluster's."),
  namespace: dnsLabel.optional().describe("Namespace of Argo CD's objects. Default: argocd."),
  vpce_ids: z
    .array(resourceId("vpce", "a VPC endpoint"))
    .optional()
    .describe("VPC endpoints through which the server is reached. Default: the internet."),
  rbac_role_mappings: z
    .array(
      z.strictObject({
        role: z.enum(["ADMIN", "EDITOR", "VIEWER"]).describe("Role in Argo CD."),
        identities: z
          .array(
            z.strictObject({
              id: oidcWord.describe("Id of the user or group in IAM Identity Center."),
              type: z.enum(["SSO_USER", "SSO_GROUP"]).describe("Kind of identity."),
            }),
          )
          .min(1)
          .describe("Users and groups that have the role."),
      }),
    )
    .optional()
    .describe("Roles of users and groups in Argo CD."),
});

export const capabilities = z
  .array(
    z.strictObject({
      name: itemName(32).describe("Name of the capability; renaming it replaces it."),
      type: z
        .enum(["ACK", "ARGOCD", "KRO"])
        .describe("What AWS runs: controllers for AWS resources (ACK), Argo CD, or kro. One of a type in a cluster."),
      ...grants,
      role_arn: roleArn.optional().describe("An existing role, which is not changed. By default, a role is created."),
      access_policies: z
        .array(accessPolicy)
        .optional()
        .describe("Access policies in Kubernetes, in addition to those that EKS assigns."),
      argo_cd: argoCd.optional().describe("Settings of type ARGOCD, which requires them."),
    }),
  )
  .describe(
    "EKS capabilities, which AWS runs for the cluster, outside it. Objects that a capability created remain when it is removed.",
  );
