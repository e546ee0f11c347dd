import { operatingSystemOf } from "../../../aws/ami";
import { architectureOf } from "../../../aws/instance-types";
import { valueAt } from "../../../language/plain-map";
import { namedTwice } from "../../../language/twice";
import { OWN_TAGS } from "../../../language/words/own-tags";
import type { Worker } from "../../model/cluster";
import type { Subject } from "../../model/subject";
import { namedTypes, workerKind } from "../../nodes/worker-kind";
import { ofEachWorker } from "../../rules/each-worker";
import type { Check, Finding } from "../../rules/finding";

/** What a group asks of its instances is possible, and has an effect. */
export const checkInstances: Check = (subject) =>
  ofEachWorker(subject, (worker) => [
    ...reached(worker),
    ...roles(worker, subject),
    ...twice(worker),
    ...securityGroups(worker),
    ...cpuOptions(worker),
    ...encryptedMemory(worker),
    ...options(worker),
    ...tags(worker, Object.keys(subject.definition.tfvars.common.tags).length),
  ]);

/** Who gets onto a node, and what pods get from it. */
function reached(worker: Worker): Finding[] {
  const { additional_security_group_ids, key_name, metadata_options, remote_access, session_manager } = worker;
  const findings: Finding[] = [];
  const hops = metadata_options.http_put_response_hop_limit;
  if (hops > 1) {
    const path = ["metadata_options", "http_put_response_hop_limit"];
    const message = `lets every pod of the group have its nodes' role, got ${hops}: give pods a role of their own by Pod Identity, and leave it at 1`;
    findings.push({ path, message, severity: "warning" });
  }
  const key = key_name !== null ? "key_name" : "public_key";
  if (worker[key] === null) {
    if (remote_access === null || operatingSystemOf(worker) === "WINDOWS") return findings;
    const message = "opens a port that nobody has a key for: set key_name or public_key, or remove it";
    return [...findings, { path: ["remote_access"], given: [["key_name"], ["public_key"]], message }];
  }
  if (operatingSystemOf(worker) === "WINDOWS" && worker.public_key?.startsWith("ssh-ed25519") === true) {
    const message = "is of a kind that EC2 does not take for Windows, whose password it encrypts: take one of ssh-rsa";
    findings.push({ path: [key], given: [["ami_type"], ["ami_family"]], message });
  }
  if (operatingSystemOf(worker) === "BOTTLEROCKET" && !hasAdminContainer(worker)) {
    const message =
      "has no effect on Bottlerocket without bottlerocket_settings.host-containers.admin.enabled: true; Session Manager needs neither";
    findings.push({ path: [key], given: [["ami_type"], ["bottlerocket_settings"]], message });
  }
  // SSH through Session Manager needs the key, and no port.
  if (additional_security_group_ids.length === 0 && remote_access === null && !session_manager) {
    const message =
      "lets nobody in: the nodes' own security group has no SSH. Say who may in remote_access, or set session_manager: true";
    const given = [["additional_security_group_ids"], ["remote_access"], ["session_manager"]];
    findings.push({ path: [key], given, message });
  }
  return findings;
}

function hasAdminContainer({ bottlerocket_settings }: Worker): boolean {
  return valueAt(bottlerocket_settings, "host-containers", "admin", "enabled") === true;
}

function roles(worker: Worker, { definition, account }: Subject): Finding[] {
  const { iam_role_arn, instance_profile_arn, session_manager } = worker;
  const given = [["iam_role_arn"]];
  if (iam_role_arn === null) {
    if (instance_profile_arn === null) return [];
    const message = "needs iam_role_arn, the role that it holds: the cluster lets nodes in by their role";
    return [{ path: ["instance_profile_arn"], given, message }];
  }
  const findings: Finding[] = [];
  const id = iam_role_arn.split(":")[4];
  if (account !== undefined && id !== account.id) {
    const message = `is a role of account ${id}, and the nodes run in ${account.id}: EC2 takes one of its own`;
    findings.push({ path: ["iam_role_arn"], message });
  }
  const others = "has no effect on a role that exists: change it where the role is made";
  for (const key of ["additional_policy_arns", "additional_policy_statements"] as const) {
    if (worker[key].length > 0) findings.push({ path: [key], given, message: others });
  }
  if (!session_manager) findings.push({ path: ["session_manager"], given, message: others });
  if (worker.per_zone && workerKind(worker) === "self_managed") {
    const message =
      "is the role of a self-managed group in each zone, and the cluster lets a role in once, for one of them: make a group by name for each zone, each with a role, or let roles be made";
    findings.push({ path: ["iam_role_arn"], given: [["kind"], ["per_zone"]], message });
  }
  const sharing = definition.tfvars.workers.filter((other) => other.iam_role_arn === iam_role_arn);
  const [first] = sharing;
  if (
    first !== undefined &&
    first.name !== worker.name &&
    sharing.some((other) => workerKind(other) === "self_managed")
  ) {
    const message = `is the role of ${first.name} too: the cluster lets a role in once, and for a self-managed group that is its own. Give each group a role`;
    findings.push({ path: ["iam_role_arn"], given: [["kind"]], message });
  }
  return findings;
}

/** EC2 takes five security groups on an interface. */
const GROUPS_OF_AN_INTERFACE = 5;

