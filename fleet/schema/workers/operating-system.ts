import { z } from "zod";
import { AMI_TYPES, OPERATING_SYSTEMS, RETIRED_AMI_TYPES } from "../../../aws/ami";
import { resourceId } from "../../../language/words/aws-ids";
import { rawValues } from "../../../language/words/text";

/** No control characters: Terraform's text and MIME have no place for them. */
export const script = z
  .string()
  .min(1)
  .max(16384)
  .regex(/^[^\p{Cc}]*(?:[\n\t][^\p{Cc}]*)*$/u, "must be text without control characters");

/** Operating system and boot scripts of a node. */
export const operatingSystem = {
  ami_type: z
    .enum(AMI_TYPES, { error: ({ input }) => notToBeHad(input) })
    .describe(
      "Operating system, architecture and variant, by the names of the EKS API. CUSTOM is your own image, by its ami_id.",
    ),
  ami_id: resourceId("ami", "an image")
    .nullable()
    .describe("Image of a group of ami_type CUSTOM; an id never changes what it means. null for an image of EKS."),
  ami_family: z
    .enum(OPERATING_SYSTEMS)
    .nullable()
    .describe(
      "Operating system that the image of ami_id is built from, which decides how its nodes join; null for an image of EKS.",
    ),
  pre_bootstrap_script: script
    .nullable()
    .describe(
      "Runs once, before the node joins: a shell script on AL2023, PowerShell on Windows. Bottlerocket has no shell. null for none. It must not contain secrets, because everybody who may describe the launch template can read it.",
    ),
  post_bootstrap_script: script
    .nullable()
    .describe(
      "Runs once, after the start of the kubelet, like pre_bootstrap_script. Not supported in a managed Windows group.",
    ),
  node_config: rawValues.describe(
    "Further settings of nodeadm on AL2023: the `spec` of a NodeConfig (node.eks.aws/v1alpha1), merged last. It must not change the cluster.",
  ),
  bottlerocket_settings: rawValues.describe(
    "Further settings of Bottlerocket: `settings` by its own names, such as kernel.sysctl or bootstrap-containers, merged last. They must not change how the node joins.",
  ),
};

/** Returns the message for a name of the EKS API that is not supported, with a replacement. */
function notToBeHad(input: unknown): string | undefined {
  if (typeof input !== "string") return undefined;
  // Newer than the provider, whose plan would refuse them.
  if (/^BOTTLEROCKET_.*_NVIDIA_FIPS$/.test(input))
    return `must be an image type that Terraform's AWS provider supports, and its version here is too old for this one. Use ${input.replace("_FIPS", "")}, or ${input.replace("_NVIDIA", "")} without GPUs`;
  if (!/^AL2(?:_|$)/.test(input)) return undefined;
  const instead = RETIRED_AMI_TYPES.get(input) ?? "AL2023_x86_64_STANDARD";
  return `must be an image type that EKS publishes, and EKS publishes none of Amazon Linux 2 since Kubernetes 1.33. Use ${instead}`;
}
