import type { Addon } from "./addon";
import { awsEbsCsiDriver } from "./aws-ebs-csi-driver";
import { awsLoadBalancerController } from "./aws-load-balancer-controller";
import { certManager } from "./cert-manager";
import { clusterAutoscaler } from "./cluster-autoscaler";
import { coredns } from "./coredns";
import { externalDns } from "./external-dns";
import { headlamp } from "./headlamp";
import { kubePrometheusStack } from "./kube-prometheus-stack";
import { metricsServer } from "./metrics-server";
import { nodelocalDns } from "./nodelocal-dns";
import { nvidiaDevicePlugin } from "./nvidia-device-plugin";
import { verticalPodAutoscaler } from "./vertical-pod-autoscaler";

/** Every addon that can be installed, by its key in a definition. */
export const catalogue = {
  aws_ebs_csi_driver: awsEbsCsiDriver,
  aws_load_balancer_controller: awsLoadBalancerController,
  cert_manager: certManager,
  cluster_autoscaler: clusterAutoscaler,
  coredns,
  external_dns: externalDns,
  headlamp,
  kube_prometheus_stack: kubePrometheusStack,
  metrics_server: metricsServer,
  nodelocal_dns: nodelocalDns,
  nvidia_device_plugin: nvidiaDevicePlugin,
  vertical_pod_autoscaler: verticalPodAutoscaler,
} as const satisfies Readonly<Record<string, Addon>>;

export type AddonName = keyof typeof catalogue;
