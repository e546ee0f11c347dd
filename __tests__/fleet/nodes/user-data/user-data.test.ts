import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";
import type { Worker } from "../../../../fleet/model/cluster";
import { userData } from "../../../../fleet/nodes/user-data/user-data";
import { type Part, workerOf } from "../../../support/cluster";

const JOIN = {
  name: "reference",
  endpoint: "https://ABC.eks.example.com",
  certificate_authority_data: "Q0E=",
  service_cidr: "172.20.0.0/16",
  dns_ip: "172.20.0.10",
};

const BOTTLEROCKET = { name: "a", ami_type: "BOTTLEROCKET_x86_64" } as const;
const WINDOWS = { name: "a", ami_type: "CUSTOM", ami_family: "WINDOWS", ami_id: "ami-01234567" } as const;

function textOf(settings: Part<Worker> & { readonly name: string }, join: typeof JOIN | undefined): string | undefined {
  const worker = workerOf(settings);
  return userData({ worker, labels: worker.labels, join });
}

/** The parts of a multi-part document, as cloud-init and nodeadm take it apart. */
function partsOf(text: string | undefined): { readonly type: string; readonly body: string }[] {
  const [head = "", ...parts] = (text ?? "").split(/^--nodeadm(?:--)?\n/m);
  expect(head).toBe('MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="nodeadm"\n\n');
  expect(parts.pop()).toBe("");
  return parts.map((part) => {
    const [, type = "", body = ""] = part.match(/^Content-Type: ([^\n]*)\n\n([\s\S]*)\n$/) ?? [];
    return { type, body };
  });
}

function specOf(text: string | undefined): unknown {
  const [part, ...others] = partsOf(text);
  expect([part?.type, others]).toEqual(["application/node.eks.aws", []]);
  return (parseYaml(part?.body ?? "") as { readonly spec: unknown }).spec;
}

const KUBELET = {
  max_pods: 58,
  kube_reserved: { cpu: "500m", memory: "1Gi", "ephemeral-storage": "2Gi" },
  system_reserved: { memory: "500Mi" },
  reserved_system_cpus: "0-1",
  eviction_hard: { "memory.available": "500Mi", "nodefs.available": "10%" },
  eviction_soft: { "memory.available": "1Gi" },
  eviction_soft_grace_period: { "memory.available": "1m30s" },
  eviction_max_pod_grace_period_seconds: 60,
  image_gc_high_threshold_percent: 75,
  image_gc_low_threshold_percent: 60,
  image_minimum_gc_age: "5m",
  image_maximum_gc_age: "72h",
  cpu_manager_policy: "static",
  cpu_manager_policy_options: ["full-pcpus-only", "strict-cpu-reservation"],
  cpu_cfs_quota: false,
  topology_manager_policy: "single-numa-node",
  topology_manager_scope: "pod",
  memory_manager_policy: "Static",
  reserved_memory: [{ numa_node: 0, limits: { memory: "1Gi" } }],
  pod_pids_limit: 1024,
  registry_qps: 0,
  registry_burst: 20,
  event_qps: 10,
  event_burst: 20,
  kube_api_qps: 30,
  kube_api_burst: 60,
  max_parallel_image_pulls: 4,
  container_log_max_size: "50Mi",
  container_log_max_files: 3,
  allowed_unsafe_sysctls: ["net.core.*"],
  cluster_dns: ["169.254.20.10"],
  shutdown_grace_period: "2m",
  shutdown_grace_period_critical_pods: "30s",
} as const satisfies Part<Worker["kubelet"]>;

