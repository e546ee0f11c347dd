import { testMessages, testReports } from "../../../support/definition";
import { chart, manifests, object } from "../../../support/extras";

const namespace = (name: string): string => object("v1", "Namespace", name);
const configMap = (metadata = ""): string => object("v1", "ConfigMap", "a", { metadata });

describe("namespace of an extra chart", () => {
  const created = (by: string): string => `${by}. Set pod_security: null, or use another namespace`;
  const shared = (rest = ""): string => `${chart("first", "", "shared")}\n${chart("second", rest, "shared")}`;
  const runners = chart("one", "", "actions-runners");
  testMessages({
    "is not one of every cluster": {
      extra_charts: chart("one", "", "kube-system"),
      reports: [`tfvars.extra_charts[one].namespace: kube-system is ${created("in every cluster already")}`],
    },
    "is not one that an addon creates": {
      addons: "github_actions_runners_enabled: true",
      extra_charts: runners,
      reports: [
        `tfvars.extra_charts[one].namespace: actions-runners is ${created("created by the addon github_actions_runners")}`,
      ],
    },
    "is accepted if the addon that would create it is off": { extra_charts: runners, reports: [] },
    "is not one that an earlier chart creates": {
      extra_charts: shared(),
      reports: [`tfvars.extra_charts[second].namespace: shared is ${created("created by the extra chart first")}`],
    },
    "is accepted twice if only one chart creates it": { extra_charts: shared("pod_security: null"), reports: [] },
    "is accepted if only a later chart creates it": {
      extra_charts: `${chart("first", "pod_security: null", "shared")}\n${chart("second", "", "shared")}`,
      reports: [],
    },
  });
});

describe("namespace of extra manifests", () => {
  const missing = (name: string): string =>
    `warning: tfvars.extra_manifests[one].namespace: nothing in this definition creates the namespace ${name}, and the item cannot be installed without it. Add an extra chart or a Namespace object that creates it, or make sure that it exists`;
  testMessages({
    "is not created a second time in every cluster": {
      extra_manifests: manifests("one", [namespace("kube-system")]),
      reports: [
        "tfvars.extra_manifests[one].manifests[0]: the namespace kube-system is in every cluster already. Remove it",
      ],
    },
    "is not created a second time beside an extra chart": {
      extra_charts: chart("podinfo"),
      extra_manifests: manifests("one", [namespace("podinfo")]),
      reports: [
        "tfvars.extra_manifests[one].manifests[0]: the namespace podinfo is created by the extra chart podinfo. Remove it",
      ],
    },
    "is not created by the item that is in it": {
      extra_manifests: manifests("one", [namespace("team"), configMap()], "", "team"),
      reports: [
        "tfvars.extra_manifests[one].namespace: is created by an object of this item, but Helm requires it before the objects. Set namespace: default, and set metadata.namespace: team in the objects",
      ],
    },
    "may be created by the item whose objects name it": {
      extra_manifests: manifests("one", [namespace("team"), configMap("namespace: team")]),
      reports: [],
    },
    "may be created by another item": {
      extra_manifests: `${manifests("one", [configMap()], "", "team")}\n${manifests("two", [namespace("team")])}`,
      reports: [],
    },
    "may be created by an extra chart": {
      extra_charts: chart("podinfo"),
      extra_manifests: manifests("one", [configMap("namespace: podinfo")]),
      reports: [],
    },
    "is missing if nothing creates it for the item": {
      extra_manifests: manifests("one", [configMap()], "", "team"),
      reports: [missing("team")],
    },
    "is missing if nothing creates it for an object": {
      extra_manifests: manifests("one", [configMap("namespace: nobodys")]),
      reports: [missing("nobodys")],
    },
    "is missing if the chart in it does not create it": {
      extra_charts: chart("podinfo", "pod_security: null"),
      extra_manifests: manifests("one", [configMap("namespace: podinfo")]),
      reports: [missing("podinfo")],
    },
  });
});

describe("settings of a chart's namespace", () => {
  testReports({
    "are accepted if the chart creates it": {
      extra_charts: chart("x", "namespace_labels: { team: search }, namespace_delete_minutes: 30"),
      reports: [],
    },
    "are refused if it is created elsewhere": {
      extra_charts: chart("x", "pod_security: null, namespace_labels: { team: search }"),
      reports: [
        "9:136 tfvars.extra_charts[x].namespace_labels: has no effect because pod_security is null, so the namespace is created elsewhere. Remove it, or set pod_security",
      ],
    },
    "do not contain the level twice": {
      extra_charts: chart("x", 'namespace_labels: { "pod-security.kubernetes.io/enforce": baseline }'),
      reports: [
        '9:118 tfvars.extra_charts[x].namespace_labels.pod-security.kubernetes.io/enforce: is a label that pod_security sets, got "pod-security.kubernetes.io/enforce". Remove it',
      ],
    },
  });
});

describe("settings of an addon's namespace", () => {
  testReports({
    "are accepted if the addon creates one": {
      addons: "headlamp:\n  enabled: true\n  namespace: { pod_security: baseline, labels: { team: search } }",
      reports: [],
    },
    "are unknown to an addon in kube-system": {
      addons: "coredns:\n  namespace: { labels: { team: search } }",
      reports: ['10:7 tfvars.addons.coredns.namespace: unknown key "namespace". Known keys: enabled, options, values'],
    },
  });
});
