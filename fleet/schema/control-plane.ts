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
        "Encrypts secrets with a key of one's own. false leaves them to the key of AWS's, which EKS uses anyway. It cannot be undone: switching it off later replaces the cluster.",
      ),
    key_arn: kmsKeyArn
      .nullable()
      .describe(
        "An existing symmetric key of the region, which is not changed: its policy must let the account's IAM decide, or name the control plane's role, and let the deploying role create grants. null makes one. EKS cannot change the key of a cluster.",
      ),
    deletion_window_days: z.int().min(7).max(30).describe("Days that a deleted key can still be restored, 7 to 30."),
    rotation_period_days: z.int().min(90).max(2560).describe("Days between rotations of the key, 90 to 2560."),
    administrators: z.array(roleArn).describe("Roles that administer the key, besides the account's root."),
  })
  .describe("The key that encrypts the cluster's secrets.");

const minutes = z.int().min(1).max(1440).nullable();

export const timeouts = z
  .strictObject({
    create_minutes: minutes.describe("Minutes that Terraform waits for a new cluster; null for the provider's 30."),
    update_minutes: minutes.describe("Minutes that it waits for an upgrade or a change; null for the provider's 60."),
    delete_minutes: minutes.describe("Minutes that it waits for a deletion; null for the provider's 15."),
  })
  .describe("How long Terraform waits for EKS.");

const remoteCidrs = z.array(ipv4Block(8, 32)).max(15);

export const remoteNetworks = z
  .strictObject({
    node_cidrs: remoteCidrs.describe("Ranges of the nodes, at most 15. Changing them replaces the cluster."),
    pod_cidrs: remoteCidrs.describe(
      "Ranges of the pods on them, at most 15, where webhooks or services on them are called. Changing them replaces the cluster.",
    ),
  })
  .describe("Networks outside of AWS where EKS Hybrid Nodes run; empty for none. A VPN or Direct Connect routes them.");

export const hybridNodes = z
  .strictObject({
    credential_provider: z
      .enum(["SSM", "IAM_ROLES_ANYWHERE"])
      .nullable()
      .describe(
        "How hybrid nodes get their role: by Systems Manager's activations, or by certificates. null makes no role; one that exists is let in by an access entry of type HYBRID_LINUX.",
      ),
    trust_anchor_arn: trustAnchorArn
      .nullable()
      .describe("Trust anchor of IAM Roles Anywhere that the nodes' certificates come from; null with SSM."),
    ...grants,
  })
  .describe("The role of EKS Hybrid Nodes, and its access entry.");

export const autoMode = z
  .strictObject({
    enabled: z
      .boolean()
      .nullable()
      .describe(
        "true: EKS runs nodes, volumes, load balancers and DNS itself. null: this cluster never had it. To switch it off, set false, apply, and only then set null: what is taken out of the file stays as it is in EKS.",
      ),
    node_pools: z
      .array(z.enum(["general-purpose", "system"]))
      .describe("Pools of nodes that EKS brings along; empty where all pools are one's own."),
    custom_node_classes: z
      .boolean()
      .describe("Makes a second node role, with an access entry, for NodeClasses of one's own."),
    default_classes: z
      .boolean()
      .describe(
        "Makes the classes that EKS does not make: the StorageClass gp3, encrypted and the default, and the IngressClass alb, internal. For clusters whose nodes are all Auto Mode's.",
      ),
  })
  .describe("EKS Auto Mode.");

export const oidcIdentityProviders = z
  .array(
    z.strictObject({
      name: itemName(63).describe("Name of the association. Changing anything of it makes another one."),
      issuer_url: httpsAddress.describe("https:// address of the issuer, which EKS reaches over the internet."),
      client_id: oidcWord.describe("Client id, the audience of its tokens."),
      username_claim: oidcWord.optional().describe("Claim that is the user's name; absent for sub."),
      username_prefix: oidcWord.optional().describe("Put before the user's name; must not start with system:."),
      groups_claim: oidcWord.optional().describe("Claim that lists the user's groups; absent for none."),
      groups_prefix: groupName.optional().describe("Put before each group; must not start with system:."),
      required_claims: z
        .record(z.string().min(1).max(63), oidcWord)
        .optional()
        .describe("Claims that a token must have, with their values."),
    }),
  )
  .max(1, "EKS takes one OIDC identity provider a cluster")
  .describe("An OIDC identity provider, whose users the Kubernetes API knows besides those of IAM. EKS takes one.");

const argoCd = z.strictObject({
  idc_instance_arn: identityCenterArn.describe("Instance of IAM Identity Center whose people log in."),
  idc_region: regionName.optional().describe("Region of the instance; absent for the cluster's."),
  namespace: dnsLabel.optional().describe("Namespace of Argo CD's objects; absent for argocd."),
  vpce_ids: z
    .array(resourceId("vpce", "a VPC endpoint"))
    .optional()
    .describe("VPC endpoints through which its server is reached; absent for the internet."),
  rbac_role_mappings: z
    .array(
      z.strictObject({
        role: z.enum(["ADMIN", "EDITOR", "VIEWER"]).describe("Role in Argo CD."),
        identities: z
          .array(
            z.strictObject({
              id: oidcWord.describe("Id of the user or group in IAM Identity Center."),
              type: z.enum(["SSO_USER", "SSO_GROUP"]).describe("What the id is of."),
            }),
          )
          .min(1)
          .describe("Who has the role."),
      }),
    )
    .optional()
    .describe("Who may do what in Argo CD."),
});

export const capabilities = z
  .array(
    z.strictObject({
      name: itemName(32).describe("Name of the capability; renaming it replaces it."),
      type: z
        .enum(["ACK", "ARGOCD", "KRO"])
        .describe("What AWS runs: controllers for AWS resources (ACK), Argo CD, or kro. One of a type in a cluster."),
      ...grants,
      role_arn: roleArn
        .optional()
        .describe("A role that exists already, and is not changed; absent for one that is made here."),
      access_policies: z
        .array(accessPolicy)
        .optional()
        .describe("What it may do in Kubernetes besides what EKS gives it."),
      argo_cd: argoCd.optional().describe("Settings of type ARGOCD, which needs them."),
    }),
  )
  .describe(
    "EKS capabilities: what AWS runs for the cluster, outside of it. Objects that they made stay when one is removed.",
  );
