import type { LaunchTemplateConfig } from "@cdktf/provider-aws/lib/launch-template";
import type { Worker } from "../../fleet/model/cluster";
import { given } from "../../language/given";

/** Returns options of an instance besides its type and its image. EC2 decides those that the definition leaves out. */
export function instanceOptions(worker: Worker): Partial<LaunchTemplateConfig> {
  const { auto_recovery, cpu_options, enclave_enabled, key_name, private_dns_name_options } = worker;
  const { amd_sev_snp, core_count, threads_per_core } = cpu_options;
  const counted = core_count !== null && threads_per_core !== null;
  const cpu = given({
    coreCount: counted ? core_count : undefined,
    threadsPerCore: counted ? threads_per_core : undefined,
    amdSevSnp: amd_sev_snp,
  });
  const { hostname_type: hostnameType, enable_resource_name_dns_a_record } = private_dns_name_options;
  return given({
    keyName: key_name,
    cpuOptions: Object.keys(cpu).length === 0 ? undefined : cpu,
    privateDnsNameOptions: hostnameType && {
      hostnameType,
      enableResourceNameDnsARecord: enable_resource_name_dns_a_record,
    },
    enclaveOptions: enclave_enabled ? { enabled: true } : undefined,
    maintenanceOptions: auto_recovery && { autoRecovery: auto_recovery },
  });
}
