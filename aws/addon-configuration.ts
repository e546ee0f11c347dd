/** What is known of the configuration that an EKS add-on takes. */
export interface AddonConfiguration {
  /** Its keys at the top. */
  readonly keys: readonly string[];
  /**
   * Where the keys are from. AWS's own list comes with each version, by `aws eks describe-addon-configuration`, and can have
   * fewer; a key that stands in no chart of it is in none of them.
   */
  readonly source: "the chart's values" | "the user guide";
}

const POD_SETTINGS = [
  "affinity",
  "nodeSelector",
  "podAnnotations",
  "podLabels",
  "priorityClassName",
  "resources",
  "tolerations",
  "updateStrategy",
] as const;

/** EKS add-ons whose configuration is checked, by their names at AWS; others are passed on as they are. */
export const ADDON_CONFIGURATIONS: Readonly<Record<string, AddonConfiguration>> = {
  // aws-vpc-cni 1.22.4
  "vpc-cni": {
    source: "the chart's values",
    keys: [
      ...POD_SETTINGS,
      "branchENICooldown",
      "cniConfig",
      "enableNetworkPolicy",
      "enableWindowsIpam",
      "enableWindowsPrefixDelegation",
      "eniConfig",
      "env",
      "extraEnv",
      "fullnameOverride",
      "image",
      "imagePullSecrets",
      "init",
      "livenessProbe",
      "livenessProbeTimeoutSeconds",
      "minimumWindowsIPTarget",
      "nameOverride",
      "nodeAgent",
      "originalMatchLabels",
      "podMonitor",
      "podSecurityContext",
      "readinessProbe",
      "readinessProbeTimeoutSeconds",
      "securityContext",
      "serviceAccount",
      "warmWindowsIPTarget",
      "warmWindowsPrefixTarget",
    ],
  },
  // aws-ebs-csi-driver 2.64: its values.schema.json
  "aws-ebs-csi-driver": {
    source: "the chart's values",
    keys: [
      "additionalDaemonSets",
      "awsAccessSecret",
      "controller",
      "customLabels",
      "debugLogs",
      "defaultStorageClass",
      "fips",
      "fullnameOverride",
      "helmTester",
      "image",
      "imagePullSecrets",
      "nameOverride",
      "node",
      "nodeAllocatableUpdatePeriodSeconds",
      "nodeComponentOnly",
      "proxy",
      "sidecars",
      "storageClasses",
      "useOldCSIDriver",
      "volumeSnapshotClasses",
    ],
  },
  // aws-efs-csi-driver 4.4.1
  "aws-efs-csi-driver": {
    source: "the chart's values",
    keys: [
      "controller",
      "debugLogs",
      "fullnameOverride",
      "image",
      "imagePullSecrets",
      "nameOverride",
      "node",
      "portRangeUpperBound",
      "sidecars",
      "storageClasses",
      "useFIPS",
      "useHelmHooksForCSIDriver",
    ],
  },
  "kube-proxy": { source: "the user guide", keys: [...POD_SETTINGS, "env", "ipvs", "mode"] },
  coredns: {
    source: "the user guide",
    keys: [
      ...POD_SETTINGS,
      "autoScaling",
      "computeType",
      "corefile",
      "podDisruptionBudget",
      "replicaCount",
      "topologySpreadConstraints",
    ],
  },
  "eks-pod-identity-agent": {
    source: "the user guide",
    keys: [...POD_SETTINGS, "agent", "daemonsets", "env", "init"],
  },
};
