import { acceleratorOf } from "../../../aws/instance-types";
import { isProvided, providersOf } from "../../addons/cluster-services";
import type { Subject } from "../../model/subject";
import { namedTypes } from "../../nodes/worker-kind";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";

/** True if a chart of the definition may be a device plugin: its name, as `aws-efa-k8s-device-plugin`, tells. */
function hasChart({ definition }: Subject, name: RegExp): boolean {
  return definition.tfvars.extra_charts.some(({ chart }) => name.test(chart));
}

/** Amazon Linux has the driver of a GPU, and nothing that offers it to pods; Bottlerocket has both. */
const gpus: WorkerRule = (worker, subject) => {
  const { ami_type } = worker;
  if (!/^AL2023_.*_NVIDIA$/.test(ami_type) || isProvided("nvidia_gpus", subject.definition.tfvars)) return [];
  if (namedTypes(worker).some((type) => acceleratorOf(type) !== "nvidia")) return []; // reported with the image
  if (hasChart(subject, /nvidia|gpu/)) return [];
  const [addon] = providersOf("nvidia_gpus");
  const message = `pods get no GPU, because nothing offers the GPUs of these nodes to them. Set ${addon}_enabled: true`;
  return [{ path: ["ami_type"], message, severity: "warning" }];
};

export const checkDevices = eachWorker([gpus]);
