import type { Addon } from "./addon";
import { alloy } from "./alloy";
import { amazonCloudwatchObservability } from "./amazon-cloudwatch-observability";
import { argoCd } from "./argo-cd";
import { argoRollouts } from "./argo-rollouts";
import { awsEbsCsiDriver } from "./aws-ebs-csi-driver";
import { awsEfsCsiDriver } from "./aws-efs-csi-driver";
import { awsFsxCsiDriver } from "./aws-fsx-csi-driver";
import { awsLoadBalancerController } from "./aws-load-balancer-controller";
import { awsMountpointS3CsiDriver } from "./aws-mountpoint-s3-csi-driver";
import { awsNodeTerminationHandler } from "./aws-node-termination-handler";
import { certManager } from "./cert-manager";
import { clusterAutoscaler } from "./cluster-autoscaler";
import { clusterOverprovisioner } from "./cluster-overprovisioner";
import { concourse } from "./concourse";
import { coredns } from "./coredns";
import { descheduler } from "./descheduler";
import { dex } from "./dex";
import { eksNodeMonitoringAgent } from "./eks-node-monitoring-agent";
import { envoyGateway } from "./envoy-gateway";
import { externalDns } from "./external-dns";
import { externalSecrets } from "./external-secrets";
import { falco } from "./falco";
import { fluentBit } from "./fluent-bit";
import { flux } from "./flux";
import { githubActionsRunners } from "./github-actions-runners";
import { goldilocks } from "./goldilocks";
import { headlamp } from "./headlamp";
import { ingressNginx } from "./ingress-nginx";
import { karpenter } from "./karpenter";
import { keda } from "./keda";
import { kubePrometheusStack } from "./kube-prometheus-stack";
import { kured } from "./kured";
import { kyverno } from "./kyverno";
import { loki } from "./loki";
import { metricsServer } from "./metrics-server";
import { nodeProblemDetector } from "./node-problem-detector";
import { nodelocalDns } from "./nodelocal-dns";
import { nvidiaDevicePlugin } from "./nvidia-device-plugin";
import { oauth2Proxy } from "./oauth2-proxy";
import { opencost } from "./opencost";
import { opentelemetryCollector } from "./opentelemetry-collector";
import { prometheusAdapter } from "./prometheus-adapter";
import { prometheusBlackboxExporter } from "./prometheus-blackbox-exporter";
import { reloader } from "./reloader";
import { secretsStoreCsiDriver } from "./secrets-store-csi-driver";
import { snapshotController } from "./snapshot-controller";
import { teleportKubeAgent } from "./teleport-kube-agent";
import { tempo } from "./tempo";
import { traefik } from "./traefik";
import { velero } from "./velero";
import { verticalPodAutoscaler } from "./vertical-pod-autoscaler";

/** Every addon that can be installed, by its key in a definition. */
export const catalogue = {
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

export type AddonName = keyof typeof catalogue;
