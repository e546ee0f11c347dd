import { inDefaults } from "../../../support/definitions";
import { BOTTLEROCKET, problemsOfWorkers, WINDOWS } from "../../../support/worker-problems";

describe("disks", () => {
  test("that EBS does not make", () => {
    expect(
      problemsOfWorkers(
        "{ name: a, root_volume: { volume_type: gp2, iops: 4000, throughput_mib: 250 } }",
        "{ name: b, root_volume: { volume_type: io1, size_gib: 40 } }",
        "{ name: c, root_volume: { throughput_mib: 1000 } }",
        "{ name: d, root_volume: { size_gib: 500, iops: 80001 } }",
        "{ name: e, root_volume: { volume_type: io2, iops: 90000 } }",
        "{ name: f, root_volume: { kms_key_arn: alias/x } }",
        "{ name: h, root_volume: { volume_type: io1, size_gib: 20000, iops: 99 } }",
        "{ name: i, root_volume: { volume_type: io1, size_gib: 50, iops: 2500 } }",
        "{ name: k, root_volume: { size_gib: 500, iops: 40000, throughput_mib: 2000 } }",
        "{ name: l, root_volume: { iops: 2999 } }",
        "{ name: g, root_volume: { kms_key_arn: arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef } }",
      ),
    ).toEqual([
      "[a].root_volume.iops: has no effect on gp2, whose operations follow from its size: remove it, or take gp3",
      "[a].root_volume.throughput_mib: has no effect on gp2: remove it, or take gp3",
      "[c].root_volume.throughput_mib: must be at most 750, a quarter of iops, got 1000",
      "[d].root_volume.iops: must be at most 80000 for gp3 of 500 GiB, got 80001: take fewer, more size_gib, or another volume_type",
      "[e].root_volume.iops: must be at most 80000 for io2 of 80 GiB, got 90000: take fewer, more size_gib, or another volume_type",
      `[f].root_volume.kms_key_arn: must be the ARN of a KMS key, such as arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef, got "alias/x"`,
      "[h].root_volume.size_gib: must be 4 to 16384 for io1, got 20000: take another size, or another volume_type",
      "[h].root_volume.iops: must be at least 100, got 99",
      "[l].root_volume.iops: must be at least 3000 for gp3, got 2999",
      "[g].root_volume.kms_key_arn: is a key of eu-west-1, and the volumes are in us-east-1: name one of that region",
      `${inDefaults("tfvars.worker_defaults.root_volume.iops")} [b].root_volume.iops: must be at most 2000 for io1 of 40 GiB, got 3000: take fewer, more size_gib, or another volume_type (for cluster a.example.com)`,
    ]);
  });

  test("that stand in each other's way", () => {
    const disk = (name: string, rest: string) =>
      `{ name: ${name}, size_gib: 9, volume_type: gp3, delete_on_termination: true, ${rest} }`;
    expect(
      problemsOfWorkers(
        `{ name: a, data_volumes: [${disk("x", "device_name: /dev/sdf")}, ${disk("y", "device_name: /dev/xvdf")}] }`,
        `{ name: b, ${BOTTLEROCKET}, data_volumes: [${disk("x", "device_name: /dev/sdb, mount_path: /data")}] }`,
        `{ name: c, ${WINDOWS}, data_volumes: [${disk("x", "device_name: /dev/xvdf, mount_path: /data")}] }`,
        `{ name: d, data_volumes: [${disk("x", "device_name: /dev/sdf, mount_path: /d")}, ${disk("y", "device_name: /dev/sdg, mount_path: /d")}] }`,
        "{ name: e, data_volumes: [{ name: x, device_name: /dev/sdf, size_gib: 9, volume_type: io2, delete_on_termination: true }] }",
        "{ name: f, data_volumes: [{ name: x, device_name: /dev/sda1, size_gib: 9, volume_type: gp3 }] }",
        `{ name: g, data_volumes: [${disk("x", "device_name: /dev/sdf, mount_path: /usr")}, ${disk("y", "device_name: /dev/sdg, mount_path: /data/../var/lib")}] }`,
        `{ name: h, data_volumes: [${disk("x", "device_name: /dev/sdf, mount_path: /var/lib/containerd")}] }`,
      ),
    ).toEqual([
      "[a].data_volumes[y].device_name: is the device of x too: give each its own",
      "[b].data_volumes[x].device_name: is a device of the image's own: take /dev/sdf or a later letter",
      "[b].data_volumes[x].mount_path: has no effect here: Bottlerocket does that by bottlerocket_settings.bootstrap-containers",
      "[c].data_volumes[x].mount_path: has no effect here: Windows does that in pre_bootstrap_script",
      "[d].data_volumes[y].mount_path: is another volume's too: give each its own",
      "[e].data_volumes[x].iops: is missing: io2 is bought by its operations a second",
      "[f].data_volumes[x].delete_on_termination: is required: must be true or false",
      `[f].data_volumes[x].device_name: must be a device, such as /dev/sdf, got "/dev/sda1"`,
      `[g].data_volumes[x].mount_path: must not cover a directory that the system runs from, got "/usr". Use another directory, such as /data`,
      `[g].data_volumes[y].mount_path: must not cover a directory that the system runs from, got "/data/../var/lib". Use another directory, such as /data`,
    ]);
  });

  test("of instances", () => {
    expect(
      problemsOfWorkers(
        "{ name: a, min_size: 0, instance_types: [m6id.large, m6i.large], local_storage_strategy: RAID0 }",
        `{ name: b, ${BOTTLEROCKET}, instance_type: m6id.large, local_storage_strategy: Mount }`,
        `{ name: c, ${WINDOWS}, instance_type: m6id.large, local_storage_strategy: RAID0 }`,
        "{ name: d, local_storage_gib: 100 }",
        "{ name: e, autoscaling: false, instance_type: i4i.large, local_storage_strategy: RAID0, local_storage_gib: 100 }",
      ),
    ).toEqual([
      "[a].instance_types[1]: m6i.large has no disks of its own, for which local_storage_strategy is: take a type that has, such as m6id.large, or remove local_storage_strategy",
      "warning: [a].local_storage_strategy: makes a disk that cluster-autoscaler knows nothing of while the group has no node: say its size in local_storage_gib, or pods that ask for ephemeral storage start none",
      "[b].local_storage_strategy: Mount is not possible here: Bottlerocket makes one of all disks: take RAID0",
      "[c].local_storage_strategy: RAID0 is not possible here: Windows formats no disks for pods: remove it",
      "[d].local_storage_gib: has no effect without local_storage_strategy RAID0 or RAID10: remove it",
      "[e].local_storage_gib: has no effect without autoscaling: remove it",
    ]);
  });
});
