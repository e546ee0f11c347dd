import { BOTTLEROCKET, testGroup } from "../../../support/worker-problems";

const settings = (value: string): string => `${BOTTLEROCKET}\nbottlerocket_settings: ${value}`;

testGroup({
  "refuses settings on AL2023": [
    "bottlerocket_settings: { kernel: {} }",
    "bottlerocket_settings: has no effect because only Bottlerocket reads it. Remove it",
  ],
  "refuses the level that is added to settings": [
    settings("{ settings: {} }"),
    "bottlerocket_settings.settings: is added already. Move its keys one level up",
  ],
  "refuses settings that join the node, and settings with a key of the group": [
    settings("{ kubernetes: { cluster-name: x, node-labels: {}, max-pods: 3 } }"),
    "bottlerocket_settings.kubernetes.cluster-name: joins the node, which is set already. Remove it",
    "bottlerocket_settings.kubernetes.node-labels: belongs in labels. Move it there",
    "bottlerocket_settings.kubernetes.max-pods: has its own key. Use kubelet.max_pods",
  ],
  "refuses quotes in a managed group": [
    settings(`{ motd: 'a "b"' }`),
    "bottlerocket_settings.motd: has a quote, a backslash or a line break, which EKS cannot merge into the user data of a managed group. Change it, or set kind: self_managed",
  ],
  "refuses a backslash in a managed group": [
    settings("{ motd: 'a\\\\b' }"),
    "bottlerocket_settings.motd: has a quote, a backslash or a line break, which EKS cannot merge into the user data of a managed group. Change it, or set kind: self_managed",
  ],
  "refuses a line break in a managed group": [
    settings('{ motd: "a\\nb" }'),
    "bottlerocket_settings.motd: has a quote, a backslash or a line break, which EKS cannot merge into the user data of a managed group. Change it, or set kind: self_managed",
  ],
  "refuses tables whose names require quotes in a managed group": [
    settings(`{ oci-hooks: { "a.b": { c: 1 } } }`),
    "bottlerocket_settings.oci-hooks.a.b: is a table whose name requires quotes, which EKS cannot merge into the user data of a managed group. Change it, or set kind: self_managed",
  ],
  "refuses null": [
    settings("{ ntp: null }"),
    "bottlerocket_settings.ntp: is null, which TOML does not support. Remove it",
  ],
  "reports a sysctl that is null once": [
    settings("{ kernel: { sysctl: { vm.max_map_count: null } } }"),
    "bottlerocket_settings.kernel.sysctl.vm.max_map_count: is null, which TOML does not support. Remove it",
  ],
  "reports time servers that are null once": [
    settings("{ ntp: { time-servers: null } }"),
    "bottlerocket_settings.ntp.time-servers: is null, which TOML does not support. Remove it",
  ],
  "accepts other settings of Kubernetes": [settings("{ kubernetes: { static-pods: {} } }")],
  "accepts quotes in a self-managed group": [`kind: self_managed\n${settings(`{ motd: 'a "b"' }`)}`],
  "refuses sysctls that are not text": [
    settings(`{ kernel: { sysctl: { vm.max_map_count: 262144, kernel.pid_max: "65536", net: { core: 1 } } } }`),
    'bottlerocket_settings.kernel.sysctl.vm.max_map_count: must be text. Write "262144" in quotes',
    "bottlerocket_settings.kernel.sysctl.net: must be text. Write its value in quotes",
  ],
  "refuses time servers that are not a list": [
    settings("{ ntp: { time-servers: time.aws.com } }"),
    'bottlerocket_settings.ntp.time-servers: must be a list of servers. Write ["time.aws.com"]',
  ],
  "refuses settings that do not exist": [
    settings("{ ntp: { time-servers: [time.aws.com] }, host_containers: {}, antivirus: 1 }"),
    'bottlerocket_settings.host_containers: is not a setting of Bottlerocket. Did you mean "host-containers"?',
    "bottlerocket_settings.antivirus: is not a setting of Bottlerocket (known: autoscaling, aws, boot, bootstrap-commands, bootstrap-containers, cloudformation, container-registry, container-runtime, container-runtime-plugins, dns, host-containers, image-verifier-plugins, kernel, kubelet-device-plugins, kubelet-dra-drivers, kubernetes, measurement, metrics, motd, network, ntp, nvidia-container-runtime, oci-defaults, oci-hooks, pki, updates)",
  ],
  "accepts further settings of a custom image": [
    "ami_type: CUSTOM\nami_family: BOTTLEROCKET\nami_id: ami-0123456789abcdef0\nbottlerocket_settings: { foo: 1 }",
  ],
});
