import { z } from "zod";
import { roleArn } from "../../language/words/arns";
import { eksAddonName } from "../../language/words/aws-ids";
import { dnsLabel, objectName } from "../../language/words/kubernetes";
import { rawValues } from "../../language/words/text";
import { eksAddonVersion } from "../../language/words/versions";
import { grants } from "./granted-roles";

const values = rawValues.describe(
  "Configuration values of the EKS add-on. Merged over the generated values, which they override.",
);
const onCreate = z
  .enum(["NONE", "OVERWRITE"])
  .describe("What happens if the cluster already has objects of the add-on: NONE fails, OVERWRITE adopts them.");
const onUpdate = z
  .enum(["NONE", "OVERWRITE", "PRESERVE"])
  .describe(
    "What happens if an object was changed by hand: NONE fails, OVERWRITE reverts the change, PRESERVE keeps it.",
  );
const preserve = z.boolean().describe("Keeps the add-on's objects on the cluster when the EKS add-on is removed.");

/** An EKS add-on that nodes wait for. */
export const eksAddon = z.strictObject({
  enabled: z
    .boolean()
    .describe(
      "Installs the add-on. Set false if something else does its work. For vpc-cni and kube-proxy, nodes then require an item of extra_charts or extra_eks_addons with before_nodes: true.",
    ),
  version: eksAddonVersion
    .nullable()
    .describe("Exact version, as `aws eks describe-addon-versions` lists it; null uses the release's version."),
  resolve_conflicts_on_create: onCreate,
  resolve_conflicts_on_update: onUpdate,
  preserve,
  values,
});

/** An EKS add-on that has no section of its own: of AWS, of the community or of the marketplace. */
export const extraEksAddons = z
  .array(
    z.strictObject({
      name: eksAddonName.describe(
        "Name of the EKS add-on, as `aws eks describe-addon-versions` lists it, such as adot.",
      ),
      version: eksAddonVersion.describe("Exact version, as `aws eks describe-addon-versions` lists it."),
      before_nodes: z
        .boolean()
        .describe(
          "true: installs it with the control plane, before the first node, if nodes wait for it. false: installs it with the addons, after the nodes, because EKS waits until its pods run.",
        ),
      namespace: dnsLabel.optional().describe("Namespace of its service accounts. Default: kube-system."),
      values: values.optional(),
      resolve_conflicts_on_create: onCreate.optional(),
      resolve_conflicts_on_update: onUpdate.optional(),
      preserve: preserve.optional(),
      service_accounts: z
        .array(
          z.strictObject({
            service_account: objectName.describe(
              "Service account of the EKS add-on that calls AWS. EKS refuses a name that the add-on does not support, at apply: `aws eks describe-addon-configuration` lists the supported names.",
            ),
            ...grants,
            role_arn: roleArn
              .optional()
              .describe("An existing role, which is not changed. By default, a role is created."),
          }),
        )
        .optional()
        .describe("Service accounts that call AWS. Each gets a role, by EKS Pod Identity."),
    }),
  )
  .describe("Further EKS add-ons. An add-on that has its own section is configured there.");
