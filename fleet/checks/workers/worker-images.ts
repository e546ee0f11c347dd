import {
  type Accelerator,
  AMI_IMAGES,
  type AmiImage,
  type Architecture,
  type OperatingSystem,
  operatingSystemOf,
  stockImage,
} from "../../../aws/ami";
import { acceleratorOf, architectureOf } from "../../../aws/instance-types";
import { isProvided, providersOf } from "../../addons/cluster-services";
import type { Subject } from "../../model/subject";
import { hasTier } from "../../network/subnets";
import { namedTypes, workerKind } from "../../nodes/worker-kind";
import { eachNamedType, eachWorker, type WorkerRule } from "../../rules/each-worker";
import { noEffect } from "../../rules/forms";

const AMI_TYPE = ["ami_type"] as const;

const customId: WorkerRule = ({ ami_id, ami_type, launch_template }) => {
  if (ami_type !== "CUSTOM" || ami_id !== null || launch_template !== null) return [];
  return [{ path: AMI_TYPE, message: "CUSTOM requires ami_id, the id of an image, such as ami-0123456789abcdef0" }];
};

const customFamily: WorkerRule = ({ ami_family, ami_type }) => {
  if (ami_type !== "CUSTOM" || ami_family !== null) return [];
  return [
    { path: AMI_TYPE, message: "CUSTOM requires ami_family, the image's system: AL2023, BOTTLEROCKET or WINDOWS" },
  ];
};

const customOnly =
  (key: "ami_id" | "ami_family"): WorkerRule =>
  ({ ami_type, [key]: value }) =>
    value === null || ami_type === "CUSTOM"
      ? []
      : [noEffect([key], `ami_type is ${ami_type}`, "or set ami_type: CUSTOM")];

/** EKS publishes no image for the mac families: EKS's guide to choosing instance types. */
const macs = eachNamedType((type) =>
  isMac(type) ? `${type} runs macOS, which EKS does not support on nodes. Use another type` : undefined,
);

function isMac(instanceType: string): boolean {
  return /^mac[\d-]/.test(instanceType);
}

const architectures = eachNamedType((type, worker) => {
  const image = stockImage(worker);
  const architecture = architectureOf(type);
  if (isMac(type) || image === undefined || architecture === image.architecture) return undefined;
  const other = counterpart(image);
  const remedy = other === undefined ? "Use another type" : `Use an ami_type such as ${other}, or another type`;
  return `${type} is ${architecture}, but ami_type ${worker.ami_type} is ${image.architecture}. ${remedy}`;
});

const customArchitectures = eachNamedType((type, worker) => {
  if (isMac(type) || stockImage(worker) !== undefined) return undefined;
  const [architecture, first = ""] = [architectureOf(type), namedTypes(worker).find((each) => !isMac(each))];
  if (architecture === architectureOf(first)) return undefined;
  return `${type} is ${architecture}, but ${first} is ${architectureOf(first)}, and an image supports only one of them. Use two groups`;
});

/** Returns the same image for the other architecture, or else another image of the operating system. */
function counterpart({ architecture, operating_system, variant }: AmiImage): string | undefined {
  const others = Object.entries(AMI_IMAGES).filter(
    ([, image]) => image.operating_system === operating_system && image.architecture !== architecture,
  );
  return (others.find(([, image]) => image.variant === variant) ?? others[0])?.[0];
}

const ACCELERATORS = {
  nvidia: { one: "an NVIDIA GPU", none: "no NVIDIA GPU" },
  neuron: { one: "an Inferentia or Trainium chip", none: "no Inferentia or Trainium chip" },
} as const satisfies Readonly<Record<Exclude<Accelerator, "none">, unknown>>;

