import { BOTTLEROCKET, testGroup, WINDOWS } from "../../../support/worker-problems";

const KEY = "arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef";

describe("volumes of EBS", () => {
  testGroup({
    "refuses performance of a gp2 volume": [
      "root_volume: { volume_type: gp2, iops: 4000, throughput_mib: 250 }",
      "root_volume.iops: has no effect because the size of a gp2 volume sets its IOPS. Remove it, or use gp3",
      "root_volume.throughput_mib: has no effect because volume_type is gp2. Remove it, or use gp3",
    ],
    "refuses the default IOPS of a small io1 volume": [
      "root_volume: { volume_type: io1, size_gib: 40 }",
      "root_volume.iops: must be at most 2000 for io1 of 40 GiB, but is 3000. Lower it, increase size_gib, or use another volume_type",
    ],
    "accepts a quarter of the IOPS as throughput": ["root_volume: { throughput_mib: 750 }"],
    "refuses more than a quarter of the IOPS as throughput": [
      "root_volume: { throughput_mib: 751 }",
      "root_volume.throughput_mib: must be at most 750, a quarter of iops, but is 751",
    ],
    "accepts 80000 IOPS of gp3": ["root_volume: { size_gib: 500, iops: 80000 }"],
    "refuses 80001 IOPS of gp3": [
      "root_volume: { size_gib: 500, iops: 80001 }",
      "root_volume.iops: must be at most 80000 for gp3 of 500 GiB, but is 80001. Lower it, increase size_gib, or use another volume_type",
    ],
    "accepts 1000 IOPS for each GiB of io2": ["root_volume: { volume_type: io2, size_gib: 80, iops: 80000 }"],
    "refuses 1 more than 1000 IOPS for each GiB of io2": [
      "root_volume: { volume_type: io2, size_gib: 80, iops: 80001 }",
      "root_volume.iops: must be at most 80000 for io2 of 80 GiB, but is 80001. Lower it, increase size_gib, or use another volume_type",
    ],
    "accepts 50 IOPS for each GiB of io1": ["root_volume: { volume_type: io1, size_gib: 50, iops: 2500 }"],
    "accepts 3000 IOPS of gp3": ["root_volume: { iops: 3000 }"],
    "refuses 2999 IOPS of gp3": [
      "root_volume: { iops: 2999 }",
      "root_volume.iops: must be at least 3000 for gp3, but is 2999",
    ],
    "refuses 99 IOPS": [
      "root_volume: { volume_type: io1, size_gib: 20, iops: 99 }",
      "root_volume.iops: must be at least 100, got 99",
    ],
    "accepts 16384 GiB of io1": ["root_volume: { volume_type: io1, size_gib: 16384 }"],
    "refuses 16385 GiB of io1": [
      "root_volume: { volume_type: io1, size_gib: 16385 }",
      "root_volume.size_gib: must be between 4 and 16384 for io1, but is 16385. Use another size, or another volume_type",
    ],
    "refuses an alias as a key": [
      "root_volume: { kms_key_arn: alias/x }",
      'root_volume.kms_key_arn: must be the ARN of a KMS key, such as arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef, got "alias/x"',
    ],
    "refuses a key of another region": [
      `root_volume: { kms_key_arn: "${KEY}" }`,
      "root_volume.kms_key_arn: is in eu-west-1, but the cluster is in us-east-1. Use one in us-east-1",
    ],
    "accepts 50 GiB on Windows": [WINDOWS.replace("100", "50")],
  });
});

describe("data volumes", () => {
  const disk = (name: string, rest: string): string =>
    `{ name: ${name}, size_gib: 9, volume_type: gp3, delete_on_termination: true, ${rest} }`;
  const disks = (...items: readonly string[]): string => `data_volumes: [${items.join(", ")}]`;
  testGroup({
    "refuses two volumes with the same letter": [
      disks(disk("x", "device_name: /dev/sdf"), disk("y", "device_name: /dev/xvdf")),
      "data_volumes[y].device_name: is also the device of x. Use another one",
    ],
    "refuses devices and mount paths of Bottlerocket": [
      `${BOTTLEROCKET}\n${disks(disk("x", "device_name: /dev/sdb, mount_path: /data"))}`,
      "data_volumes[x].device_name: is a device of the image. Use /dev/sdf or a later letter",
      "data_volumes[x].mount_path: has no effect because Bottlerocket mounts no volumes. Remove it, and mount the volume with bottlerocket_settings.bootstrap-containers",
    ],
    "refuses mount paths on Windows": [
      `${WINDOWS}\n${disks(disk("x", "device_name: /dev/xvdf, mount_path: /data"))}`,
      "data_volumes[x].mount_path: has no effect because Windows mounts no volumes. Remove it, and mount the volume in pre_bootstrap_script",
    ],
    "refuses two volumes with the same mount path": [
      disks(disk("x", "device_name: /dev/sdf, mount_path: /d"), disk("y", "device_name: /dev/sdg, mount_path: /d")),
      "data_volumes[y].mount_path: is also the mount path of x. Use another one",
    ],
    "requires the IOPS of io2": [
      disks("{ name: x, device_name: /dev/sdf, size_gib: 9, volume_type: io2, delete_on_termination: true }"),
      "data_volumes[x].iops: is required for io2",
    ],
    "accepts the IOPS that gp3 includes on its smallest volumes": [
      disks(
        "{ name: x, device_name: /dev/sdf, size_gib: 5, volume_type: gp3, iops: 3000, delete_on_termination: true }",
      ),
    ],
    "refuses a volume without a required key": [
      disks("{ name: x, device_name: /dev/sda1, size_gib: 9, volume_type: gp3 }"),
      "data_volumes[x].delete_on_termination: is required: must be true or false",
      'data_volumes[x].device_name: must be a device, such as /dev/sdf, got "/dev/sda1"',
    ],
    "refuses mount paths that cover the system": [
      disks(
        disk("x", "device_name: /dev/sdf, mount_path: /usr"),
        disk("y", "device_name: /dev/sdg, mount_path: /data/../var/lib"),
      ),
      'data_volumes[x].mount_path: must not cover a directory that the system runs from, got "/usr". Use another directory, such as /data',
      'data_volumes[y].mount_path: must not cover a directory that the system runs from, got "/data/../var/lib". Use another directory, such as /data',
    ],
    "accepts a mount path for containerd": [disks(disk("x", "device_name: /dev/sdf, mount_path: /var/lib/containerd"))],
  });
});
