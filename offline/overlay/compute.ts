import type { Overlays } from "./entry";

const RETENTION = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;
const S3 = "internal/service/s3/";

/** Overlays of compute, queues, events, logs and storage. */
export const COMPUTE: Overlays = {
  aws_launch_template: {
    source: "internal/service/ec2/ec2_launch_template.go",
    rules: [
      { path: "name", max: 128, pattern: /^[\w().\-/]{3,}$/ },
      { path: "metadata_options.http_tokens", oneOf: ["optional", "required"] },
      { path: "metadata_options.http_endpoint", oneOf: ["enabled", "disabled"] },
    ],
    conflicts: [
      ["default_version", "update_default_version"],
      ["instance_type", "instance_requirements"],
      ["security_group_names", "vpc_security_group_ids"],
      ["network_interfaces", "vpc_security_group_ids"], // EC2 accepts the groups in one place only
    ],
  },
  aws_placement_group: {
    source: "internal/service/ec2/ec2_placement_group.go",
    rules: [
      { path: "strategy", oneOf: ["cluster", "partition", "spread"] },
      { path: "spread_level", oneOf: ["host", "rack"] },
    ],
  },
  aws_autoscaling_group: {
    source: "internal/service/autoscaling/group.go",
    rules: [
      { path: "name", max: 255 },
      { path: "name_prefix", max: 229 },
    ],
    conflicts: [
      ["launch_configuration", "launch_template", "mixed_instances_policy"],
      ["availability_zones", "vpc_zone_identifier"],
    ],
  },
  aws_autoscaling_lifecycle_hook: {
    source: "internal/service/autoscaling/lifecycle_hook.go",
    rules: [
      {
        path: "lifecycle_transition",
        oneOf: ["autoscaling:EC2_INSTANCE_LAUNCHING", "autoscaling:EC2_INSTANCE_TERMINATING"],
      },
    ],
  },
  aws_sqs_queue: {
    source: "internal/service/sqs/queue.go",
    rules: [{ path: "name", max: 80, pattern: /^[0-9A-Za-z_-]+(\.fifo)?$/ }],
    conflicts: [["kms_master_key_id", "sqs_managed_sse_enabled"]],
  },
  aws_sqs_queue_policy: {
    source: "internal/service/sqs/queue_policy.go",
    rules: [{ path: "policy", json: true }],
  },
  aws_cloudwatch_event_rule: {
    source: "internal/service/events/rule.go",
    rules: [
      { path: "name", max: 64, pattern: /^[0-9A-Za-z_.-]*$/ },
      { path: "event_pattern", json: true },
    ],
  },
  aws_cloudwatch_event_target: {
    source: "internal/service/events/target.go",
    rules: [{ path: "target_id", max: 64 }],
    conflicts: [["input", "input_path", "input_transformer"]],
    items: {
      "ecs_target.ordered_placement_strategy": { max: 5 },
      "ecs_target.placement_constraint": { max: 10 },
      run_command_targets: { max: 5 },
      "sagemaker_pipeline_target.pipeline_parameter_list": { max: 200 },
    },
  },
  aws_cloudwatch_log_group: {
    source: "internal/service/logs/group.go",
    rules: [
      { path: "name", max: 512, pattern: /^[.\-_/#A-Za-z0-9]*$/ },
      { path: "retention_in_days", oneOf: RETENTION },
    ],
  },
  aws_s3_bucket: {
    source: `${S3}bucket.go`,
    content: {
      type: "aws_s3_object",
      attribute: "bucket",
      deletedIf: "force_destroy",
      message: "BucketNotEmpty: The bucket you tried to delete is not empty",
    },
    rules: [
      { path: "bucket", max: 63, pattern: /^[a-z0-9.-]{3,}$/ },
      { path: "bucket_prefix", max: 37 },
    ],
  },
  aws_s3_bucket_policy: {
    source: `${S3}bucket_policy.go`,
    rules: [{ path: "policy", json: true }],
  },
  aws_ssm_parameter: {
    source: "internal/service/ssm/parameter.go",
    rules: [{ path: "type", oneOf: ["String", "StringList", "SecureString"] }],
  },
  aws_secretsmanager_secret_version: {
    source: "internal/service/secretsmanager/secret_version.go",
    forceNew: ["secret_id", "secret_string", "secret_binary"],
    sensitive: ["secret_string", "secret_binary", "secret_string_wo"],
  },
};
