import type { LaunchTemplateConfig } from "@cdktf/provider-aws/lib/launch-template";
import type { Worker } from "../../fleet/cluster";

/** What an instance is besides its type and its image; what nobody asked for is left to EC2. */
export function instanceOptions(worker: Worker): Partial<LaunchTemplateConfig> {
  const { auto_recovery, cpu_options, enclave_enabled, key_name, private_dns_name_options } = worker;
  const { core_count, threads_per_core } = cpu_options;
  const { hostname_type, enable_resource_name_dns_a_record } = private_dns_name_options;
  return {
    ...(key_name === null ? {} : { keyName: key_name }),
    ...(core_count === null || threads_per_core === null
      ? {}
      : { cpuOptions: { coreCount: core_count, threadsPerCore: threads_per_core } }),
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
