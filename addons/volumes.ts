import type { AddonSubject } from "./addon";

/** What a cluster without volumes of the class gp3 would have to set. */
export function volumesAdvice({ auto_mode_only }: Pick<AddonSubject, "auto_mode_only">): string {
  return auto_mode_only ? "set tfvars.cluster.auto_mode.default_classes: true" : "set aws_ebs_csi_driver_enabled: true";
}