describe("Amazon Linux 2023", () => {
  test("is empty for a managed group without settings", () => {
    expect(textOf({ name: "a", labels: { tier: "a" } }, undefined)).toBeUndefined();
  });

  test("has every kubelet setting under its name in KubeletConfiguration", () => {
    const kubelet = {
      ...KUBELET,
      serialize_image_pulls: false,
      feature_gates: { InPlacePodVerticalScaling: true, SomeAlpha: false },
      extra: { maxOpenFiles: 2_000_000 },
    };

    expect(specOf(textOf({ name: "a", kubelet }, undefined))).toEqual({
      kubelet: {
        config: {
          maxPods: 58,
          kubeReserved: { cpu: "500m", memory: "1Gi", "ephemeral-storage": "2Gi" },
          systemReserved: { memory: "500Mi" },
          reservedSystemCPUs: "0-1",
          evictionHard: { "memory.available": "500Mi", "nodefs.available": "10%" },
          evictionSoft: { "memory.available": "1Gi" },
          evictionSoftGracePeriod: { "memory.available": "1m30s" },
          evictionMaxPodGracePeriod: 60,
          imageGCHighThresholdPercent: 75,
          imageGCLowThresholdPercent: 60,
          imageMinimumGCAge: "5m",
          imageMaximumGCAge: "72h",
          cpuManagerPolicy: "static",
          cpuManagerPolicyOptions: { "full-pcpus-only": "true", "strict-cpu-reservation": "true" },
          cpuCFSQuota: false,
          topologyManagerPolicy: "single-numa-node",
          topologyManagerScope: "pod",
          memoryManagerPolicy: "Static",
          reservedMemory: [{ numaNode: 0, limits: { memory: "1Gi" } }],
          podPidsLimit: 1024,
          registryPullQPS: 0,
          registryBurst: 20,
          eventRecordQPS: 10,
          eventBurst: 20,
          kubeAPIQPS: 30,
          kubeAPIBurst: 60,
          serializeImagePulls: false,
          maxParallelImagePulls: 4,
          containerLogMaxSize: "50Mi",
          containerLogMaxFiles: 3,
          allowedUnsafeSysctls: ["net.core.*"],
          clusterDNS: ["169.254.20.10"],
          shutdownGracePeriod: "2m",
          shutdownGracePeriodCriticalPods: "30s",
          featureGates: { InPlacePodVerticalScaling: true, SomeAlpha: false },
          maxOpenFiles: 2_000_000,
        },
      },
    });
  });

  test("contains the cluster to join if EKS does not add it", () => {
    const settings = {
      name: "a",
      labels: { tier: "a" },
      taints: [{ key: "late", value: "", effect: "NoExecute" }],
      local_storage_strategy: "RAID0",
    } as const;

    expect(specOf(textOf(settings, JOIN))).toEqual({
      cluster: {
        name: "reference",
        apiServerEndpoint: "https://ABC.eks.example.com",
        certificateAuthority: "Q0E=",
        cidr: "172.20.0.0/16",
      },
      kubelet: { flags: ["--node-labels=tier=a", "--register-with-taints=late=:NoExecute"] },
      instance: { localStorage: { strategy: "RAID0" } },
    });
  });

  test("mounts volumes, then runs the definition's script, and puts the definition's NodeConfig last", () => {
    const parts = partsOf(
      textOf(
        {
          name: "a",
          pre_bootstrap_script: "echo before",
          kubelet: { max_pods: 20 },
          node_config: { kubelet: { config: { maxPods: 30 } } },
          data_volumes: [
            {
              name: "data",
              device_name: "/dev/sdf",
              size_gib: 10,
              volume_type: "gp3",
              delete_on_termination: true,
              mount_path: "/data",
            },
            { name: "raw", device_name: "/dev/sdg", size_gib: 10, volume_type: "gp3", delete_on_termination: true },
          ],
        },
        undefined,
      ),
    );

    expect(parts.map(({ type }) => type)).toEqual([
      'text/x-shellscript; charset="utf-8"',
      'text/x-shellscript; charset="utf-8"',
      "application/node.eks.aws",
      "application/node.eks.aws",
    ]);
    expect(parts[0]?.body).toBe(`#!/bin/bash
set -o errexit
for _ in $(seq 60); do [ -b /dev/sdf ] && break; sleep 1; done
blkid /dev/sdf || mkfs.xfs /dev/sdf
mkdir -p /data
echo "UUID=$(blkid -s UUID -o value /dev/sdf) /data auto defaults,nofail 0 2" >>/etc/fstab
mount /data
`);
    expect(parts[1]?.body).toBe("#!/bin/bash\necho before\n");
    expect(parts.slice(2).map(({ body }) => parseYaml(body))).toEqual([
      { apiVersion: "node.eks.aws/v1alpha1", kind: "NodeConfig", spec: { kubelet: { config: { maxPods: 20 } } } },
      { apiVersion: "node.eks.aws/v1alpha1", kind: "NodeConfig", spec: { kubelet: { config: { maxPods: 30 } } } },
    ]);
  });

  test("runs scripts after the kubelet by systemd, because nodeadm starts it after all scripts", () => {
    const [part] = partsOf(
      textOf({ name: "a", post_bootstrap_script: "#!/usr/bin/python3\nprint('$x')\n" }, undefined),
    );
    const lines = part?.body.split("\n") ?? [];

    expect(Buffer.from(lines[2]?.split(" ")[1] ?? "", "base64").toString()).toBe("#!/usr/bin/python3\nprint('$x')\n");
    expect([...lines.slice(0, 2), ...lines.slice(3)]).toEqual([
      "#!/bin/bash",
      "set -o errexit",
      "chmod 0700 /usr/local/sbin/post-bootstrap",
      "cat >/etc/systemd/system/post-bootstrap.service <<'END'",
      "[Unit]",
      "After=nodeadm-run.service kubelet.service",
      "[Service]",
      "Type=oneshot",
      "ExecStart=/usr/local/sbin/post-bootstrap",
      "END",
      "systemctl daemon-reload",
      "systemctl start --no-block post-bootstrap.service",
      "",
    ]);
  });
});

