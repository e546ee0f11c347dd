import { z } from "zod";
import { roleArn } from "../../language/words/arns";
import { eksAddonName } from "../../language/words/aws-ids";
import { dnsLabel, objectName } from "../../language/words/kubernetes";
import { rawValues } from "../../language/words/text";
import { eksAddonVersion } from "../../language/words/versions";
import { grants } from "./granted-roles";

const values = rawValues.describe("Configuration values of the EKS add-on, merged over ours; they always win.");
const onCreate = z
  .enum(["NONE", "OVERWRITE"])
  .describe("Where something of it is on the cluster already: NONE fails, OVERWRITE takes it over.");
const onUpdate = z
  .enum(["NONE", "OVERWRITE", "PRESERVE"])
  .describe("Where somebody changed it by hand: NONE fails, OVERWRITE takes that back, PRESERVE keeps it.");
const preserve = z.boolean().describe("Leaves what runs on the cluster when the EKS add-on is removed from it.");

/** An EKS add-on that nodes wait for. */
export const eksAddon = z.strictObject({
  enabled: z
    .boolean()
    .describe("Installs it. false where something else does its work, as another CNI does that of vpc-cni."),
  version: eksAddonVersion
    .nullable()
    .describe("Exact version, as `aws eks describe-addon-versions` lists it; null takes the release's."),
  resolve_conflicts_on_create: onCreate,
  resolve_conflicts_on_update: onUpdate,
  preserve,
  values,
});

/** An EKS add-on that has no section of its own: of AWS, of the community or of the marketplace. */
export const extraEksAddons = z
  .array(
    z.strictObject({
      name: eksAddonName.describe("Name by which EKS knows it, such as adot; of `aws eks describe-addon-versions`."),
      version: eksAddonVersion.describe("Exact version, as `aws eks describe-addon-versions` lists it."),
      before_nodes: z
        .boolean()
        .describe(
          "true: with the control plane, before the first node, for what nodes wait for. false: with the addons, after the nodes, because EKS waits until its pods run.",
        ),
      namespace: dnsLabel.optional().describe("Namespace of its service accounts; absent for kube-system."),
      values: values.optional(),
      resolve_conflicts_on_create: onCreate.optional(),
      resolve_conflicts_on_update: onUpdate.optional(),
      preserve: preserve.optional(),
      service_accounts: z
        .array(
          z.strictObject({
            service_account: objectName.describe("Service account of the EKS add-on that calls AWS."),
            ...grants,
            role_arn: roleArn
              .optional()
              .describe("A role that exists already, and is not changed; absent for one that is made here."),
          }),
        )
        .optional()
        .describe("What its service accounts may do in AWS: each gets a role, by EKS Pod Identity."),
    }),
  )
  .describe("Further EKS add-ons. What has a section of its own is set there.");
