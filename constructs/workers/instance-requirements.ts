import type { AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirements as Requirements } from "@cdktf/provider-aws/lib/autoscaling-group";
import type { Worker } from "../../fleet/model/cluster";

/**
 * Returns the requirements of instances with the provider's keys. The definition has Terraform's own keys, of which the bindings'
 * are the camel case, so nothing is listed here; lists are copied, because the bindings may change theirs.
 */
export function instanceRequirements(wanted: NonNullable<Worker["instance_requirements"]>): Requirements {
  const spelled = Object.entries(wanted)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [
      key.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      Array.isArray(value) ? [...value] : value,
    ]);
  return Object.fromEntries(spelled) as Requirements;
}
