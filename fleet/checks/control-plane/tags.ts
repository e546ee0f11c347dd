import { operatingSystemOf } from "../../../aws/ami";
import { acceleratorOf } from "../../../aws/instance-types";
import { OWN_TAGS } from "../../../language/words/own-tags";
import { isProvided } from "../../addons/cluster-services";
import type { Worker } from "../../model/cluster";
import { namedTypes } from "../../nodes/worker-kind";
import type { Check, Finding } from "../../rules/finding";

const TAGS = ["tfvars", "common", "tags"] as const;

/** Tags that a resource can have: AWS's limit, in every service we tag. */
const MOST_TAGS = 50;

/** What an Auto Scaling group has besides its labels' and taints' tags and the definition's: ours, and the autoscaler's. */
const GROUP_TAGS = OWN_TAGS.length + 4;

/** Nobody gives a tag that everything gets anyway, and no resource gets more tags than AWS takes. */
export const checkTags: Check = ({ definition }) => {
  const { common, workers } = definition.tfvars;
  const own = Object.keys(common.tags).flatMap((key): Finding[] => {
    if (!OWN_TAGS.some((tag) => tag === key)) return [];
    return [
      {
        path: [...TAGS, key],
        message: `is a tag of ours, on everything the cluster has: name yours otherwise (ours: ${OWN_TAGS.join(", ")})`,
      },
    ];
  });
  const handled = isProvided("node_draining", definition.tfvars) ? 1 : 0;
  const room = MOST_TAGS - GROUP_TAGS - handled - Object.keys(common.tags).length;
  if (room < 0) {
    return [
      ...own,
      {
        path: TAGS,
        message: `must have at most ${MOST_TAGS - GROUP_TAGS - handled} tags, because AWS takes ${MOST_TAGS} a resource`,
      },
    ];
  }
  return [
    ...own,
    ...workers.flatMap((worker, index) => [...tooManyTags(worker, index, room), ...tooLongKeys(worker, index)]),
  ];
};

/** The autoscaler reads a group's labels and taints from its tags, and what it cannot know else of one zone or of many types. */
function tooManyTags(worker: Worker, index: number, all: number): Finding[] {
  const { availability_zones, group_tags, instance_requirements, labels, per_zone, taints } = worker;
  const zone = per_zone || availability_zones.length === 1 ? 1 : 0;
  const room = all - zone - (instance_requirements === null ? 0 : 3) - ofDevices(worker);
  const count = Object.keys(labels).length + taints.length + Object.keys(group_tags).length;
  if (count <= room) return [];
  const path = ["tfvars", "workers", index, "labels"];
  const given = [["tfvars", "workers", index, "taints"], ["tfvars", "workers", index, "group_tags"], TAGS];
  const message = `with the taints and group_tags makes ${count} tags on the group, and ${room} are left of the ${MOST_TAGS} that AWS takes: use fewer`;
  return [{ path, given, message }];
}

/** What accelerators, adapters and Windows add to them. */
function ofDevices(worker: Worker): number {
  const accelerated = namedTypes(worker).some((type) => acceleratorOf(type) !== "none");
  const counts = [accelerated ? 2 : 0, worker.efa_interface_count === null ? 0 : 1];
  return counts.reduce((sum, count) => sum + count, operatingSystemOf(worker) === "WINDOWS" ? 2 : 0);
}

/** What stands before a label's or a taint's key in the tag that cluster-autoscaler reads it from; both are as long. */
const TEMPLATE_PREFIX = "k8s.io/cluster-autoscaler/node-template/label/";

/** AWS takes 128 characters for a tag's key, Kubernetes 317 for a label's. */
const LONGEST_KEY = 128 - TEMPLATE_PREFIX.length;

function tooLongKeys({ autoscaling, labels, taints }: Worker, index: number): Finding[] {
  if (!autoscaling) return [];
  const keys = [
    ...Object.keys(labels).map((key) => ({ key, path: ["labels", key] })),
    ...taints.map(({ key }, place) => ({ key, path: ["taints", place, "key"] })),
  ];
  return keys
    .filter(({ key }) => key.length > LONGEST_KEY)
    .map(({ key, path }) => ({
      path: ["tfvars", "workers", index, ...path],
      given: [["tfvars", "workers", index, "autoscaling"]],
      message: `has ${key.length} characters, and the tag that cluster-autoscaler reads it from takes ${LONGEST_KEY}: shorten it`,
    }));
}
