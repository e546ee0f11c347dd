import type { AddonSubject } from "../contract/addon-context";

/** Returns what to set on a cluster without volumes of the class gp3. */
export function volumesAdvice({ auto_mode_only }: Pick<AddonSubject, "auto_mode_only">): string {
  return auto_mode_only ? "set tfvars.cluster.auto_mode.default_classes: true" : "set aws_ebs_csi_driver_enabled: true";
}

/** Description of options for the volumes of a StatefulSet that no operator manages. */
export const ANOTHER_SIZE =
  " Kubernetes changes it in no StatefulSet that exists: for another size enlarge the claims, and delete the set with --cascade=orphan, before you deploy.";
