/**
 * Where the publishers of charts keep the notes of each version: beginning of the address, by the repository of the chart and its
 * name. Each comment is a tag of that form that exists: read in the repository's own tags, or in pages that link to its notes, in
 * November 2026. A chart that is not here has no link, because its publisher does not use one pattern for every version.
 */
const CHARTS: Readonly<Record<string, string>> = {
  "https://argoproj.github.io/argo-helm argo-cd": "https://github.com/argoproj/argo-helm/releases/tag/argo-cd-", // 10.10.2
  "https://argoproj.github.io/argo-helm argo-rollouts":
    "https://github.com/argoproj/argo-helm/releases/tag/argo-rollouts-", // 2.12.0
  "https://argoproj.github.io/argo-helm argocd-apps": "https://github.com/argoproj/argo-helm/releases/tag/argocd-apps-", // 2.0.0
  "https://charts.dexidp.io dex": "https://github.com/dexidp/helm-charts/releases/tag/dex-", // 0.18.0
  "https://charts.external-secrets.io external-secrets":
    "https://github.com/external-secrets/external-secrets/releases/tag/helm-chart-", // 2.12.0
  "https://concourse-charts.storage.googleapis.com concourse":
    "https://github.com/concourse/concourse-chart/releases/tag/v", // 20.1.3
  "https://falcosecurity.github.io/charts falco": "https://github.com/falcosecurity/charts/releases/tag/falco-", // 9.1.0
  "https://fluent.github.io/helm-charts fluent-bit": "https://github.com/fluent/helm-charts/releases/tag/fluent-bit-", // 0.58.2
  "https://fluxcd-community.github.io/helm-charts flux2":
    "https://github.com/fluxcd-community/helm-charts/releases/tag/flux2-", // 2.18.3
  "https://fluxcd-community.github.io/helm-charts flux2-sync":
    "https://github.com/fluxcd-community/helm-charts/releases/tag/flux2-sync-", // 1.14.5
  "https://grafana-community.github.io/helm-charts loki":
    "https://github.com/grafana-community/helm-charts/releases/tag/loki-", // 18.13.5
  "https://grafana-community.github.io/helm-charts tempo":
    "https://github.com/grafana-community/helm-charts/releases/tag/tempo-", // 2.4.0
  "https://grafana.github.io/helm-charts alloy": "https://github.com/grafana/helm-charts/releases/tag/alloy-", // 1.12.1
  "https://kedacore.github.io/charts keda": "https://github.com/kedacore/charts/releases/tag/v", // 2.20.2
  "https://kubereboot.github.io/charts kured": "https://github.com/kubereboot/charts/releases/tag/kured-", // 6.1.0
  "https://kubernetes-sigs.github.io/descheduler descheduler":
    "https://github.com/kubernetes-sigs/descheduler/releases/tag/descheduler-helm-chart-", // 0.36.0
  "https://kubernetes-sigs.github.io/external-dns external-dns":
    "https://github.com/kubernetes-sigs/external-dns/releases/tag/external-dns-helm-chart-", // 1.22.0
  "https://kubernetes-sigs.github.io/metrics-server metrics-server":
    "https://github.com/kubernetes-sigs/metrics-server/releases/tag/metrics-server-helm-chart-", // 3.14.0
  "https://kubernetes-sigs.github.io/secrets-store-csi-driver/charts secrets-store-csi-driver":
    "https://github.com/kubernetes-sigs/secrets-store-csi-driver/releases/tag/v", // 1.6.1
  "https://kubernetes.github.io/autoscaler cluster-autoscaler":
    "https://github.com/kubernetes/autoscaler/releases/tag/cluster-autoscaler-chart-", // 9.46.0
  "https://kubernetes.github.io/autoscaler vertical-pod-autoscaler":
    "https://github.com/kubernetes/autoscaler/releases/tag/vertical-pod-autoscaler-chart-", // 0.13.0
  "https://kubernetes.github.io/ingress-nginx ingress-nginx":
    "https://github.com/kubernetes/ingress-nginx/releases/tag/helm-chart-", // 4.15.1
  "https://nvidia.github.io/k8s-device-plugin nvidia-device-plugin":
    "https://github.com/NVIDIA/k8s-device-plugin/releases/tag/v", // 0.20.1
  "https://oauth2-proxy.github.io/manifests oauth2-proxy":
    "https://github.com/oauth2-proxy/manifests/releases/tag/oauth2-proxy-", // 10.7.0
  "https://open-telemetry.github.io/opentelemetry-helm-charts opentelemetry-collector":
    "https://github.com/open-telemetry/opentelemetry-helm-charts/releases/tag/opentelemetry-collector-", // 0.173.1
  "https://opencost.github.io/opencost-helm-chart opencost":
    "https://github.com/opencost/opencost-helm-chart/releases/tag/opencost-", // 2.5.20
  "https://prometheus-community.github.io/helm-charts kube-prometheus-stack":
    "https://github.com/prometheus-community/helm-charts/releases/tag/kube-prometheus-stack-", // 91.9.0
  "https://prometheus-community.github.io/helm-charts prometheus-adapter":
    "https://github.com/prometheus-community/helm-charts/releases/tag/prometheus-adapter-", // 4.10.0
  "https://prometheus-community.github.io/helm-charts prometheus-blackbox-exporter":
    "https://github.com/prometheus-community/helm-charts/releases/tag/prometheus-blackbox-exporter-", // 11.17.2
  "https://traefik.github.io/charts traefik": "https://github.com/traefik/traefik-helm-chart/releases/tag/v", // 41.6.1
  "https://vmware-tanzu.github.io/helm-charts velero":
    "https://github.com/vmware-tanzu/helm-charts/releases/tag/velero-", // 11.3.2
  "oci://docker.io/envoyproxy gateway-helm": "https://github.com/envoyproxy/gateway/releases/tag/", // v1.9.2
  "oci://ghcr.io/actions/actions-runner-controller-charts gha-runner-scale-set":
    "https://github.com/actions/actions-runner-controller/releases/tag/gha-runner-scale-set-", // 0.15.0
  "oci://ghcr.io/actions/actions-runner-controller-charts gha-runner-scale-set-controller":
    "https://github.com/actions/actions-runner-controller/releases/tag/gha-runner-scale-set-", // both charts have one release
  "oci://public.ecr.aws/karpenter karpenter": "https://github.com/aws/karpenter-provider-aws/releases/tag/v", // 1.14.1
  "oci://public.ecr.aws/karpenter karpenter-crd": "https://github.com/aws/karpenter-provider-aws/releases/tag/v", // as karpenter
  "oci://quay.io/jetstack/charts cert-manager": "https://github.com/cert-manager/cert-manager/releases/tag/", // v1.21.1
};