describe("Bottlerocket", () => {
  test("is empty for a managed group without settings", () => {
    expect(textOf({ ...BOTTLEROCKET, labels: { tier: "a" } }, undefined)).toBeUndefined();
  });

  test("has every kubelet setting under its name in settings.kubernetes", () => {
    expect(parseToml(textOf({ ...BOTTLEROCKET, kubelet: KUBELET }, undefined) ?? "")).toEqual({
      settings: {
        kubernetes: {
          "max-pods": 58,
          "kube-reserved": { cpu: "500m", memory: "1Gi", "ephemeral-storage": "2Gi" },
          "system-reserved": { memory: "500Mi" },
          "reserved-cpus": "0-1",
          "eviction-hard": { "memory.available": "500Mi", "nodefs.available": "10%" },
          "eviction-soft": { "memory.available": "1Gi" },
          "eviction-soft-grace-period": { "memory.available": "1m30s" },
          "eviction-max-pod-grace-period": 60,
          "image-gc-high-threshold-percent": 75,
          "image-gc-low-threshold-percent": 60,
          "image-minimum-gc-age": "5m",
          "image-maximum-gc-age": "72h",
          "cpu-manager-policy": "static",
          "cpu-manager-policy-options": ["full-pcpus-only", "strict-cpu-reservation"],
          "cpu-cfs-quota-enforced": false,
          "topology-manager-policy": "single-numa-node",
          "topology-manager-scope": "pod",
          "memory-manager-policy": "Static",
          "memory-manager-reserved-memory": { "0": { enabled: true, memory: "1Gi" } },
          "pod-pids-limit": 1024,
          "registry-qps": 0,
          "registry-burst": 20,
          "event-qps": 10,
          "event-burst": 20,
          "kube-api-qps": 30,
          "kube-api-burst": 60,
          "max-parallel-image-pulls": 4,
          "container-log-max-size": "50Mi",
          "container-log-max-files": 3,
          "allowed-unsafe-sysctls": ["net.core.*"],
          "cluster-dns-ip": "169.254.20.10",
          "shutdown-grace-period": "2m",
          "shutdown-grace-period-for-critical-pods": "30s",
        },
      },
    });
  });

  test("contains the cluster, labels, and taints with one key together", () => {
    const settings = {
      ...BOTTLEROCKET,
      labels: { "example.com/team": "data" },
      taints: [
        { key: "spot", value: "true", effect: "NoSchedule" },
        { key: "spot", value: "true", effect: "NoExecute" },
      ],
    } as const;

    expect(parseToml(textOf(settings, JOIN) ?? "")).toEqual({
      settings: {
        kubernetes: {
          "cluster-name": "reference",
          "api-server": "https://ABC.eks.example.com",
          "cluster-certificate": "Q0E=",
          "cluster-dns-ip": "172.20.0.10",
          "node-labels": { "example.com/team": "data" },
          "node-taints": { spot: ["true:NoSchedule", "true:NoExecute"] },
        },
      },
    });
  });

  test("has all DNS servers of the definition", () => {
    const settings = { ...BOTTLEROCKET, kubelet: { cluster_dns: ["10.0.0.2", "10.0.0.3"] } };

    expect(parseToml(textOf(settings, JOIN) ?? "")).toMatchObject({
      settings: { kubernetes: { "cluster-dns-ip": ["10.0.0.2", "10.0.0.3"] } },
    });
  });

  test("merges the definition's settings over the program's, and puts pods on the instance's disks", () => {
    const settings = {
      ...BOTTLEROCKET,
      kubelet: { max_pods: 20 },
      local_storage_strategy: "RAID0",
      bottlerocket_settings: {
        kubernetes: { "seccomp-default": true },
        kernel: { sysctl: { "vm.max_map_count": "262144" } },
      },
    } as const;

    expect(parseToml(textOf(settings, undefined) ?? "")).toEqual({
      settings: {
        kubernetes: { "max-pods": 20, "seccomp-default": true },
        kernel: { sysctl: { "vm.max_map_count": "262144" } },
        "bootstrap-commands": {
          "instance-store": {
            commands: [
              ["apiclient", "ephemeral-storage", "init"],
              [
                "apiclient",
                "ephemeral-storage",
                "bind",
                "--dirs",
                "/var/lib/containerd",
                "/var/lib/kubelet",
                "/var/log/pods",
              ],
            ],
            essential: true,
            mode: "always",
          },
        },
      },
    });
  });
});

