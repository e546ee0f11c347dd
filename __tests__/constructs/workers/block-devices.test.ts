import { blockDevices } from "../../../constructs/workers/block-devices";
import { groupOf } from "../../support/props";

const ALWAYS = { encrypted: "true", deleteOnTermination: "true" };
const GP3 = { volumeType: "gp3", volumeSize: 80, iops: 3000, throughput: 125, ...ALWAYS };
const KEY = "arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef";

describe("blockDevices", () => {
  test.each([
    ["AL2023_x86_64_STANDARD", [{ deviceName: "/dev/xvda", ebs: GP3 }]],
    [
      "BOTTLEROCKET_x86_64",
      [
        { deviceName: "/dev/xvda", ebs: { volumeType: "gp3", ...ALWAYS } },
        { deviceName: "/dev/xvdb", ebs: GP3 },
      ],
    ],
    ["WINDOWS_FULL_2025_x86_64", [{ deviceName: "/dev/sda1", ebs: GP3 }]],
  ] as const)("of %s are the image's own, all encrypted", (ami_type, devices) => {
    expect(blockDevices(groupOf({ name: "a", ami_type }))).toEqual(devices);
  });

  test("of a custom image are those of its base image", () => {
    const group = groupOf({ name: "a", ami_type: "CUSTOM", ami_family: "WINDOWS", ami_id: "ami-01234567" });

    expect(blockDevices(group).map(({ deviceName }) => deviceName)).toEqual(["/dev/sda1"]);
  });

  test.each([
    ["gp2", { volumeType: "gp2", volumeSize: 80, ...ALWAYS }],
    ["io1", { volumeType: "io1", volumeSize: 80, iops: 3000, ...ALWAYS }],
    ["io2", { volumeType: "io2", volumeSize: 80, iops: 3000, ...ALWAYS }],
  ] as const)("of kind %s have the settings of their type", (volume_type, ebs) => {
    expect(blockDevices(groupOf({ name: "a", root_volume: { volume_type } }))).toEqual([
      { deviceName: "/dev/xvda", ebs },
    ]);
  });

  test("have the user's key, Bottlerocket's system too", () => {
    const group = groupOf({ name: "a", ami_type: "BOTTLEROCKET_x86_64", root_volume: { kms_key_arn: KEY } });

    expect(blockDevices(group)).toMatchObject([{ ebs: { kmsKeyId: KEY } }, { ebs: { kmsKeyId: KEY } }]);
  });

  test("end with the further volumes, encrypted like the others", () => {
    const volume = { name: "x", device_name: "/dev/sdf", size_gib: 9, delete_on_termination: true } as const;
    const group = groupOf({
      name: "a",
      data_volumes: [
        { ...volume, volume_type: "gp3" },
        {
          ...volume,
          device_name: "/dev/sdg",
          volume_type: "gp3",
          iops: 4000,
          throughput_mib: 500,
          kms_key_arn: KEY,
          snapshot_id: "snap-01234567",
          delete_on_termination: false,
        },
      ],
    });

    expect(blockDevices(group).slice(1)).toEqual([
      { deviceName: "/dev/sdf", ebs: { volumeType: "gp3", volumeSize: 9, ...ALWAYS } },
      {
        deviceName: "/dev/sdg",
        ebs: {
          volumeType: "gp3",
          volumeSize: 9,
          iops: 4000,
          throughput: 500,
          kmsKeyId: KEY,
          snapshotId: "snap-01234567",
          encrypted: "true",
          deleteOnTermination: "false",
        },
      },
    ]);
  });
});
