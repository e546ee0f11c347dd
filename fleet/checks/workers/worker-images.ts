import { AMI_IMAGES, type AmiImage, type OperatingSystem, operatingSystemOf, stockImage } from "../../../aws/ami";
import { acceleratorOf, architectureOf } from "../../../aws/instance-types";
import type { Worker } from "../../model/cluster";
import type { Subject } from "../../model/subject";
import { hasTier } from "../../network/subnets";
import { namedTypes, workerKind } from "../../nodes/worker-kind";
import { ofEachWorker } from "../../rules/each-worker";
import type { Check, Finding } from "../../rules/finding";

const AMI_TYPE = ["ami_type"] as const;

/** What boots on a group's nodes is there, and is made for them. */
export const checkImages: Check = (subject) =>
  ofEachWorker(subject, (worker) => [
    ...customImage(worker),
    ...(namedTypes(worker).some(isMac) ? macs(worker) : [...architectures(worker), ...accelerators(worker)]),
    ...pinned(worker, subject),
    ...(operatingSystemOf(worker) === "WINDOWS" ? [...windows(worker), ...podSubnets(subject)] : []),
  ]);

/** An image of the user's own says which it is and what it is made from; one of EKS needs neither. */
function customImage(worker: Worker): Finding[] {
  if (worker.ami_type === "CUSTOM") {
    return [
      ...(worker.ami_id === null && worker.launch_template === null
        ? ["ami_id, the id of an image, such as ami-0123456789abcdef0"]
        : []),
      ...(worker.ami_family === null ? ["ami_family, what it is made from: AL2023, BOTTLEROCKET or WINDOWS"] : []),
    ].map((missing) => ({
      path: AMI_TYPE,
      given: [["ami_id"], ["ami_family"]],
      message: `CUSTOM needs ${missing}: add it`,
    }));
  }
  return (["ami_id", "ami_family"] as const).flatMap((key) => {
    if (worker[key] === null) return [];
    const message = `has no effect with ami_type ${worker.ami_type}: remove it, or set ami_type: CUSTOM`;
    return [{ path: [key], given: [AMI_TYPE], message }];
  });
}

/** EKS's guide to choosing instance types: none of its images is for the mac families. */
function macs(worker: Worker): Finding[] {
  return namedTypes(worker).flatMap((type, index) =>
    isMac(type)
      ? [
          {
            path: ["instance_types", index],
            message: `${type} runs macOS, and EKS has no such nodes: take another type`,
          },
        ]
      : [],
  );
}

function isMac(instanceType: string): boolean {
  return /^mac[\d-]/.test(instanceType);
}

function architectures(worker: Worker): Finding[] {
  const image = stockImage(worker);
  const [first = ""] = namedTypes(worker);
  return namedTypes(worker).flatMap((type, index): Finding[] => {
    const architecture = architectureOf(type);
    const path = ["instance_types", index];
    if (worker.instance_types.indexOf(type) < index) return [];
    if (image === undefined) {
      if (architecture === architectureOf(first)) return [];
      const message = `${type} is ${architecture} and ${first} is ${architectureOf(first)}: an image is made for one of them, make two groups`;
      return [{ path, message }];
    }
    if (architecture === image.architecture) return [];
    const other = counterpart(image);
    const message = `${type} is ${architecture} and ami_type ${worker.ami_type} is ${image.architecture}: take ${other === undefined ? "" : `an ami_type such as ${other}, or `}another type`;
    return [{ path, given: [AMI_TYPE], message }];
  });
}

/** The same for the other architecture, or the plainest that there is. */
function counterpart({ operating_system, architecture, variant }: AmiImage): string | undefined {
  const others = Object.entries<AmiImage>(AMI_IMAGES).filter(
    ([, image]) => image.operating_system === operating_system && image.architecture !== architecture,
  );
  return (others.find(([, image]) => image.variant === variant) ?? others[0])?.[0];
}

/**
 * An image for GPUs labels its nodes so that the autoscaler waits for the GPUs of a new one: where there are none, it waits in vain.
 * A GPU without a driver is money for nothing, but a chart may bring the driver. Bottlerocket brings Neuron's in every variant.
 */
