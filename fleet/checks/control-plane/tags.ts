import { operatingSystemOf } from "../../../aws/ami";
import { acceleratorOf } from "../../../aws/instance-types";
import { OWN_TAGS } from "../../../language/words/own-tags";
import { isProvided } from "../../addons/cluster-services";
import type { Tfvars, Worker } from "../../model/cluster";
import type { Subject } from "../../model/subject";
import { namedTypes } from "../../nodes/worker-kind";
import { eachItem } from "../../rules/each-item";
import { eachWorker } from "../../rules/each-worker";
import type { Check, Finding } from "../../rules/finding";

const TAGS = ["tfvars", "common", "tags"] as const;

/** Tags that a resource can have: AWS's limit in every service that this program tags. */
const MOST_TAGS = 50;

/** Tags of an Auto Scaling group besides those of the definition, its labels and its taints: OWN_TAGS, and 4 of the autoscaler. */
const GROUP_TAGS = OWN_TAGS.length + 4;

/** Rules about tags: none is a tag that everything has, no two are equal for IAM, and no resource has more or longer ones than AWS accepts. */
export const tagRules: readonly Check[] = [
  ownTags,
  ofOtherClusters,
  ownedSubnets,
  differByCase,
  tooManyTags,
  eachWorker([tooManyOfGroup, tooLongLabels, tooLongTaints]),
];

function ownTags({ definition }: Subject): Finding[] {
  return Object.keys(definition.tfvars.common.tags).flatMap((key) => {
    const own = OWN_TAGS.find((tag) => sameForIam(tag, key));
    if (own === undefined) return [];
    const why =
      own === key
        ? "every resource of a cluster has this tag"
        : `every resource of a cluster has the tag ${own}, from which IAM does not distinguish it`;
    return [
      { path: [...TAGS, key], message: `is reserved, because ${why}. Rename it (reserved: ${OWN_TAGS.join(", ")})` },
    ];
  });
}

const OF_CLUSTER = "kubernetes.io/cluster/";

/** Controllers of a cluster change and delete what has the cluster's tag: Kubernetes, the AWS cloud provider. */
function ofOtherClusters({ definition: { meta, tfvars } }: Subject): Finding[] {
  return Object.keys(tfvars.common.tags)
    .filter((key) => key.startsWith(OF_CLUSTER))
    .map((key): Finding => {
      const message = `gives everything of ${meta.CLUSTER_NAME} to the cluster ${key.slice(OF_CLUSTER.length)}, whose controllers can change and delete it. Remove it: the program sets the tags of its own cluster where they are required`;
      return { path: [...TAGS, key], message };
    });
}

/** The same of subnets, whose tag may say `shared`, but not that another cluster owns them. */
function ownedSubnets({ definition: { tfvars } }: Subject): Finding[] {
  return Object.entries(tfvars.networking.subnet_tags).flatMap(([tier, tags]) =>
    Object.entries(tags)
      .filter(([key, value]) => key.startsWith(OF_CLUSTER) && value === "owned")
      .map(([key]): Finding => {
        const message = `gives the subnets to the cluster ${key.slice(OF_CLUSTER.length)}. Set shared, or remove it`;
        return { path: ["tfvars", "networking", "subnet_tags", tier, key], message };
      }),
  );
}

/** IAM refuses a role with both tags, and the cluster's roles and OIDC provider have all tags of all layers. */
function differByCase({ definition }: Subject): Finding[] {
  const keys = Object.keys(definition.tfvars.common.tags);
  return keys.flatMap((key, index) => {
    const other = keys.slice(0, index).find((each) => sameForIam(each, key));
    if (other === undefined) return [];
    const message = `differs from the tag ${other} only by case, which IAM does not distinguish, so no role could be created. Remove one of them`;
    return [{ path: [...TAGS, key], message, against: [[...TAGS, other]] }];
  });
}

/** True if IAM compares two tag keys as equal. EC2, EKS and Auto Scaling distinguish upper and lower case. */
function sameForIam(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Returns how many tags a definition can add to an Auto Scaling group. */
function roomOf(tfvars: Tfvars): number {
  return MOST_TAGS - GROUP_TAGS - (isProvided("node_draining", tfvars) ? 1 : 0);
}

function tooManyTags({ definition }: Subject): Finding[] {
  const count = Object.keys(definition.tfvars.common.tags).length;
  const room = roomOf(definition.tfvars);
  if (count <= room) return [];
  const message = `must have at most ${room} tags, because AWS accepts ${MOST_TAGS} per resource, but has ${count}. Use fewer`;
  return [{ path: TAGS, message }];
}

/** The autoscaler reads labels, taints and what is not visible from an empty group from the group's tags. */
function tooManyOfGroup(worker: Worker, { definition: { tfvars } }: Subject): Finding[] {
  const { availability_zones, group_tags, instance_requirements, labels, per_zone, taints } = worker;
  const left = roomOf(tfvars) - Object.keys(tfvars.common.tags).length;
  if (left < 0) return [];
  const zone = per_zone || availability_zones.length === 1 ? 1 : 0;
  const room = left - zone - (instance_requirements === null ? 0 : 3) - ofDevices(worker);
  const count = Object.keys(labels).length + taints.length + Object.keys(group_tags).length;
  if (count <= room) return [];
  const message = `adds ${count} tags to the group together with taints and group_tags, but only ${room} of AWS's ${MOST_TAGS} are left. Use fewer`;
  return [{ path: ["labels"], message }];
}

/** Returns how many tags accelerators, network adapters and Windows add. */
function ofDevices(worker: Worker): number {
  const accelerators = namedTypes(worker).some((type) => acceleratorOf(type) !== "none") ? 2 : 0;
  const adapters = worker.efa_interface_count === null ? 0 : 1;
  return accelerators + adapters + (operatingSystemOf(worker) === "WINDOWS" ? 2 : 0);
}

/** The prefix of the tag that cluster-autoscaler reads a label from; that of a taint has the same length. */
const TEMPLATE_PREFIX = "k8s.io/cluster-autoscaler/node-template/label/";

/** AWS accepts 128 characters in a tag's key, Kubernetes 317 in a label's. */
const LONGEST_KEY = 128 - TEMPLATE_PREFIX.length;

function tooLong(key: string): string | undefined {
  if (key.length <= LONGEST_KEY) return undefined;
  return `must have at most ${LONGEST_KEY} characters, because cluster-autoscaler reads it from a tag, but has ${key.length}. Shorten it`;
}

function tooLongLabels({ autoscaling, labels }: Worker): Finding[] {
  if (!autoscaling) return [];
  return Object.keys(labels).flatMap((key) => {
    const message = tooLong(key);
    return message === undefined ? [] : [{ path: ["labels", key], message }];
  });
}

function tooLongTaints({ autoscaling, taints }: Worker): Finding[] {
  if (!autoscaling) return [];
  return eachItem(["taints"], taints, [
    ({ key }) => {
      const message = tooLong(key);
      return message === undefined ? [] : [{ path: ["key"], message }];
    },
  ]);
}
