import { z } from "zod";
import { policyArn, roleArn } from "../../language/words/arns";
import { iamStatement } from "../../language/words/iam";
import { labelKey, labelValue } from "../../language/words/kubernetes";
import { itemName } from "../../language/words/names";
import { tagMap } from "../../language/words/tags";

const selector = z.strictObject({
  namespace: z
    .string()
    .regex(/^[a-z0-9*?](?:[a-z0-9*?-]{0,61}[a-z0-9*?])?$/, "must be a namespace, or several such as team-*")
    .describe("Namespace of the pods; * matches any text, ? matches one character."),
  labels: z
    .record(labelKey, labelValue)
    .refine((labels) => Object.keys(labels).length <= 5, "must have at most 5 labels, because EKS accepts no more")
    .optional()
    .describe("Labels that all the pods have. Default: any."),
});

const profile = z.strictObject({
  name: itemName(40)
    .regex(/^(?!eks-)/, "must not begin with eks-, which EKS reserves. Use another name")
    .describe("Name of the profile, unique in the cluster. Renaming replaces the profile and its pods."),
  generation: z
    .int()
    .min(1)
    .max(999)
    .optional()
    .describe(
      "Number that the profile's names depend on. A higher number creates the profile again under new names, for a profile whose creation failed. Default: 1.",
    ),
  selectors: z
    .array(selector)
    .min(1)
    .max(5)
    .describe("Selectors of the pods that run on the profile, at most 5. A pod must match one of them."),
  subnet_tier: z
    .enum(["private", "intra"])
    .optional()
    .describe(
      "Subnets of the pods. Default: private. Fargate does not support public subnets. Pods in intra subnets reach a registry only through endpoints.",
    ),
  availability_zones: z
    .array(z.string())
    .min(1)
    .optional()
    .describe("Zones of the network that the pods run in. Default: all of them."),
  managed_policy_arns: z
    .array(policyArn)
    .max(10)
    .optional()
    .describe(
      "IAM policies of the role that starts the pods, in addition to AmazonEKSFargatePodExecutionRolePolicy, such as one for their logs. Pods should have their own role.",
    ),
  statements: z
    .array(iamStatement)
    .optional()
    .describe("Further permissions of that role: statements of an inline policy."),
  pod_execution_role_arn: roleArn
    .optional()
    .describe(
      "Existing IAM role that starts the pods. It must trust eks-fargate-pods.amazonaws.com. By default, a role is created.",
    ),
  tags: tagMap.optional().describe("AWS tags of the profile, in addition to the cluster's."),
});

/** Pods with no node of ours under them. */
export const fargateProfiles = z
  .array(profile)
  .max(10)
  .describe(
    "Fargate profiles. Each selected pod runs on its own machine of AWS. Fargate does not support DaemonSets, GPUs, block volumes and Pod Identity.",
  );
