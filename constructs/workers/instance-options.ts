import type { LaunchTemplateConfig } from "@cdktf/provider-aws/lib/launch-template";
import type { Worker } from "../../fleet/model/cluster";

/** What an instance is besides its type and its image; what nobody asked for is left to EC2. */
export function instanceOptions(worker: Worker): Partial<LaunchTemplateConfig> {
  const { auto_recovery, cpu_options, enclave_enabled, key_name, private_dns_name_options } = worker;
  const { amd_sev_snp, core_count, threads_per_core } = cpu_options;
  const cpu = {
    ...(core_count === null || threads_per_core === null
      ? {}
      : { coreCount: core_count, threadsPerCore: threads_per_core }),
    ...(amd_sev_snp === null ? {} : { amdSevSnp: amd_sev_snp }),
  };
  const { hostname_type, enable_resource_name_dns_a_record } = private_dns_name_options;
  return {
    ...(key_name === null ? {} : { keyName: key_name }),
    ...(Object.keys(cpu).length === 0 ? {} : { cpuOptions: cpu }),
    ...(hostname_type === null
      ? {}
      : {
          privateDnsNameOptions: {
            hostnameType: hostname_type,
            enableResourceNameDnsARecord: enable_resource_name_dns_a_record,
          },
        }),
    ...(enclave_enabled ? { enclaveOptions: { enabled: true } } : {}),
    ...(auto_recovery === null ? {} : { maintenanceOptions: { autoRecovery: auto_recovery } }),
  };
}
