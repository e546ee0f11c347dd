import type { Worker } from "../../model/cluster";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";
import { noEffect } from "../../rules/forms";

/** Keys that only a launch template can apply. */
const IN_TEMPLATE = [
  "ami_id",
  "pre_bootstrap_script",
  "post_bootstrap_script",
  "node_config",
  "bottlerocket_settings",
  "kubelet",
  "root_volume",
  "data_volumes",
  "local_storage_strategy",
  "instance_name",
  "instance_tags",
  "metadata_options",
  "detailed_monitoring",
  "key_name",
  "public_key",
  "remote_access",
  "additional_security_group_ids",
  "associate_public_ip_address",
  "cpu_options",
  "private_dns_name_options",
  "enclave_enabled",
  "auto_recovery",
  "capacity_reservation",
  "placement_group",
  "efa_interface_count",
  "tenancy",
  "host_resource_group_arn",
  "cpu_credits",
  "license_configuration_arns",
] as const satisfies readonly (keyof Worker)[];

const effects = IN_TEMPLATE.map(
  (key): WorkerRule =>
    ({ launch_template }) => {
      if (launch_template === null) return [];
      const reason = `the group uses the existing launch template ${launch_template.id}`;
      return [{ ...noEffect([key], reason, "or remove launch_template"), own: true }];
    },
);

const oneType: WorkerRule = ({ instance_types, launch_template }) => {
  if (launch_template?.has_instance_type !== true || instance_types.length === 1) return [];
  const message = `must list only the type in the launch template, but lists ${instance_types.length} types. Remove the others, or remove the type from the template`;
  return [{ path: ["instance_types"], message }];
};

/** A group does not change an existing launch template. */
export const checkLaunchTemplate = eachWorker([...effects, oneType]);
