import { velero } from "./backup/velero";
import type { Addon } from "./contract/addon";
import { argoCd } from "./delivery/argo-cd";
import { argoRollouts } from "./delivery/argo-rollouts";
import { concourse } from "./delivery/concourse";
import { flux } from "./delivery/flux";
import { githubActionsRunners } from "./delivery/github-actions-runners";
import { headlamp } from "./delivery/headlamp";
import { reloader } from "./delivery/reloader";
import { awsNodeTerminationHandler } from "./nodes/aws-node-termination-handler";
import { clusterAutoscaler } from "./nodes/cluster-autoscaler";
import { clusterOverprovisioner } from "./nodes/cluster-overprovisioner";
import { descheduler } from "./nodes/descheduler";
import { eksNodeMonitoringAgent } from "./nodes/eks-node-monitoring-agent";
import { goldilocks } from "./nodes/goldilocks";
import { karpenter } from "./nodes/karpenter";
import { keda } from "./nodes/keda";
import { kured } from "./nodes/kured";
import { nodeProblemDetector } from "./nodes/node-problem-detector";
import { nvidiaDevicePlugin } from "./nodes/nvidia-device-plugin";
import { verticalPodAutoscaler } from "./nodes/vertical-pod-autoscaler";
import { alloy } from "./observability/alloy";
import { amazonCloudwatchObservability } from "./observability/amazon-cloudwatch-observability";
import { fluentBit } from "./observability/fluent-bit";
import { kubePrometheusStack } from "./observability/kube-prometheus-stack";
import { loki } from "./observability/loki";
import { metricsServer } from "./observability/metrics-server";
import { opencost } from "./observability/opencost";
import { opentelemetryCollector } from "./observability/opentelemetry-collector";
import { prometheusAdapter } from "./observability/prometheus-adapter";
import { prometheusBlackboxExporter } from "./observability/prometheus-blackbox-exporter";
import { tempo } from "./observability/tempo";
import { ownAddons } from "./own-addons";
import { certManager } from "./security/cert-manager";
import { dex } from "./security/dex";
import { externalSecrets } from "./security/external-secrets";
import { falco } from "./security/falco";
import { kyverno } from "./security/kyverno";
import { oauth2Proxy } from "./security/oauth2-proxy";
import { secretsStoreCsiDriver } from "./security/secrets-store-csi-driver";
import { teleportKubeAgent } from "./security/teleport-kube-agent";
import { awsEbsCsiDriver } from "./storage/aws-ebs-csi-driver";
import { awsEfsCsiDriver } from "./storage/aws-efs-csi-driver";
import { awsFsxCsiDriver } from "./storage/aws-fsx-csi-driver";
import { awsMountpointS3CsiDriver } from "./storage/aws-mountpoint-s3-csi-driver";
import { snapshotController } from "./storage/snapshot-controller";
import { awsLoadBalancerController } from "./traffic/aws-load-balancer-controller";
import { coredns } from "./traffic/coredns";
import { envoyGateway } from "./traffic/envoy-gateway";
import { externalDns } from "./traffic/external-dns";
import { ingressNginx } from "./traffic/ingress-nginx";
import { nodelocalDns } from "./traffic/nodelocal-dns";
import { traefik } from "./traffic/traefik";

/** The program's own addons. */
const OURS = {
  alloy,
  amazon_cloudwatch_observability: amazonCloudwatchObservability,
  argo_cd: argoCd,
  argo_rollouts: argoRollouts,
  aws_ebs_csi_driver: awsEbsCsiDriver,
  aws_efs_csi_driver: awsEfsCsiDriver,
  aws_fsx_csi_driver: awsFsxCsiDriver,
  aws_load_balancer_controller: awsLoadBalancerController,
  aws_mountpoint_s3_csi_driver: awsMountpointS3CsiDriver,
  aws_node_termination_handler: awsNodeTerminationHandler,
  cert_manager: certManager,
  cluster_autoscaler: clusterAutoscaler,
  cluster_overprovisioner: clusterOverprovisioner,
  concourse,
  coredns,
  descheduler,
  dex,
  eks_node_monitoring_agent: eksNodeMonitoringAgent,
  envoy_gateway: envoyGateway,
  external_dns: externalDns,
  external_secrets: externalSecrets,
  falco,
  fluent_bit: fluentBit,
  flux,
  github_actions_runners: githubActionsRunners,
  goldilocks,
  headlamp,
  ingress_nginx: ingressNginx,
  karpenter,
  keda,
  kube_prometheus_stack: kubePrometheusStack,
  kured,
  kyverno,
  loki,
  metrics_server: metricsServer,
  node_problem_detector: nodeProblemDetector,
  nodelocal_dns: nodelocalDns,
  nvidia_device_plugin: nvidiaDevicePlugin,
  oauth2_proxy: oauth2Proxy,
  opencost,
  opentelemetry_collector: opentelemetryCollector,
  prometheus_adapter: prometheusAdapter,
  prometheus_blackbox_exporter: prometheusBlackboxExporter,
  reloader,
  secrets_store_csi_driver: secretsStoreCsiDriver,
  snapshot_controller: snapshotController,
  teleport_kube_agent: teleportKubeAgent,
  tempo,
  traefik,
  velero,
  vertical_pod_autoscaler: verticalPodAutoscaler,
} as const satisfies Readonly<Record<string, Addon>>;

/**
 * Every addon that can be installed, by its key in a definition. Its type has the program's own addons only: code that names an addon
 * cannot name one of `extensions/addons/`, which is only there at run time.
 */
export const catalogue: typeof OURS = { ...OURS, ...ownAddons(OURS) };

export type AddonName = keyof typeof catalogue;
