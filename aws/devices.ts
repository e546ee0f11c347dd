import type { OperatingSystem } from "./ami";

/** The devices by which an image names its own volumes. */
interface Devices {
  /** The volume of pods, images and logs, which `root_volume` sizes. */
  readonly root: string;
  /** One that only the system is on, as large as its image says. */
  readonly system: string | undefined;
}

export const DEVICES: Readonly<Record<OperatingSystem, Devices>> = {
  AL2023: { root: "/dev/xvda", system: undefined },
  BOTTLEROCKET: { root: "/dev/xvdb", system: "/dev/xvda" },
  WINDOWS: { root: "/dev/sda1", system: undefined },
};
