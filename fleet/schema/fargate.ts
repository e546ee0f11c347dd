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
    .describe("Namespace of the pods; * stands for any text, ? for one character."),
  labels: z
    .record(labelKey, labelValue)
    .refine((labels) => Object.keys(labels).length <= 5, "must have at most 5 labels, which is what EKS takes")
    .optional()
    .describe("Labels that the pods all have; left out, any."),
});

const profile = z.strictObject({
  name: itemName(40)
    .regex(/^(?!eks-)/, "must not begin with eks-, which EKS keeps for itself: take another name")
    .describe("Name of the profile, unique in the cluster. Renaming replaces it, and the pods with it."),
  selectors: z
    .array(selector)
    .min(1)
    .max(5)
    .describe("Which pods run on it: those that one of the selectors fits. EKS takes 5."),
  subnet_tier: z
    .enum(["private", "intra"])
    .optional()
    .describe(
      "Subnets that the pods lie in; left out, private. Fargate takes no public ones, and intra ones reach no registry without endpoints.",
    ),
  availability_zones: z
    .array(z.string())
    .min(1)
    .optional()
    .describe("Zones of the network that the pods run in; left out, all of them."),
  managed_policy_arns: z
    .array(policyArn)
    .max(10)
    .optional()
    .describe(
      "IAM policies of the role that starts the pods, besides AmazonEKSFargatePodExecutionRolePolicy: such as one for their logs. Pods themselves should have a role of their own.",
    ),
  statements: z.array(iamStatement).optional().describe("What else that role may do: statements of an inline policy."),
  pod_execution_role_arn: roleArn
    .optional()
    .describe(
      "IAM role that exists, in place of the one that starts the pods; left out, one is made. It trusts eks-fargate-pods.amazonaws.com.",
    ),
  tags: tagMap.optional().describe("AWS tags of the profile, besides the cluster's."),
});

/** Pods with no node of ours under them. */
export const fargateProfiles = z
  .array(profile)
  .max(10)
  .describe(
    "Fargate profiles: pods that they select run on machines of AWS's, one each. DaemonSets, GPUs, block volumes and Pod Identity are not there.",
  );