/** An image for accelerators labels its nodes, and cluster-autoscaler then waits for accelerators that never appear. */
const missingAccelerator = eachNamedType((type, worker) => {
  const image = stockImage(worker);
  if (isMac(type) || image === undefined) return undefined;
  if (image.accelerator === "none" || image.accelerator === acceleratorOf(type)) return undefined;
  const { none } = ACCELERATORS[image.accelerator];
  return `${type} has ${none}, which ami_type ${worker.ami_type} requires. Use another type, or an ami_type such as ${imageOf(image, "none")}`;
});

/** A chart can install the driver. Each image of Bottlerocket contains the driver of Neuron. */
const missingDriver = eachNamedType((type, worker) => {
  const image = stockImage(worker);
  const accelerator = acceleratorOf(type);
  if (image === undefined || accelerator === "none" || image.accelerator !== "none") return undefined;
  const { architecture, operating_system } = image;
  if (accelerator === "neuron" && operating_system === "BOTTLEROCKET") return undefined;
  if (operating_system === "WINDOWS" || architecture !== architectureOf(type)) return undefined;
  return `${type} has ${ACCELERATORS[accelerator].one}, but ami_type ${worker.ami_type} has no driver for it. Use ${imageOf(image, accelerator)}, unless a chart installs the driver`;
}, "warning");

function imageOf(
  { architecture, operating_system }: { architecture: Architecture; operating_system: OperatingSystem },
  accelerator: Accelerator,
): string {
  const found = Object.entries(AMI_IMAGES).find(
    ([, image]) =>
      image.accelerator === accelerator &&
      image.operating_system === operating_system &&
      image.architecture === architecture,
  );
  return found?.[0] ?? "another image";
}

const managedWindows: WorkerRule = (worker) => {
  if (stockImage(worker)?.operating_system !== "WINDOWS" || workerKind(worker) !== "self_managed") return [];
  const message = `${worker.ami_type} requires a managed group, because Systems Manager has only the newest Windows image, which changes. Set kind: managed, or ami_type: CUSTOM with an ami_id`;
  return [{ path: AMI_TYPE, message }];
};

/** The key of a release that pins each system's images. */
const PINS = {
  AL2023: "ami_release_version",
  BOTTLEROCKET: "bottlerocket_version",
  WINDOWS: "windows_ami_release_version",
} as const satisfies Readonly<Record<OperatingSystem, string>>;

/** Without a pin, two plans of one commit could boot different images. */
const pinned: WorkerRule = (worker, { definition, release }) => {
  const image = stockImage(worker);
  const { kubernetes_version: version } = definition.tfvars.cluster;
  const versions = release?.kubernetes[version];
  if (image === undefined || release === undefined || versions === undefined) return [];
  if (image.operating_system === "WINDOWS" && workerKind(worker) === "self_managed") return [];
  const key = PINS[image.operating_system];
  if (versions[key] !== undefined) return [];
  const message = `${worker.ami_type} has no version in release ${release.name} for Kubernetes ${version}. Add kubernetes."${version}".${key} to the release, or use an ami_type of another operating system`;
  return [{ path: AMI_TYPE, message }];
};

/** Months for which AWS lists a Windows image. EKS creates no node from a hidden image. */
const LISTED_MONTHS = 4;

const hiddenImage: WorkerRule = (worker, { definition, release, today }) => {
  if (stockImage(worker)?.operating_system !== "WINDOWS" || workerKind(worker) === "self_managed") return [];
  const pin = release?.kubernetes[definition.tfvars.cluster.kubernetes_version]?.windows_ami_release_version;
  if (release === undefined || pin === undefined) return [];
  const hidden = new Date(pin.slice(pin.indexOf("-") + 1).replaceAll(".", "-"));
  hidden.setUTCMonth(hidden.getUTCMonth() + LISTED_MONTHS);
  const day = hidden.toISOString().slice(0, 10);
  if (today < day) return [];
  const message = `release ${release.name} pins the Windows image ${pin}, which AWS hides after ${LISTED_MONTHS} months, on ${day}. Use a release with a newer windows_ami_release_version`;
  return [{ path: AMI_TYPE, message, severity: "warning" }];
};