describe("Windows", () => {
  test("is empty for a managed group without settings, and has only its script for another", () => {
    const managed = { name: "a", ami_type: "WINDOWS_CORE_2022_x86_64" } as const;

    expect(textOf(managed, undefined)).toBeUndefined();
    expect(textOf({ ...managed, pre_bootstrap_script: "Get-Date\n" }, undefined)).toBe(
      "<powershell>\nGet-Date\n</powershell>\n",
    );
  });

  test("joins with EKS's script, between the definition's scripts", () => {
    const settings = {
      ...WINDOWS,
      labels: { tier: "a" },
      taints: [{ key: "os", value: "windows", effect: "NoSchedule" }],
      pre_bootstrap_script: "Write-Host before",
      post_bootstrap_script: "Write-Host after",
    } as const;

    expect(textOf(settings, JOIN)).toBe(`<powershell>
Write-Host before
& "$env:ProgramFiles\\Amazon\\EKS\\Start-EKSBootstrap.ps1" -EKSClusterName 'reference' -APIServerEndpoint 'https://ABC.eks.example.com' -Base64ClusterCA 'Q0E=' -DNSClusterIP '172.20.0.10' -ServiceCIDR '172.20.0.0/16' -KubeletExtraArgs '--node-labels=tier=a --register-with-taints=os=windows:NoSchedule' 3>&1 4>&1 5>&1 6>&1
Write-Host after
</powershell>
`);
  });

  test("has kubelet settings as flags, and DNS as an argument of the script", () => {
    const kubelet = {
      max_pods: 20,
      kube_reserved: { cpu: "500m", memory: "1Gi" },
      eviction_hard: { "memory.available": "500Mi", "nodefs.available": "10%" },
      image_gc_high_threshold_percent: 75,
      image_minimum_gc_age: "5m",
      serialize_image_pulls: false,
      cluster_dns: ["10.0.0.2"],
      feature_gates: { WindowsHostNetwork: true, SomeAlpha: false },
    } as const;
    const text = textOf({ ...WINDOWS, kubelet }, JOIN) ?? "";

    expect(text).toContain("-DNSClusterIP '10.0.0.2'");
    expect(text.match(/-KubeletExtraArgs '(.*?)'/)?.[1]?.split(" ")).toEqual([
      "--max-pods=20",
      "--kube-reserved=cpu=500m,memory=1Gi",
      "--eviction-hard=memory.available<500Mi,nodefs.available<10%",
      "--image-gc-high-threshold=75",
      "--minimum-image-ttl-duration=5m",
      "--serialize-image-pulls=false",
      "--feature-gates=SomeAlpha=false,WindowsHostNetwork=true",
    ]);
  });
});
