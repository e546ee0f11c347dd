import { catalogue } from "../../addons/catalogue";
import type { Addon } from "../../addons/contract/addon";

const ADDONS: readonly Addon[] = Object.values(catalogue);

/** Release notes of the EKS add-ons that are no addons of the catalogue, because every cluster has them. */
const EVERY_CLUSTER: Readonly<Record<string, string>> = {
  "kube-proxy": "https://github.com/kubernetes/kubernetes/releases/tag/", // v1.37.1
  "vpc-cni": "https://github.com/aws/amazon-vpc-cni-k8s/releases/tag/", // v1.23.2
};

/** Returns the address of a chart's notes; null if no addon names them. */
export function chartNotes(repository: string, chart: string, version: string): string | null {
  const notes = ADDONS.flatMap((addon) =>
    addon.kind === "helm" ? (addon.release_notes?.[`${repository}/${chart}`] ?? []) : [],
  );
  return addressOf(notes[0], version);
}

/** Returns the address of the notes about a pin of a Kubernetes version; null if it is unknown. */
export function pinNotes(path: readonly string[], version: string): string | null {
  const [kind = "", name = ""] = path;
  if (kind === "eks_addons") return addressOf(eksNotes(name), version.replace(/-eksbuild\.\d+$/, ""));
  if (kind === "ami_release_version")
    return `https://github.com/awslabs/amazon-eks-ami/releases/tag/v${version.split("-").at(-1)}`; // v20260923
  if (kind === "bottlerocket_version")
    return `https://github.com/bottlerocket-os/bottlerocket/releases/tag/v${version.replace(/-[0-9a-f]+$/, "")}`; // v1.65.0
  return null;
}

function eksNotes(name: string): string | undefined {
  const addon = ADDONS.find((each) => each.kind === "eks" && each.eks_name === name);
  return addon?.kind === "eks" ? addon.release_notes : EVERY_CLUSTER[name];
}

function addressOf(start: string | undefined, version: string): string | null {
  return start === undefined ? null : `${start}${version}`;
}
