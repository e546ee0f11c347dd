import { didYouMean } from "../../../language/suggest";
import { FEATURE_GATES, featureGate } from "../../nodes/feature-gates";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";
import type { Finding } from "../../rules/finding";

const minorOf = (version: string): number => Number(version.split(".")[1]);

/** The kubelet does not start with a gate that it does not have, or that is locked to the other value. */
const gates: WorkerRule = ({ kubelet: { feature_gates } }, { definition }) => {
  const version = definition.tfvars.cluster.kubernetes_version;
  return Object.entries(feature_gates).flatMap(([name, value]): Finding[] => {
    const path = ["kubelet", "feature_gates", name];
    const gate = featureGate(name);
    if (gate === undefined) {
      const meant = didYouMean(name, FEATURE_GATES) || ". Remove it, unless Kubernetes has it";
      const message = `is not in the list of feature gates, and the kubelet does not start with a gate that Kubernetes ${version} does not have${meant}`;
      return [{ path, message, severity: "warning" }];
    }
    if (gate.since !== undefined && minorOf(gate.since) > minorOf(version)) {
      const message = `exists since Kubernetes ${gate.since}, and the kubelet of ${version} does not start with it. Remove it`;
      return [{ path, message }];
    }
    if (gate.locked !== undefined && minorOf(gate.locked) <= minorOf(version) && !value) {
      const message = `is locked to true since Kubernetes ${gate.locked}, and the kubelet does not start with false. Remove it`;
      return [{ path, message }];
    }
    return [];
  });
};

export const checkFeatureGates = eachWorker([gates]);
