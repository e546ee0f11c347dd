import { operatingSystemOf } from "../../../aws/ami";
import { architectureOf, mostVcpus } from "../../../aws/instance-types";
import { valueAt } from "../../../language/plain-map";
import { namedTwice } from "../../../language/twice";
import { OWN_TAGS } from "../../../language/words/own-tags";
import type { Worker } from "../../model/cluster";
import { workerKind } from "../../nodes/worker-kind";
import { eachNamedType, eachWorker, type WorkerRule } from "../../rules/each-worker";
import { noEffect, ownRole, ownTags, requires } from "../../rules/forms";

const hops: WorkerRule = ({ metadata_options: { http_put_response_hop_limit: limit } }) => {
  if (limit === 1) return [];
  const path = ["metadata_options", "http_put_response_hop_limit"];
  const message = `lets every pod of the group use the nodes' role, because it is ${limit}. Set it to 1 and give pods their own roles with EKS Pod Identity`;
  return [{ path, message, severity: "warning" }];
};

/** Returns the key by which a group names its SSH key. */
function sshKey({ key_name, public_key }: Worker): "key_name" | "public_key" | undefined {
  if (key_name !== null) return "key_name";
  return public_key === null ? undefined : "public_key";
}

const twoKeys: WorkerRule = ({ key_name, public_key }) =>
  key_name === null || public_key === null
    ? []
    : [{ path: ["public_key"], message: "conflicts with key_name, which names an existing key. Remove one of them" }];

const accessWithoutKey: WorkerRule = (worker) => {
  if (worker.remote_access === null || operatingSystemOf(worker) === "WINDOWS") return [];
  if (sshKey(worker) !== undefined) return [];
  return [requires(["remote_access"], "key_name or public_key", "Set one of them, or remove remote_access")];
};

const windowsKey: WorkerRule = (worker) => {
  if (operatingSystemOf(worker) !== "WINDOWS" || worker.public_key?.startsWith("ssh-ed25519") !== true) return [];
  const message = "must be an ssh-rsa key on Windows, because EC2 encrypts the administrator password with it";
  return [{ path: ["public_key"], message }];
};

const bottlerocketKey: WorkerRule = (worker) => {
  const key = sshKey(worker);
  if (key === undefined || operatingSystemOf(worker) !== "BOTTLEROCKET") return [];
  if (valueAt(worker.bottlerocket_settings, "host-containers", "admin", "enabled") === true) return [];
  const remedy =
    "or set bottlerocket_settings.host-containers.admin.enabled: true. Session Manager requires neither of them";
  return [noEffect([key], "Bottlerocket runs SSH only in the admin container", remedy)];
};

/** SSH through Session Manager requires the key, but no open port. */
const keyWithoutAccess: WorkerRule = (worker) => {
  const key = sshKey(worker);
  const { additional_security_group_ids, remote_access, session_manager } = worker;
  if (key === undefined || session_manager || remote_access !== null) return [];
  if (additional_security_group_ids.length > 0) return [];
  return [noEffect([key], "no security group allows SSH", "or set remote_access or session_manager: true")];
};

const profileWithoutRole: WorkerRule = ({ iam_role_arn, instance_profile_arn }) =>
  instance_profile_arn === null || iam_role_arn !== null
    ? []
    : [requires(["instance_profile_arn"], "iam_role_arn", "Set it to the role of the instance profile")];

const SETS_UP_ROLE = {
  additional_policy_arns: (worker) => worker.additional_policy_arns.length > 0,
  additional_policy_statements: (worker) => worker.additional_policy_statements.length > 0,
  session_manager: (worker) => !worker.session_manager,
} as const satisfies Readonly<Record<string, (worker: Worker) => boolean>>;

const roleSettings = Object.entries(SETS_UP_ROLE).map(
  ([key, isSet]): WorkerRule =>
    (worker) =>
      worker.iam_role_arn === null || !isSet(worker)
        ? []
        : [noEffect([key], "iam_role_arn names an existing role", "and change that role instead")],
);

const rolePerZone: WorkerRule = (worker) => {
  if (worker.iam_role_arn === null || !worker.per_zone || workerKind(worker) !== "self_managed") return [];
  const message =
    "belongs to a self-managed group in each zone, but the cluster accepts a role once. Define a group with its own role for each zone, or remove iam_role_arn";
  return [{ path: ["iam_role_arn"], message }];
};

const sharedRole: WorkerRule = ({ iam_role_arn, name }, { definition }) => {
  if (iam_role_arn === null) return [];
  const sharing = definition.tfvars.workers.filter((other) => other.iam_role_arn === iam_role_arn);
  const [first] = sharing;
  if (first === undefined || first.name === name) return [];
  if (sharing.every((other) => workerKind(other) === "managed")) return [];
  const message = `is also the role of ${first.name}, but the cluster accepts the role of a self-managed group once. Use a different role for each group`;
  return [{ path: ["iam_role_arn"], message }];
};

/** EC2 accepts 5 security groups on a network interface. */
const GROUPS_OF_AN_INTERFACE = 5;

const securityGroups: WorkerRule = (worker) => {
  const { additional_security_group_ids, efa_interface_count, remote_access } = worker;
  const ours = 1 + (efa_interface_count === null ? 0 : 1) + (remote_access === null ? 0 : 1);
  const room = GROUPS_OF_AN_INTERFACE - ours;
  const { length } = additional_security_group_ids;
  if (length <= room) return [];
  const message = `must list at most ${room} groups, because EC2 allows ${GROUPS_OF_AN_INTERFACE} on a network interface and ${ours} are added (for nodes, remote_access and EFA), but lists ${length}`;
  return [{ path: ["additional_security_group_ids"], message }];
};

