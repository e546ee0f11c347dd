/** Lines of a new cluster's file that a preset writes, by the section of `tfvars` that they belong to. */
export interface Preset {
  readonly summary: string;
  readonly networking: readonly string[];
  readonly cluster: readonly string[];
  readonly workers: readonly string[];
  readonly addons: readonly string[];
}

const GENERAL = ["- name: general", "  instance_types: [m7i.large]", "  min_size: 2", "  max_size: 4"];

/** Values of `fleet new --preset`. */
export const PRESETS = {
  small: {
    summary: "two to four Arm spot instances, for development",
    networking: [],
    cluster: [],
    workers: [
      "- name: general",
      "  instance_types: [m7g.large, m6g.large] # several types, because spot capacity of one may be gone",
      "  ami_type: AL2023_ARM_64_STANDARD",
      "  capacity_type: SPOT # AWS may take an instance back after a warning of 2 minutes",
      "  min_size: 2",
      "  max_size: 4",
    ],
    addons: [],
  },
  production: {
    summary: "three to twelve on-demand nodes in three zones",
    networking: ["availability_zones: 3", "nat_gateways: per_zone # the loss of a zone leaves the others online"],
    cluster: [],
    workers: ["- name: general", "  instance_types: [m7i.xlarge]", "  min_size: 3", "  max_size: 12"],
    addons: [],
  },
  gpu: {
    summary: "a small group, and GPU nodes that scale from 0",
    networking: [],
    cluster: [],
    workers: [
      ...GENERAL,
      "- name: gpu",
      "  instance_types: [g5.xlarge]",
      "  ami_type: AL2023_x86_64_NVIDIA",
      "  min_size: 0",
      "  max_size: 4",
      "  root_volume: { size_gib: 200 } # images with CUDA are large",
      "  taints: # only pods that tolerate it run here",
      '    - { key: nvidia.com/gpu, value: "true", effect: NoSchedule }',
    ],
    addons: ["nvidia_device_plugin_enabled: true # gives GPUs to pods that request nvidia.com/gpu"],
  },
  private: {
    summary: "no way to the internet: AWS is reached by endpoints in the VPC",
    networking: ["private: true", "nat_gateways: none", "subnet_tiers: [private, intra]"],
    cluster: [],
    workers: GENERAL,
    addons: [],
  },
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];
