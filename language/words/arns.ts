import { z } from "zod";
import { text } from "./text";

/** Roles and users that a person or a pipeline can be. */
export const principalArn = text(
  /^arn:aws[a-z-]*:iam::\d{12}:(?:role|user)\/[\w+=,.@/-]{1,512}$/,
  "the ARN of an IAM role or user",
  "arn:aws:iam::111111111111:role/platform-admin",
);

export const roleArn = text(
  /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
  "the ARN of an IAM role",
  "arn:aws:iam::111111111111:role/deploy",
);

/** A managed policy, of the account or of AWS. */
export const policyArn = text(
  /^arn:aws[a-z-]*:iam::(?:aws|\d{12}):policy\/[\w+=,.@/-]{1,512}$/,
  "the ARN of an IAM policy",
  "arn:aws:iam::111111111111:policy/boundary",
);

export const instanceProfileArn = text(
  /^arn:aws[a-z-]*:iam::\d{12}:instance-profile\/[\w+=,.@/-]{1,512}$/,
  "the ARN of an instance profile",
  "arn:aws:iam::111111111111:instance-profile/nodes",
);

export const kmsKeyArn = text(
  /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[a-z0-9-]{1,64}$/,
  "the ARN of a KMS key",
  "arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef",
);

/** A key that the program creates, or an existing one. */
export const ownOrKmsKey = z
  .string()
  .refine(
    (key) => key === "own" || kmsKeyArn.safeParse(key).success,
    "must be own, or the ARN of a KMS key, such as arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef",
  )
  .meta({
    examples: ["own", "arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef"],
  });

export const trustAnchorArn = text(
  /^arn:aws[a-z-]*:rolesanywhere:[a-z0-9-]+:\d{12}:trust-anchor\/[0-9a-f-]{36}$/,
  "the ARN of a trust anchor of IAM Roles Anywhere",
  "arn:aws:rolesanywhere:eu-west-1:111111111111:trust-anchor/01234567-89ab-cdef-0123-456789abcdef",
);

export const identityCenterArn = text(
  /^arn:aws[a-z-]*:sso:::instance\/(?:sso)?ins-[0-9a-f]{16}$/,
  "the ARN of an IAM Identity Center instance",
  "arn:aws:sso:::instance/ssoins-0123456789abcdef",
);

export const resourceGroupArn = text(
  /^arn:aws[a-z-]*:resource-groups:[a-z0-9-]+:\d{12}:group\/[\w.-]{1,128}$/,
  "the ARN of a resource group",
  "arn:aws:resource-groups:eu-west-1:111111111111:group/gpu-reservations",
);

export const licenseConfigurationArn = text(
  /^arn:aws[a-z-]*:license-manager:[a-z0-9-]+:\d{12}:license-configuration:lic-[0-9a-f]{32}$/,
  "the ARN of a license configuration",
  "arn:aws:license-manager:eu-west-1:111111111111:license-configuration:lic-0123456789abcdef0123456789abcdef",
);

export const targetGroupArn = text(
  /^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:targetgroup\/[\w-]{1,32}\/[0-9a-f]{16}$/,
  "the ARN of a target group",
  "arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/web/0123456789abcdef",
);

export const topicOrQueueArn = text(
  /^arn:aws[a-z-]*:(?:sns|sqs):[a-z0-9-]+:\d{12}:[\w.-]{1,256}$/,
  "the ARN of an SNS topic or an SQS queue",
  "arn:aws:sns:eu-west-1:111111111111:node-groups",
);

/** Returns the region in an ARN. It is empty for services without regions, such as IAM. */
export function regionOf(arn: string | null | undefined): string | undefined {
  return arn?.split(":")[3];
}

/** Returns the account in an ARN; `aws` for policies of AWS. */
export function accountOf(arn: string | null | undefined): string | undefined {
  return arn?.split(":")[4];
}

/** A role of IAM Identity Center, whose name ends in characters that AWS invents. */
export const ssoRolePattern = text(
  /^arn:aws[a-z-]*:iam::\d{12}:role\/aws-reserved\/sso\.amazonaws\.com\/(?:[a-z0-9-]+\/)?AWSReservedSSO_[\w+=,.@-]+_\*$/,
  "the ARN of an IAM role or user, or of a role of IAM Identity Center with * for its last 16 characters",
  "arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Platform_*",
);