function securityGroups(worker: Worker): Finding[] {
  const { additional_security_group_ids, efa_interface_count, remote_access } = worker;
  const ours = 1 + (efa_interface_count === null ? 0 : 1) + (remote_access === null ? 0 : 1);
  const room = GROUPS_OF_AN_INTERFACE - ours;
  if (additional_security_group_ids.length <= room) return [];
  const message = `names ${additional_security_group_ids.length} beside the ${ours} that are made here (of all nodes, of remote_access, of adapters), and EC2 takes ${GROUPS_OF_AN_INTERFACE} on an interface: name at most ${room}`;
  const given = [["remote_access"], ["efa_interface_count"]];
  return [{ path: ["additional_security_group_ids"], given, message }];
}

/** Lists of which an item that stands there again says nothing, or has no address of its own in the state. */
const LISTS = [
  "additional_security_group_ids",
  "classic_load_balancers",
  "enabled_metrics",
  "license_configuration_arns",
  "target_group_arns",
  "termination_policies",
] as const;

function twice(worker: Worker): Finding[] {
  const { cidrs = [], source_security_group_ids = [] } = worker.remote_access ?? {};
  return [
    ...LISTS.flatMap((key) => namedTwice(worker[key], [key])),
    ...namedTwice(cidrs, ["remote_access", "cidrs"]),
    ...namedTwice(source_security_group_ids, ["remote_access", "source_security_group_ids"]),
  ];
}

function cpuOptions({ cpu_options, instance_requirements, instance_types }: Worker): Finding[] {
  const { core_count, threads_per_core } = cpu_options;
  const path = ["cpu_options"];
  if (core_count === null && threads_per_core === null) return [];
  if (core_count === null || threads_per_core === null)
    return [{ path, message: "needs both core_count and threads_per_core: EC2 takes one with the other" }];
  if (instance_types.length > 1 || instance_requirements !== null)
    return [
      { path, given: [["instance_types"]], message: "needs a group of one instance type: another has other cores" },
    ];
  const [type = ""] = instance_types;
  if (threads_per_core === 2 && architectureOf(type) === "arm64")
    return [
      {
        path: [...path, "threads_per_core"],
        given: [["instance_types"]],
        message: `must be 1 for ${type}: Graviton runs one thread a core`,
      },
    ];
  return [];
}

/** Families of AMD's processors that encrypt memory, from the sixth generation on. */
const ENCRYPTS_MEMORY = /^[cmr][6-9]a[a-z]*\./;

function encryptedMemory(worker: Worker): Finding[] {
  if (worker.cpu_options.amd_sev_snp === null) return [];
  const given = [["cpu_options", "amd_sev_snp"]];
  return namedTypes(worker).flatMap((type, index) =>
    ENCRYPTS_MEMORY.test(type)
      ? []
      : [
          {
            path: ["instance_types", index],
            given,
            message: `${type} knows no SEV-SNP, for which cpu_options.amd_sev_snp is: take an AMD type, such as m6a.large, or remove it`,
          },
        ],
  );
}

/** Two vCPUs or fewer, of which the parent needs two; burstable types have no enclaves at all. */
const NO_ENCLAVE = /^t\d|\.(?:nano|micro|small|medium|large|metal.*)$/;

function options(worker: Worker): Finding[] {
  const { enclave_enabled, private_dns_name_options } = worker;
  const { enable_resource_name_dns_a_record, hostname_type } = private_dns_name_options;
  const findings: Finding[] = [];
  if (enable_resource_name_dns_a_record && hostname_type !== "resource-name") {
    const path = ["private_dns_name_options", "enable_resource_name_dns_a_record"];
    findings.push({
      path,
      given: [["private_dns_name_options", "hostname_type"]],
      message: "has no effect without hostname_type: resource-name",
    });
  }
  if (!enclave_enabled) return findings;
  const unfit = namedTypes(worker).flatMap((type, index) =>
    NO_ENCLAVE.test(type)
      ? [
          {
            path: ["instance_types", index],
            given: [["enclave_enabled"]],
            message: `${type} runs no Nitro Enclaves: take a type of four vCPUs or more that is not burstable, such as m6i.xlarge`,
          },
        ]
      : [],
  );
  return [...findings, ...unfit];
}

/** What says whose an instance is, to EKS, Auto Scaling and the controllers. */
const THEIRS = /^(?:kubernetes\.io\/cluster\/|k8s\.io\/|eks:|karpenter\.sh\/)/;

/** What AWS takes for a resource, less ours and the two by which EKS and Auto Scaling know an instance. */
const ROOM_FOR_TAGS = 50 - OWN_TAGS.length - 2;

function tags({ instance_tags }: Worker, common: number): Finding[] {
  const count = Object.keys(instance_tags).length;
  // Too many for everything have been told of.
  if (count > 0 && count > ROOM_FOR_TAGS - common) {
    const message = `must have at most ${ROOM_FOR_TAGS - common} tags beside those of everything, because AWS takes 50 a resource, got ${count}`;
    return [{ path: ["instance_tags"], given: [["tfvars", "common", "tags"]], message }];
  }
  return Object.keys(instance_tags).flatMap((key) => {
    if (OWN_TAGS.some((tag) => tag === key))
      return [
        {
          path: ["instance_tags", key],
          message: `is a tag of ours, on everything the cluster has: name yours otherwise (ours: ${OWN_TAGS.join(", ")})`,
        },
      ];
    if (THEIRS.test(key))
      return [{ path: ["instance_tags", key], message: "tells controllers whose the instance is: remove it" }];
    return [];
  });
}
