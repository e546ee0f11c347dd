import { BOTTLEROCKET, OWN_WINDOWS, testGroup, WINDOWS } from "../../../support/worker-problems";

describe("scripts", () => {
  testGroup({
    "refuses a script on Bottlerocket": [
      `${BOTTLEROCKET}\npre_bootstrap_script: date`,
      "pre_bootstrap_script: cannot run, because Bottlerocket has no shell. Use bottlerocket_settings, or run an image with bottlerocket_settings.bootstrap-containers",
    ],
    "refuses AL2's bootstrap.sh on AL2023": [
      "pre_bootstrap_script: /etc/eks/bootstrap.sh a --kubelet-extra-args --max-pods=20",
      "pre_bootstrap_script: calls bootstrap.sh, which AL2023 does not have. Use kubelet, labels, taints or node_config instead",
    ],
    "refuses PowerShell on AL2023": [
      `pre_bootstrap_script: "<powershell>Get-Date</powershell>"`,
      "pre_bootstrap_script: is PowerShell, but AL2023 runs shell scripts. Write a shell script",
    ],
    "refuses a script with the boundary of the user data's parts": [
      `pre_bootstrap_script: "date\\n--nodeadm--"`,
      "pre_bootstrap_script: has a line that begins with --nodeadm, which ends this part of the user data. Change that line",
    ],
    "refuses a shell script on Windows": [
      `${WINDOWS}\npre_bootstrap_script: "#!/bin/bash"`,
      "pre_bootstrap_script: is a shell script, but Windows runs PowerShell. Write a PowerShell script",
    ],
    "refuses a script after the bootstrap of a managed Windows group": [
      `${WINDOWS}\npost_bootstrap_script: Get-Date`,
      "post_bootstrap_script: cannot run in a managed Windows group, because EKS puts its own commands last. Use pre_bootstrap_script",
    ],
    "accepts a script after the bootstrap of a self-managed Windows group": [
      `${OWN_WINDOWS}\nkind: self_managed\nroot_volume: { size_gib: 100 }\npost_bootstrap_script: Get-Date`,
    ],
    "refuses powershell tags on Windows": [
      `${WINDOWS}\npre_bootstrap_script: "<powershell>"`,
      "pre_bootstrap_script: must not contain <powershell> tags, because the user data has them already. Remove the tags",
    ],
    "refuses a second bootstrap on Windows": [
      `${WINDOWS}\npre_bootstrap_script: Start-EKSBootstrap.ps1`,
      "pre_bootstrap_script: must not run Start-EKSBootstrap.ps1, because the user data runs it after this script. Remove the call",
    ],
    "refuses user data that is longer than EC2 accepts": [
      `pre_bootstrap_script: "${"x".repeat(15_000)}"`,
      "pre_bootstrap_script: increases the user data to about 17260 bytes, but EC2 accepts 16384. Put long parts into the image, or download them when the node boots",
    ],
    "accepts a shell script on AL2023": ["pre_bootstrap_script: date\npost_bootstrap_script: date"],
  });
});

describe("instance stores", () => {
  const RAID0 = "local_storage_strategy: RAID0";
  testGroup({
    "refuses a strategy for types without an instance store": [
      "min_size: 1\nautoscaling: false\ninstance_types: [m6id.large, m6i.large]\nlocal_storage_strategy: RAID0",
      "instance_types[1]: m6i.large has no instance store, which local_storage_strategy requires. Use a type that has one, such as m6id.large, or remove local_storage_strategy",
    ],
    "refuses strategies other than RAID0 on Bottlerocket": [
      `${BOTTLEROCKET}\ninstance_type: m6id.large\nlocal_storage_strategy: Mount`,
      "local_storage_strategy: must be RAID0 on Bottlerocket, but is Mount",
    ],
    "accepts RAID0 on Bottlerocket": [`${BOTTLEROCKET}\ninstance_type: m6id.large\nmin_size: 1\n${RAID0}`],
    "accepts a group that always has a node whose disk cluster-autoscaler can see": [
      `instance_type: m6id.large\nmin_size: 1\n${RAID0}`,
    ],
    "refuses a strategy on Windows": [
      `${WINDOWS}\ninstance_type: m6id.large\nlocal_storage_strategy: RAID0`,
      "local_storage_strategy: has no effect because Windows formats no disks for pods. Remove it",
    ],
    "refuses a size without RAID0 or RAID10": [
      "local_storage_gib: 100",
      "local_storage_gib: has no effect because local_storage_strategy is not RAID0 or RAID10. Remove it",
    ],
    "refuses a size without autoscaling": [
      "autoscaling: false\ninstance_type: i4i.large\nlocal_storage_strategy: RAID0\nlocal_storage_gib: 100",
      "local_storage_gib: has no effect because autoscaling is false. Remove it",
    ],
    "warns of a group without nodes whose disk cluster-autoscaler cannot see": [
      "min_size: 0\ninstance_type: m6id.large\nlocal_storage_strategy: RAID0",
      "warning: local_storage_strategy: creates a disk that cluster-autoscaler cannot see while the group has no node, so pods that request ephemeral storage stay pending. Set local_storage_gib to its size",
    ],
  });
});