const LISTS = [
  "additional_security_group_ids",
  "classic_load_balancers",
  "enabled_metrics",
  "license_configuration_arns",
  "target_group_arns",
  "termination_policies",
] as const;

const lists = LISTS.map(
  (key): WorkerRule =>
    (worker) =>
      namedTwice(worker[key], [key]),
);

const accessLists = (["cidrs", "source_security_group_ids"] as const).map(
  (key): WorkerRule =>
    ({ remote_access }) =>
      namedTwice(remote_access?.[key] ?? [], ["remote_access", key]),
);

const cpuPair: WorkerRule = ({ cpu_options: { core_count, threads_per_core } }) =>
  (core_count === null) === (threads_per_core === null)
    ? []
    : [requires(["cpu_options"], "both core_count and threads_per_core", "Set both, or remove both")];

const cpuOfOneType: WorkerRule = ({ cpu_options, instance_requirements, instance_types }) => {
  if (cpu_options.core_count === null || cpu_options.threads_per_core === null) return [];
  if (instance_types.length === 1 && instance_requirements === null) return [];
  return [requires(["cpu_options"], "a group of one instance type", "List one type in instance_types")];
};

const cpuThreads: WorkerRule = ({ cpu_options, instance_requirements, instance_types }) => {
  if (cpu_options.threads_per_core !== 2 || cpu_options.core_count === null) return [];
  const [type = ""] = instance_types;
  if (instance_requirements !== null || instance_types.length > 1 || architectureOf(type) !== "arm64") return [];
  const message = `must be 1 for ${type}, because Graviton runs one thread on each core, but is 2`;
  return [{ path: ["cpu_options", "threads_per_core"], message }];
};

/** EC2 refuses more cores than the instance type has. A type without threads has a core for each vCPU. */
const cpuCores: WorkerRule = ({
  cpu_options: { core_count, threads_per_core },
  instance_requirements,
  instance_types,
}) => {
  const [type = ""] = instance_types;
  const most = mostVcpus(type);
  if (core_count === null || most === undefined || instance_requirements !== null || instance_types.length > 1)
    return [];
  const threads = architectureOf(type) === "arm64" ? 1 : (threads_per_core ?? 1);
  const cores = Math.max(1, Math.floor(most / threads));
  if (core_count <= cores) return [];
  const message = `must be at most ${cores} for ${type}, which has ${most} vCPUs, but is ${core_count}`;
  return [{ path: ["cpu_options", "core_count"], message }];
};

/** AMD families that encrypt memory: from the sixth generation. */
const ENCRYPTS_MEMORY = /^[cmr][6-9]a[a-z]*\./;

const encryptedMemory = eachNamedType((type, { cpu_options }) =>
  cpu_options.amd_sev_snp === null || ENCRYPTS_MEMORY.test(type)
    ? undefined
    : `${type} does not support SEV-SNP. Remove cpu_options.amd_sev_snp, or use an AMD type, such as m6a.large`,
);

const nameRecord: WorkerRule = ({ private_dns_name_options: { enable_resource_name_dns_a_record, hostname_type } }) =>
  !enable_resource_name_dns_a_record || hostname_type === "resource-name"
    ? []
    : [
        noEffect(
          ["private_dns_name_options", "enable_resource_name_dns_a_record"],
          "hostname_type is not resource-name",
          "or set hostname_type: resource-name",
        ),
      ];

/** Types of at most 2 vCPUs, because the parent instance requires two, and burstable types, which support no enclaves. */
const NO_ENCLAVE = /^t\d|\.(?:nano|micro|small|medium|large)$|\.metal/;

const enclaves = eachNamedType((type, { enclave_enabled }) =>
  enclave_enabled && NO_ENCLAVE.test(type)
    ? `${type} does not support Nitro Enclaves. Use a type with at least 4 vCPUs that is not burstable, such as m6i.xlarge`
    : undefined,
);

/** Tags by which EKS, Auto Scaling and the controllers identify the owner of an instance. */
const OWNER = /^(?:kubernetes\.io\/cluster\/|k8s\.io\/|eks:|karpenter\.sh\/)/;

const ownerTags: WorkerRule = ({ instance_tags }) =>
  Object.keys(instance_tags)
    .filter((key) => OWNER.test(key))
    .map((key) => ({
      path: ["instance_tags", key],
      message: "is a tag by which controllers identify the owner of an instance. Remove it",
    }));

/** AWS accepts 50 tags on a resource. EKS and Auto Scaling each set one on an instance. */
const ROOM_FOR_TAGS = 50 - OWN_TAGS.length - 2;

const tagCount: WorkerRule = ({ instance_tags }, { definition }) => {
  const count = Object.keys(instance_tags).length;
  const most = ROOM_FOR_TAGS - Object.keys(definition.tfvars.common.tags).length;
  if (count === 0 || count <= most) return []; // too many common tags are reported there
  const message = `must have at most ${most} tags besides common.tags, because AWS accepts 50 on a resource, but has ${count}`;
  return [{ path: ["instance_tags"], message }];
};

export const checkInstances = eachWorker([
  ({ instance_types }) => namedTwice(instance_types, ["instance_types"]),
  hops,
  twoKeys,
  accessWithoutKey,
  windowsKey,
  bottlerocketKey,
  keyWithoutAccess,
  profileWithoutRole,
  ({ iam_role_arn }, subject) => ownRole(subject, ["iam_role_arn"], iam_role_arn),
  ...roleSettings,
  rolePerZone,
  sharedRole,
  securityGroups,
  ...lists,
  ...accessLists,
  cpuPair,
  cpuOfOneType,
  cpuThreads,
  cpuCores,
  encryptedMemory,
  nameRecord,
  enclaves,
  ({ instance_tags }) => ownTags(["instance_tags"], instance_tags),
  ownerTags,
  tagCount,
]);
