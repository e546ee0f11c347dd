import type { Overlays } from "./entry";

/** Overlays of IAM and KMS. */
export const IDENTITY: Overlays = {
  aws_iam_role: {
    source: "internal/service/iam/role.go",
    rules: [
      { path: "name", max: 64, pattern: /^[\w+=,.@-]*$/ },
      { path: "name_prefix", max: 38 },
      { path: "assume_role_policy", json: true },
      { path: "description", max: 1000 },
    ],
  },
  aws_iam_policy: {
    source: "internal/service/iam/policy.go",
    rules: [
      { path: "name", max: 128, pattern: /^[\w+=,.@-]*$/ },
      { path: "policy", json: true },
      { path: "description", max: 1000 },
    ],
  },
  aws_iam_service_linked_role: {
    source: "internal/service/iam/service_linked_role.go",
    forceNew: ["aws_service_name", "custom_suffix"],
    rules: [
      { path: "aws_service_name", pattern: /\./, message: "must be the name of a service, such as spot.amazonaws.com" },
    ],
  },
  aws_iam_role_policy: {
    source: "internal/service/iam/role_policy.go",
    rules: [
      { path: "name", max: 128, pattern: /^[\w+=,.@-]*$/ },
      { path: "policy", json: true },
    ],
  },
  aws_iam_role_policy_attachment: {
    source: "internal/service/iam/role_policy_attachment.go",
    rules: [{ path: "policy_arn", pattern: /^arn:/, message: "is not an ARN" }],
  },
  aws_iam_instance_profile: {
    source: "internal/service/iam/instance_profile.go",
    rules: [{ path: "name", max: 128, pattern: /^[\w+=,.@-]*$/ }],
  },
  aws_iam_openid_connect_provider: {
    source: "internal/service/iam/openid_connect_provider.go",
    rules: [{ path: "url", pattern: /^https:\/\//, message: "must be an https URL" }],
  },
  aws_kms_key: {
    source: "internal/service/kms/key.go",
    rules: [{ path: "policy", json: true }],
  },
  aws_kms_alias: {
    source: "internal/service/kms/alias.go",
    rules: [
      { path: "name", pattern: /^alias\/(?!aws\/)/, message: 'must begin with "alias/" and not with "alias/aws/"' },
    ],
  },
};
