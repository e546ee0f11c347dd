import { ADOPTED_HERE, isAutoModeOnly } from "./describe-cluster";
import type { Inventory } from "./inventory";

const STACK_TAG = "aws:cloudformation:stack-name";

/** Returns advice about other owners of imported resources, by the tags of the cluster and the VPC. */
export function ownersOf({ cluster, vpcs }: Inventory): string[] {
  const stacks = new Set(
    [
      cluster.tags?.[STACK_TAG],
      ...vpcs.flatMap(({ Tags }) => Tags.flatMap(({ Key, Value }) => (Key === STACK_TAG ? Value : []))),
    ].filter((stack) => stack !== undefined),
  );
  const cloudFormation = [...stacks].map(
    (stack) =>
      `The CloudFormation stack ${stack} still owns resources. Set DeletionPolicy: Retain on all of them, and delete the stack. Otherwise, it deletes them later.`,
  );
  return [
    ...cloudFormation,
    "If another Terraform state has the resources, remove them there with `removed` blocks and destroy = false, or with terraform state rm.",
  ];
}

/** Returns the resources that are not imported, and what happens to them. */
export function leftBehind(inventory: Inventory): string[] {
  const { access_entries, addons, fargate_profiles, identity_providers, nodegroups, pod_identities } = inventory;
  const adopted = isAutoModeOnly(inventory) ? [] : ADOPTED_HERE;
  const further = addons.filter(({ addonName }) => !adopted.includes(addonName)).map(({ addonName }) => addonName);
  const nodes = access_entries.filter(({ entry: { type } }) => type !== "STANDARD").length;
  const identities = pod_identities.filter(({ serviceAccount }) => serviceAccount !== "aws-node").length;
  const lines: readonly (readonly [boolean, string])[] = [
    [
      nodegroups.length > 0,
      `Node groups (${nodegroups.map(({ nodegroupName }) => nodegroupName).join(", ")}) are not imported. eks-workers creates groups beside them: drain the old ones, and delete them with the tool that created them.`,
    ],
    [
      fargate_profiles.length > 0,
      `Fargate profiles (${fargate_profiles.map(({ fargateProfileName }) => fargateProfileName).join(", ")}) stay with their owner.`,
    ],
    [
      further.length > 0,
      `EKS add-ons (${further.join(", ")}) stay with their owner. Add them as addons or extra_eks_addons when you want to manage them here.`,
    ],
    [identities > 0, `Pod Identity associations (${identities}) stay with their owner.`],
    [
      identity_providers.length > 0,
      `OIDC identity providers (${identity_providers.map(({ name }) => name).join(", ")}) stay with their owner.`,
    ],
    [nodes > 0, "Access entries of nodes stay with EKS, which created them."],
    [
      true,
      "Helm releases and Kubernetes objects are not in the inventory, and stay as they are. Enable an addon with adopt: true to take over its release.",
    ],
    [true, "Rules of security groups, routes and endpoints that the definition does not have stay as they are."],
  ];
  return lines.flatMap(([isTrue, line]) => (isTrue ? [line] : []));
}