function accelerators(worker: Worker): Finding[] {
  const image = stockImage(worker);
  if (image === undefined) return [];
  return namedTypes(worker).flatMap((type, index): Finding[] => {
    const accelerator = acceleratorOf(type);
    const path = ["instance_types", index];
    if (image.accelerator !== "none" && image.accelerator !== accelerator) {
      const has = { nvidia: "no NVIDIA GPU", neuron: "no Inferentia or Trainium chip" }[image.accelerator];
      const message = `${type} has ${has}, for which ami_type ${worker.ami_type} is made: take another type, or an ami_type such as ${plain(image)}`;
      return [{ path, given: [AMI_TYPE], message }];
    }
    const brought = accelerator === "neuron" && image.operating_system === "BOTTLEROCKET";
    if (accelerator === "none" || accelerator === image.accelerator || brought) return [];
    if (image.operating_system === "WINDOWS" || image.architecture !== architectureOf(type)) return [];
    const has = { nvidia: "an NVIDIA GPU", neuron: "Inferentia or Trainium chips" }[accelerator];
    const driven = withDriver(image, accelerator);
    const message = `${type} has ${has}, for which ami_type ${worker.ami_type} has no driver: take ${driven}, unless a chart of yours brings one`;
    return [{ path, given: [AMI_TYPE], message, severity: "warning" }];
  });
}

function plain({ operating_system, architecture }: AmiImage): string {
  return imageNamed(
    (image) =>
      image.accelerator === "none" &&
      image.operating_system === operating_system &&
      image.architecture === architecture,
  );
}

function withDriver({ operating_system, architecture }: AmiImage, accelerator: AmiImage["accelerator"]): string {
  return imageNamed(
    (image) =>
      image.accelerator === accelerator &&
      image.operating_system === operating_system &&
      image.architecture === architecture,
  );
}

function imageNamed(matches: (image: AmiImage) => boolean): string {
  return Object.entries<AmiImage>(AMI_IMAGES).find(([, image]) => matches(image))?.[0] ?? "another image";
}

/** The key of a release that pins each system's images. */
const PINS = {
  AL2023: "ami_release_version",
  BOTTLEROCKET: "bottlerocket_version",
  WINDOWS: "windows_ami_release_version",
} as const satisfies Readonly<Record<OperatingSystem, string>>;

/** The release says which image it is, so that two plans of one commit boot the same. */
function pinned(worker: Worker, { definition, release }: Subject): Finding[] {
  const image = stockImage(worker);
  if (image === undefined) return [];
  if (image.operating_system === "WINDOWS" && workerKind(worker) === "self_managed") {
    const message = `${worker.ami_type} needs a managed group: Systems Manager has only the newest Windows image, which changes by itself. Take kind: managed, or ami_type: CUSTOM with an ami_id`;
    return [{ path: AMI_TYPE, given: [["kind"], ["spot_price"]], message }];
  }
  const { kubernetes_version } = definition.tfvars.cluster;
  const versions = release?.kubernetes[kubernetes_version];
  const key = PINS[image.operating_system];
  if (release === undefined || versions === undefined || versions[key] !== undefined) return [];
  const message = `${worker.ami_type} is not in release ${release.name} for Kubernetes ${kubernetes_version}: add kubernetes."${kubernetes_version}".${key} there, or take an ami_type of another operating system`;
  return [{ path: AMI_TYPE, given: [["tfvars", "cluster", "kubernetes_version"]], message }];
}

/** Of families that AWS says do not run Windows workloads, m4 has one size that does. */
const NO_WINDOWS = /^(?:c3|c4|d2|i2|m6a|r3)\.|^m4\.(?!16xlarge$)/;
/** Sizes with 2 GiB of memory or less. */
const SMALL = /\.(?:nano|micro|small)$/;

function windows(worker: Worker): Finding[] {
  const types = namedTypes(worker).flatMap((type, index): Finding[] => {
    const path = ["instance_types", index];
    if (NO_WINDOWS.test(type))
      return [
        { path, given: [AMI_TYPE], message: `${type} does not run Windows on EKS: take another family, such as m6i` },
      ];
    if (SMALL.test(type))
      return [
        {
          path,
          given: [AMI_TYPE],
          message: `${type} has too little memory for Windows: take 4 GiB or more, such as t3.medium`,
        },
      ];
    return [];
  });
  if (worker.taints.some(({ effect }) => effect !== "PreferNoSchedule")) return types;
  const message =
    "runs no pods that are made for Linux, and those that name no operating system may be scheduled on it: add a taint such as os=windows:NoSchedule";
  return [...types, { path: AMI_TYPE, given: [["taints"]], message, severity: "warning" }];
}

function podSubnets({ definition }: Subject): Finding[] {
  if (!hasTier(definition.tfvars.networking, "pod")) return [];
  const message =
    "has pods with addresses of the nodes' subnets: Windows knows no custom networking, for which the tier pod is";
  return [{ path: AMI_TYPE, given: [["tfvars", "networking"]], message, severity: "warning" }];
}
