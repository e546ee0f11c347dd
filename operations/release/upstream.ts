/**
 * Where the publishers of charts keep the notes of each version: beginning of the address, by the repository of the chart and its
 * name. A chart that is not here has no link, because its publisher does not use one pattern for every version.
 */
const CHARTS: Readonly<Record<string, string>> = {
  "https://argoproj.github.io/argo-helm argo-cd": "https://github.com/argoproj/argo-helm/releases/tag/argo-cd-",
  "https://argoproj.github.io/argo-helm argo-rollouts":
    "https://github.com/argoproj/argo-helm/releases/tag/argo-rollouts-",
  "https://charts.dexidp.io dex": "https://github.com/dexidp/helm-charts/releases/tag/dex-",
  "https://charts.external-secrets.io external-secrets":
    "https://github.com/external-secrets/external-secrets/releases/tag/helm-chart-",
  "https://falcosecurity.github.io/charts falco": "https://github.com/falcosecurity/charts/releases/tag/falco-",
  "https://fluent.github.io/helm-charts fluent-bit": "https://github.com/fluent/helm-charts/releases/tag/fluent-bit-",
  "https://kubernetes-sigs.github.io/external-dns external-dns":
    "https://github.com/kubernetes-sigs/external-dns/releases/tag/external-dns-helm-chart-",
  "https://kubernetes-sigs.github.io/metrics-server metrics-server":
    "https://github.com/kubernetes-sigs/metrics-server/releases/tag/metrics-server-helm-chart-",
  "https://kubernetes.github.io/autoscaler cluster-autoscaler":
    "https://github.com/kubernetes/autoscaler/releases/tag/cluster-autoscaler-chart-",
  "https://kubernetes.github.io/ingress-nginx ingress-nginx":
    "https://github.com/kubernetes/ingress-nginx/releases/tag/helm-chart-",
  "https://oauth2-proxy.github.io/manifests oauth2-proxy":
    "https://github.com/oauth2-proxy/manifests/releases/tag/oauth2-proxy-",
  "https://prometheus-community.github.io/helm-charts kube-prometheus-stack":
    "https://github.com/prometheus-community/helm-charts/releases/tag/kube-prometheus-stack-",
  "https://prometheus-community.github.io/helm-charts prometheus-adapter":
    "https://github.com/prometheus-community/helm-charts/releases/tag/prometheus-adapter-",
  "https://prometheus-community.github.io/helm-charts prometheus-blackbox-exporter":
    "https://github.com/prometheus-community/helm-charts/releases/tag/prometheus-blackbox-exporter-",
  "https://traefik.github.io/charts traefik": "https://github.com/traefik/traefik-helm-chart/releases/tag/v",
  "https://vmware-tanzu.github.io/helm-charts velero":
    "https://github.com/vmware-tanzu/helm-charts/releases/tag/velero-",
  "oci://public.ecr.aws/karpenter karpenter": "https://github.com/aws/karpenter-provider-aws/releases/tag/v",
  "oci://quay.io/jetstack/charts cert-manager": "https://github.com/cert-manager/cert-manager/releases/tag/",
};

/** The same for EKS add-ons, whose versions begin with that of the project. */
const EKS_ADDONS: Readonly<Record<string, string>> = {
  "aws-ebs-csi-driver": "https://github.com/kubernetes-sigs/aws-ebs-csi-driver/releases/tag/",
  "aws-efs-csi-driver": "https://github.com/kubernetes-sigs/aws-efs-csi-driver/releases/tag/",
  "aws-fsx-csi-driver": "https://github.com/kubernetes-sigs/aws-fsx-csi-driver/releases/tag/",
  coredns: "https://github.com/coredns/coredns/releases/tag/",
  "kube-proxy": "https://github.com/kubernetes/kubernetes/releases/tag/",
  "snapshot-controller": "https://github.com/kubernetes-csi/external-snapshotter/releases/tag/",
  "vpc-cni": "https://github.com/aws/amazon-vpc-cni-k8s/releases/tag/",
};

/** Returns the address of a chart's notes; null if none is known. */
export function chartNotes(repository: string, chart: string, version: string): string | null {
  const start = CHARTS[`${repository} ${chart}`];
  return start === undefined ? null : `${start}${version}`;
}

/** Returns the address of the notes about a pin of a Kubernetes version; null if none is known. */
export function pinNotes(path: readonly string[], version: string): string | null {
  const [kind = "", name = ""] = path;
  if (kind === "eks_addons" && EKS_ADDONS[name] !== undefined)
    return `${EKS_ADDONS[name]}${version.replace(/-eksbuild\.\d+$/, "")}`;
  if (kind === "ami_release_version")
    return `https://github.com/awslabs/amazon-eks-ami/releases/tag/v${version.split("-").at(-1)}`;
  if (kind === "bottlerocket_version")
    return `https://github.com/bottlerocket-os/bottlerocket/releases/tag/v${version.replace(/-[0-9a-f]+$/, "")}`;
  return null;
}
