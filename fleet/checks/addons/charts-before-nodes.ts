import { ifCertain } from "../../../language/refused";
import { chartsOf, comesBefore, type ExtraChart } from "../../addons/extras";
import type { Subject } from "../../model/subject";
import { needsNoNodeAddons } from "../../nodes/auto-mode";
import { eachItem } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";
import { requires } from "../../rules/forms";
import { GIVEN_NAMESPACES } from "./extra-namespaces";
import { hasNodes } from "./node-addons";

const CLUSTER = ["tfvars", "cluster"] as const;

/** Add-ons without which a node cannot become Ready, and what they are. */
const WITHOUT_WHICH_NOT_READY = { vpc_cni: "CNI", kube_proxy: "kube-proxy" } as const;

/** Refuses nodes without a CNI or kube-proxy: EKS waits for Ready nodes, and addons are installed after the nodes. */
export const checkReplacedNodeAddons: Check = ({ definition }) => {
  const { cluster, extra_charts } = definition.tfvars;
  if (!hasNodes(definition) || needsNoNodeAddons(definition)) return [];
  const replaced = chartsOf(extra_charts, "before nodes").length > 0;
  if (replaced || cluster.extra_eks_addons.some(({ before_nodes }) => before_nodes)) return [];
  return (Object.keys(WITHOUT_WHICH_NOT_READY) as (keyof typeof WITHOUT_WHICH_NOT_READY)[])
    .filter((key) => !cluster[key].enabled)
    .map((key) => {
      const what = WITHOUT_WHICH_NOT_READY[key];
      const message = `must be true, because no node becomes Ready without a ${what}, and the addons are installed after the nodes. Enable it, or install another ${what} with an item of extra_charts or extra_eks_addons that has before_nodes: true`;
      return { path: [...CLUSTER, key, "enabled"], message };
    });
};

/** Rules about charts that are installed before the nodes: nothing that they need comes with or after the nodes. */
export const chartBeforeNodesRules: readonly Check[] = [
  ofEach((chart) => {
    if (!chart.wait) return [];
    return [requires(["wait"], "nodes, which run the chart's pods but are created after the chart", "Set wait: false")];
  }),
  ofEach((chart, { definition }) => {
    const later = chartsOf(definition.tfvars.extra_charts, "with addons").map(({ name }) => name);
    const manifests = definition.tfvars.extra_manifests.map(({ name }) => name);
    const first = comesBefore(chart, definition.tfvars).find((name) => [...later, ...manifests].includes(name));
    if (first === undefined) return [];
    const message = `installs the chart before the nodes, but ${first}, which must be there first, is installed after them. Remove it from after, or set before_nodes: true for it too`;
    return [{ path: ["before_nodes"], message }];
  }),
  ofEach(({ namespace, pod_security }, { definition }) => {
    const made = chartsOf(definition.tfvars.extra_charts, "before nodes").some(
      (other) => other.pod_security !== null && other.namespace === namespace,
    );
    if (pod_security !== null || made || GIVEN_NAMESPACES.includes(namespace)) return [];
    const message = `${namespace} does not exist before the nodes. Set pod_security, which creates it, or use kube-system`;
    return [{ path: ["namespace"], message }];
  }),
];

function ofEach(rule: (chart: ExtraChart, subject: Subject) => readonly Finding[]): Check {
  return (subject) =>
    eachItem(["tfvars", "extra_charts"], subject.definition.tfvars.extra_charts, [
      (chart) => (chart.before_nodes === true ? (ifCertain(() => rule(chart, subject)) ?? []) : []),
    ]);
}
