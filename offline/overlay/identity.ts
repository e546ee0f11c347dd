import type { Overlays } from "./entry";

/** Overlays of IAM and KMS. */
export const IDENTITY: Overlays = {
  aws_iam_role: {
    source: "internal/service/iam/role.go",
    forceNew: ["name", "path"],
    rules: [
      { path: "name", max: 64, pattern: /^[\w+=,.@-]*$/ },
      { path: "name_prefix", max: 38 },
      { path: "assume_role_policy", json: true },
      { path: "description", max: 1000 },
    ],
  },
  aws_iam_policy: {
    source: "internal/service/iam/policy.go",
    forceNew: ["name", "path", "description"],
    rules: [
      { path: "name", max: 128, pattern: /^[\w+=,.@-]*$/ },
      { path: "policy", json: true },
      { path: "description", max: 1000 },
    ],
  },
  aws_iam_role_policy: {
    source: "internal/service/iam/role_policy.go",
    forceNew: ["name", "role"],
    rules: [
      { path: "name", max: 128, pattern: /^[\w+=,.@-]*$/ },
      { path: "policy", json: true },
    ],
  },
  aws_iam_role_policy_attachment: {
    source: "internal/service/iam/role_policy_attachment.go",
    forceNew: ["role", "policy_arn"],
    rules: [{ path: "policy_arn", pattern: /^arn:/, message: "is not an ARN" }],
  },
  aws_iam_instance_profile: {
    source: "internal/service/iam/instance_profile.go",
    forceNew: ["name", "path"],
    rules: [{ path: "name", max: 128, pattern: /^[\w+=,.@-]*$/ }],
  },
  aws_iam_openid_connect_provider: {
    source: "internal/service/iam/openid_connect_provider.go",
    forceNew: ["url"],
    rules: [{ path: "url", pattern: /^https:\/\//, message: "must be an https URL" }],
  },
  aws_rolesanywhere_profile: { source: "internal/service/rolesanywhere/profile.go" },
  aws_kms_key: {
    source: "internal/service/kms/key.go",
    forceNew: ["customer_master_key_spec", "key_usage", "multi_region", "custom_key_store_id", "xks_key_id"],
    rules: [{ path: "policy", json: true }],
  },
  aws_kms_alias: {
    source: "internal/service/kms/alias.go",
    forceNew: ["name"],
    rules: [
      { path: "name", pattern: /^alias\/(?!aws\/)/, message: 'must begin with "alias/" and not with "alias/aws/"' },
    ],
  },
};