/** Families that AWS excludes from Windows workloads. One size of m4 supports them. */
const NO_WINDOWS = /^(?:c3|c4|d2|i2|m6a|r3)\.|^m4\.(?!16xlarge$)/;
/** Sizes with 2 GiB of memory or less. */
const SMALL = /\.(?:nano|micro|small)$/;

const windowsTypes = eachNamedType((type, worker) => {
  if (operatingSystemOf(worker) !== "WINDOWS") return undefined;
  if (NO_WINDOWS.test(type)) return `${type} does not support Windows on EKS. Use another family, such as m6i`;
  if (!SMALL.test(type)) return undefined;
  return `${type} has too little memory for Windows. Use a type with at least 4 GiB, such as t3.medium`;
});

const windowsTaint: WorkerRule = (worker) => {
  if (operatingSystemOf(worker) !== "WINDOWS") return [];
  if (worker.taints.some(({ effect }) => effect !== "PreferNoSchedule")) return [];
  const message =
    "runs no Linux pods, but Kubernetes can schedule Linux pods without a node selector on it. Add a taint, such as os=windows:NoSchedule";
  return [{ path: AMI_TYPE, message, severity: "warning" }];
};

const windowsPodSubnets: WorkerRule = (worker, { definition }) => {
  if (operatingSystemOf(worker) !== "WINDOWS" || !hasTier(definition.tfvars.networking, "pod")) return [];
  const message =
    "Windows does not support custom networking, so its pods get addresses of the nodes' subnets. Remove the pod tier, or use Linux nodes";
  return [{ path: AMI_TYPE, message, severity: "warning" }];
};

/** True if a chart of the definition may be a device plugin, judged by its name, such as `aws-efa-k8s-device-plugin`. */
function hasChart({ definition }: Subject, name: RegExp): boolean {
  return definition.tfvars.extra_charts.some(({ chart }) => name.test(chart));
}

/** Amazon Linux has the driver of a GPU, and nothing that offers it to pods; Bottlerocket has both. */
const gpus: WorkerRule = (worker, subject) => {
  const { ami_type } = worker;
  if (!/^AL2023_.*_NVIDIA$/.test(ami_type) || isProvided("nvidia_gpus", subject.definition.tfvars)) return [];
  if (namedTypes(worker).some((type) => acceleratorOf(type) !== "nvidia")) return []; // reported with the image
  if (hasChart(subject, /nvidia|gpu/)) return [];
  const [addon] = providersOf("nvidia_gpus");
  const message = `pods get no GPU, because nothing offers the GPUs of these nodes to them. Set ${addon}_enabled: true`;
  return [{ path: ["ami_type"], message, severity: "warning" }];
};

/** Amazon Linux has the driver of Neuron devices, and no addon offers them to pods. */
const neurons: WorkerRule = (worker, subject) => {
  const { ami_type } = worker;
  if (namedTypes(worker).some((type) => acceleratorOf(type) !== "neuron")) return []; // reported with the image
  const installed = hasChart(subject, /neuron/) || subject.definition.tfvars.extra_manifests.length > 0;
  if (!ami_type.endsWith("_NEURON") || installed) return [];
  const message =
    "pods get no Neuron device, because nothing offers those of these nodes to them. Add a device plugin to extra_charts, such as the chart neuron-helm-chart of oci://public.ecr.aws/neuron";
  return [{ path: AMI_TYPE, message, severity: "warning" }];
};

export const checkImages = eachWorker([
  customId,
  customFamily,
  customOnly("ami_id"),
  customOnly("ami_family"),
  macs,
  architectures,
  customArchitectures,
  missingAccelerator,
  missingDriver,
  gpus,
  neurons,
  managedWindows,
  pinned,
  hiddenImage,
  windowsTypes,
  windowsTaint,
  windowsPodSubnets,
]);