/** The same for EKS add-ons, whose versions begin with that of the project. */
const EKS_ADDONS: Readonly<Record<string, string>> = {
  "aws-ebs-csi-driver": "https://github.com/kubernetes-sigs/aws-ebs-csi-driver/releases/tag/", // v1.66.0
  "aws-efs-csi-driver": "https://github.com/kubernetes-sigs/aws-efs-csi-driver/releases/tag/", // v3.5.0
  "aws-fsx-csi-driver": "https://github.com/kubernetes-sigs/aws-fsx-csi-driver/releases/tag/", // v1.9.0
  "aws-mountpoint-s3-csi-driver": "https://github.com/awslabs/mountpoint-s3-csi-driver/releases/tag/", // v2.7.0
  coredns: "https://github.com/coredns/coredns/releases/tag/", // v1.14.6
  "kube-proxy": "https://github.com/kubernetes/kubernetes/releases/tag/", // v1.37.1
  "snapshot-controller": "https://github.com/kubernetes-csi/external-snapshotter/releases/tag/", // v8.6.0
  "vpc-cni": "https://github.com/aws/amazon-vpc-cni-k8s/releases/tag/", // v1.23.2
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
    return `https://github.com/awslabs/amazon-eks-ami/releases/tag/v${version.split("-").at(-1)}`; // v20260923
  if (kind === "bottlerocket_version")
    return `https://github.com/bottlerocket-os/bottlerocket/releases/tag/v${version.replace(/-[0-9a-f]+$/, "")}`; // v1.65.0
  return null;
}
