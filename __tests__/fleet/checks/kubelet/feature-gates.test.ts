import { testMessages } from "../../../support/definition";

const gates = (text: string) => ({ worker: `kubelet: { feature_gates: { ${text} } }` });
const version = (minor: string) => ({ cluster: `kubernetes_version: "${minor}"` });
const at = (gate: string, message: string): string =>
  `tfvars.workers[general].kubelet.feature_gates.${gate}: ${message}`;

testMessages({
  "warns of a gate that does not exist": {
    ...gates("NoSuchGate: true"),
    ...version("1.35"),
    reports: [
      `warning: tfvars.workers[general].kubelet.feature_gates.NoSuchGate: is not in the list of feature gates, and the kubelet does not start with a gate that Kubernetes 1.35 does not have. Remove it, unless Kubernetes has it`,
    ],
  },
  "suggests the gate that is meant": {
    ...gates("KubeletPSi: true"),
    ...version("1.35"),
    reports: [
      `warning: tfvars.workers[general].kubelet.feature_gates.KubeletPSi: is not in the list of feature gates, and the kubelet does not start with a gate that Kubernetes 1.35 does not have. Did you mean "KubeletPSI"?`,
    ],
  },
  "accepts a gate of every version": { ...gates("MemoryQoS: true, AllBeta: false"), ...version("1.34"), reports: [] },
  "refuses a gate of a later version": {
    ...gates("TaintTolerationComparisonOperators: true"),
    ...version("1.34"),
    reports: [
      at(
        "TaintTolerationComparisonOperators",
        "exists since Kubernetes 1.35, and the kubelet of 1.34 does not start with it. Remove it",
      ),
    ],
  },
  "accepts a gate from the version that introduced it": {
    ...gates("TaintTolerationComparisonOperators: true"),
    ...version("1.35"),
    reports: [],
  },
  "refuses to disable a gate from the version that locked it": {
    ...gates("NodeSwap: false"),
    ...version("1.34"),
    reports: [
      at("NodeSwap", "is locked to true since Kubernetes 1.34, and the kubelet does not start with false. Remove it"),
    ],
  },
  "accepts a locked gate that is enabled": { ...gates("NodeSwap: true"), ...version("1.34"), reports: [] },
  "accepts to disable a gate before it was locked": {
    ...gates("InPlacePodVerticalScaling: false"),
    ...version("1.34"),
    reports: [],
  },
});
