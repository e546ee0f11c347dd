import { BOTTLEROCKET, problemsOfWorkers, WINDOWS } from "../../../support/worker-problems";

describe("what is run", () => {
  test("by the wrong system", () => {
    expect(
      problemsOfWorkers(
        `{ name: a, ${BOTTLEROCKET}, pre_bootstrap_script: date }`,
        "{ name: b, pre_bootstrap_script: /etc/eks/bootstrap.sh a --kubelet-extra-args --max-pods=20 }",
        `{ name: c, pre_bootstrap_script: "<powershell>Get-Date</powershell>" }`,
        `{ name: d, pre_bootstrap_script: "date\\n--nodeadm--" }`,
        `{ name: e, ${WINDOWS}, pre_bootstrap_script: "#!/bin/bash", post_bootstrap_script: Get-Date }`,
        `{ name: f, ${WINDOWS}, pre_bootstrap_script: "<powershell>" }`,
        `{ name: g, ${WINDOWS}, pre_bootstrap_script: Start-EKSBootstrap.ps1 }`,
      ),
    ).toEqual([
      "[a].pre_bootstrap_script: cannot run: Bottlerocket has no shell. Say it in bottlerocket_settings, or run an image by bottlerocket_settings.bootstrap-containers",
      "[b].pre_bootstrap_script: speaks to bootstrap.sh, which AL2023 does not have: nodeadm starts the kubelet, say it what kubelet, labels, taints or node_config can say",
      "[c].pre_bootstrap_script: is PowerShell, and AL2023 runs a shell script",
      "[d].pre_bootstrap_script: has a line that begins with --nodeadm, where the part of the user data that holds it would end: change that line",
      "[e].pre_bootstrap_script: is a shell script, and Windows runs PowerShell",
      "[e].post_bootstrap_script: cannot run in a managed Windows group, where EKS puts its own commands last: make it pre_bootstrap_script",
      "[f].pre_bootstrap_script: must not have the <powershell> tags, which are put around it",
      "[g].pre_bootstrap_script: must not run Start-EKSBootstrap.ps1, which is run once, after this",
    ]);
  });

  test("in settings of another system, or that are not the user's", () => {
    expect(
      problemsOfWorkers(
        `{ name: a, ${BOTTLEROCKET}, node_config: { kubelet: {} } }`,
        `{ name: b, ${WINDOWS}, node_config: { kubelet: {} } }`,
        "{ name: c, node_config: { cluster: { name: x }, spec: {}, featureGates: { InstanceIdNodeName: true } } }",
        "{ name: d, bottlerocket_settings: { kernel: {} } }",
        `{ name: e, ${BOTTLEROCKET}, bottlerocket_settings: { kubernetes: { cluster-name: x, node-labels: {}, max-pods: 3 } } }`,
        `{ name: f, ${BOTTLEROCKET}, bottlerocket_settings: { settings: {} } }`,
        `{ name: g, ${BOTTLEROCKET}, bottlerocket_settings: { motd: 'a "b"', oci-hooks: { "a.b": { c: 1 } }, ntp: null } }`,
        `{ name: h, kind: self_managed, ${BOTTLEROCKET}, bottlerocket_settings: { motd: 'a "b"' } }`,
      ),
    ).toEqual([
      "[a].node_config: has no effect here: nodeadm is part of AL2023, and not of Bottlerocket, which has bottlerocket_settings",
      "[b].node_config: has no effect here: nodeadm is part of AL2023, and not of Windows",
      "[c].node_config.cluster: is what the node joins, which is said already: remove it",
      "[c].node_config.spec: is no part of a NodeConfig's spec: containerd, featureGates, instance, kubelet are",
      "[c].node_config.featureGates.InstanceIdNodeName: names nodes in a way that the access entry of their role does not let in: remove it",
      "[d].bottlerocket_settings: has no effect here: it is read by Bottlerocket only",
      "[e].bottlerocket_settings.kubernetes.cluster-name: joins the node, which is said already: remove it",
      "[e].bottlerocket_settings.kubernetes.node-labels: is what labels says: put them there",
      "[e].bottlerocket_settings.kubernetes.max-pods: is kubelet.max_pods: say it there",
      "[f].bottlerocket_settings.settings: is said already: give what stands below it",
      "[g].bottlerocket_settings.motd: has a quote or a backslash, which EKS cannot merge into the user data of a managed group: take kind: self_managed, or another value",
      "[g].bottlerocket_settings.oci-hooks.a.b: is a table whose name needs quotes, which EKS cannot merge into the user data of a managed group: take kind: self_managed",
      "[g].bottlerocket_settings.ntp: is null, which TOML does not have: remove it",
    ]);
  });

  test("in fields that a NodeConfig does not have, or has of another type", () => {
    expect(
      problemsOfWorkers(
        "{ name: a, node_config: { kubelet: { flags: --v=2, config: { maxPods: '20', anything: 1 }, maxPodExpression: x } } }",
        "{ name: b, node_config: { kubelet: { flags: [--v=2, 3], config: [], maxPodsExpression: 'max_enis - 1' } } }",
        "{ name: c, node_config: { instance: { localStorage: { strategy: RAID5, mountPath: /mnt }, disks: {} } } }",
        "{ name: d, node_config: { instance: { localStorage: { strategy: Mount }, environment: { default: { A: b } } } } }",
        "{ name: e, node_config: { containerd: { config: { debug: {} } }, featureGates: { FastImagePull: 'true' }, kublet: {} } }",
        "{ name: f, node_config: { instance: yes } }",
      ),
    ).toEqual([
      '[a].node_config.kubelet.flags: must be a list of text, got "--v=2"',
      '[a].node_config.kubelet.config.maxPods: must be a whole number, got "20"',
      `[a].node_config.kubelet.maxPodExpression: is no part of a NodeConfig's kubelet. Did you mean "maxPodsExpression"?`,
      "[b].node_config.kubelet.flags: must be a list of text, got a list",
      "[b].node_config.kubelet.config: must be a map, got a list",
      '[c].node_config.instance.localStorage.strategy: must be RAID0, RAID10 or Mount, got "RAID5"',
      "[c].node_config.instance.disks: is no part of a NodeConfig's instance: environment, localStorage, network are",
      "[e].node_config.containerd.config: must be text, got a map",
      '[e].node_config.featureGates.FastImagePull: must be true or false, got "true"',
      `[e].node_config.kublet: is no part of a NodeConfig's spec. Did you mean "kubelet"?`,
      '[f].node_config.instance: must be a map, got "yes"',
    ]);
  });

  test("in settings that Bottlerocket's model does not have", () => {
    expect(
      problemsOfWorkers(
        `{ name: a, ${BOTTLEROCKET}, bottlerocket_settings: { kernel: { sysctl: { vm.max_map_count: 262144, kernel.pid_max: "65536", net: { core: 1 } } } } }`,
        `{ name: b, ${BOTTLEROCKET}, bottlerocket_settings: { ntp: { time-servers: time.aws.com } } }`,
        `{ name: c, ${BOTTLEROCKET}, bottlerocket_settings: { ntp: { time-servers: [time.aws.com] }, host_containers: {} } }`,
        `{ name: d, ${BOTTLEROCKET}, bottlerocket_settings: { antivirus: 1 } }`,
        "{ name: e, ami_type: CUSTOM, ami_family: BOTTLEROCKET, ami_id: ami-0123456789abcdef0, bottlerocket_settings: { foo: 1 } }",
      ),
    ).toEqual([
      '[a].bottlerocket_settings.kernel.sysctl.vm.max_map_count: must be text: write "262144" in quotes',
      "[a].bottlerocket_settings.kernel.sysctl.net: must be text: write its value in quotes",
      '[b].bottlerocket_settings.ntp.time-servers: must be a list of servers: write ["time.aws.com"]',
      '[c].bottlerocket_settings.host_containers: is no setting of Bottlerocket. Did you mean "host-containers"?',
      "[d].bottlerocket_settings.antivirus: is no setting of Bottlerocket, which has autoscaling, aws, boot, bootstrap-commands, bootstrap-containers, cloudformation, container-registry, container-runtime, container-runtime-plugins, dns, host-containers, image-verifier-plugins, kernel, kubelet-device-plugins, kubelet-dra-drivers, kubernetes, measurement, metrics, motd, network, ntp, nvidia-container-runtime, oci-defaults, oci-hooks, pki, updates",
    ]);
  });

  test("at more length than EC2 takes", () => {
    expect(problemsOfWorkers(`{ name: a, pre_bootstrap_script: "${"x".repeat(15_000)}" }`)).toEqual([
      "[a].pre_bootstrap_script: makes the user data some 17260 bytes long, and EC2 takes 16384: put what is long into the image, or fetch it when the node boots",
    ]);
  });
});
