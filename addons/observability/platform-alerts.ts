import type { Manifest } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { type Alert, alertRules } from "../parts/monitoring";

/** Labels of Helm's own Secrets, one a revision: kube-state-metrics shows labels only of what is listed here. */
export const HELM_SECRET_LABELS = "secrets=[name,owner,status]";

/** Alerts of the chart that ours take the place of: two messages about one thing are one too many. */
export const REPLACED_ALERTS = [
  "KubeJobFailed",
  "KubeNodeNotReady",
  "KubeNodePressure",
  "KubePersistentVolumeFillingUp",
  "KubePersistentVolumeInodesFillingUp",
  "KubePodNotReady",
] as const;

/** Whatever a pod asks for counts while it runs: a finished one gives back what it had. */
const RUNNING = 'max by (namespace, pod) (kube_pod_status_phase{phase="Running"} == 1)';

/** When each revision of a release was made, by release. */
const helmRevisions = (status: string) =>
  `max by (namespace, label_name) (max by (namespace, secret) (kube_secret_created) * on (namespace, secret) group_left (label_name) max by (namespace, secret, label_name) (kube_secret_labels{label_owner="helm", label_status=~"${status}"}))`;

/** When the jobs of a CronJob began that have failed. */
const FAILED_JOBS = `max by (namespace, owner_name) (max by (namespace, job_name) (kube_job_status_start_time) * on (namespace, job_name) max by (namespace, job_name) (kube_job_failed{condition="true"} == 1) * on (namespace, job_name) group_left (owner_name) max by (namespace, job_name, owner_name) (kube_job_owner{owner_kind="CronJob"}))`;

/** When it last worked, or began to be; under the name that a job's owner has. */
const SINCE_SUCCESS = `label_replace(max by (namespace, cronjob) (kube_cronjob_status_last_successful_time) or max by (namespace, cronjob) (kube_cronjob_created), "owner_name", "$1", "cronjob", "(.+)")`;

const VOLUME = "max by (namespace, persistentvolumeclaim)";

const ALERTS: readonly Alert[] = [
  {
    name: "ClusterNearlyFull",
    when: `sum by (resource) (kube_pod_container_resource_requests{resource=~"cpu|memory"} * on (namespace, pod) group_left () ${RUNNING}) / sum by (resource) (kube_node_status_allocatable{resource=~"cpu|memory"}) > 0.9`,
    during: "1h", // an autoscaler has had time to add what was missing
    summary: "Pods ask for {{ $value | humanizePercentage }} of all {{ $labels.resource }} that the nodes have",
  },
  {
    name: "PodPending",
    when: 'max by (namespace, pod) (kube_pod_status_phase{phase="Pending"}) == 1',
    during: "15m", // a new node takes three
    summary: "The pod {{ $labels.namespace }}/{{ $labels.pod }} has not started for 15 minutes",
  },
  {
    name: "PodNotReady",
    when: `max by (namespace, pod) (kube_pod_status_ready{condition="false"} == 1) * on (namespace, pod) ${RUNNING}`,
    during: "30m",
    summary: "The pod {{ $labels.namespace }}/{{ $labels.pod }} has run for 30 minutes without being ready",
  },
  {
    name: "NodeNotReady",
    when: 'max by (node) (kube_node_status_condition{condition="Ready", status="true"}) == 0',
    during: "10m",
    summary: "The node {{ $labels.node }} has not been ready for 10 minutes",
  },
  {
    name: "NodeUnderPressure",
    when: 'max by (node, condition) (kube_node_status_condition{condition=~"DiskPressure|MemoryPressure|PIDPressure", status="true"}) == 1',
    during: "10m",
    summary: "The node {{ $labels.node }} has {{ $labels.condition }}: its kubelet evicts pods",
  },
  {
    name: "VolumeNearlyFull",
    when: `${VOLUME} (kubelet_volume_stats_available_bytes) / ${VOLUME} (kubelet_volume_stats_capacity_bytes) < 0.1`,
    during: "15m",
    summary:
      "The volume of {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} has {{ $value | humanizePercentage }} left",
  },
  {
    name: "VolumeFullInFourDays",
    when: `${VOLUME} (predict_linear(kubelet_volume_stats_available_bytes[6h], 4 * 86400)) < 0 and ${VOLUME} (kubelet_volume_stats_available_bytes) / ${VOLUME} (kubelet_volume_stats_capacity_bytes) < 0.4`,
    during: "1h",
    summary: "The volume of {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} will be full within four days",
  },
  {
    name: "VolumeInodesNearlyUsed",
    when: `${VOLUME} (kubelet_volume_stats_inodes_free) / (${VOLUME} (kubelet_volume_stats_inodes) > 0) < 0.05`,
    during: "15m",
    summary: "The volume of {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} has no room for more files",
  },
  {
    name: "IpAddressesNearlyUsed",
    when: "sum(awscni_assigned_ip_addresses) / sum(awscni_ip_max) > 0.8",
    during: "30m",
    summary: "Pods have {{ $value | humanizePercentage }} of the addresses that the nodes can have",
  },
  {
    name: "IpAddressNotAssigned",
    when: "sum by (node) (increase(awscni_no_available_ip_addresses[15m])) > 0",
    during: "15m",
    summary: "Pods on {{ $labels.node }} get no address: a subnet has none left, or the node has all it can have",
  },
  {
    name: "HelmReleaseFailed",
    // What failed and was undone has a later revision that is deployed; a first install that failed has none.
    when: `${helmRevisions("failed|pending-.+")} > on (namespace, label_name) (${helmRevisions("deployed")} or 0 * ${helmRevisions("failed|pending-.+")})`,
    during: "15m", // a release may take ten minutes
    summary: "The Helm release {{ $labels.namespace }}/{{ $labels.label_name }} has failed, or never finished",
  },
  {
    name: "CronJobFailed",
    when: `${FAILED_JOBS} > on (namespace, owner_name) ${SINCE_SUCCESS}`,
    during: "1m",
    summary: "The CronJob {{ $labels.namespace }}/{{ $labels.owner_name }} has failed, and not worked since",
  },
  {
    name: "CronJobLate",
    when: "time() - max by (namespace, cronjob) (kube_cronjob_next_schedule_time) > 1800",
    during: "5m",
    summary: "The CronJob {{ $labels.namespace }}/{{ $labels.cronjob }} should have begun half an hour ago",
  },
  {
    name: "JobFailed",
    when: 'max by (namespace, job_name) (kube_job_failed{condition="true"} == 1) unless on (namespace, job_name) kube_job_owner{owner_kind="CronJob"}',
    during: "15m",
    summary: "The Job {{ $labels.namespace }}/{{ $labels.job_name }} has failed",
  },
];

/** Metrics of the VPC CNI, which knows of every pod's address. */
const AWS_NODE: Manifest = {
  apiVersion: "monitoring.coreos.com/v1",
  kind: "PodMonitor",
  metadata: { name: "aws-node", namespace: "monitoring" },
  spec: {
    selector: { matchLabels: { "k8s-app": "aws-node" } },
    namespaceSelector: { matchNames: ["kube-system"] },
    podMetricsEndpoints: [
      {
        port: "metrics", // 61678
        interval: "30s",
        relabelings: [{ sourceLabels: ["__meta_kubernetes_pod_node_name"], targetLabel: "node" }],
      },
    ],
  },
};

/** What every cluster of ours is watched for, whatever runs on it. Addons bring the alerts about themselves. */
export function platformAlerts(context: AddonContext): readonly Manifest[] {
  return [AWS_NODE, alertRules(context, "platform", "monitoring", ALERTS)];
}
