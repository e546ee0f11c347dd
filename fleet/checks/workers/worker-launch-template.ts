import type { Worker } from "../../model/cluster";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";

/** What only the launch template says, so that it has no effect beside one that exists. */
const SAID_BY_TEMPLATE = [
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

const effects: WorkerRule = ({ launch_template }) => {
  if (launch_template === null) return [];
  return SAID_BY_TEMPLATE.map((key) => ({
    own: true,
    path: [key],
    given: [["launch_template"]],
    message: `has no effect beside launch_template ${launch_template.id}, which is left as it is: say it there, or let a template be made`,
  }));
};

const oneType: WorkerRule = ({ instance_types, launch_template }) => {
  if (launch_template?.has_instance_type !== true || instance_types.length === 1) return [];
  const message = `lists ${instance_types.length} types, and a launch template names one: list that one, or take it out of the template`;
  return [{ path: ["instance_types"], given: [["launch_template"]], message }];
};

/** A template that exists is taken as it is. */
export const checkLaunchTemplate = eachWorker([effects, oneType]);
