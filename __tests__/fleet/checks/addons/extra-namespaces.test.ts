import { testReports } from "../../../support/definition";

const chart = (rest: string) =>
  `- { name: x, repository: https://charts.example.com, chart: x, version: 1.2.3, namespace: x, ${rest} }`;

describe("settings of a chart's namespace", () => {
  testReports({
    "are accepted if the chart creates it": {
      extra_charts: chart("namespace_labels: { team: search }, namespace_delete_minutes: 30"),
      reports: [],
    },
    "are refused if it is created elsewhere": {
      extra_charts: chart("pod_security: null, namespace_labels: { team: search }"),
      reports: [
        "9:136 tfvars.extra_charts[x].namespace_labels: has no effect because pod_security is null, so the namespace is created elsewhere. Remove it, or set pod_security",
      ],
    },
    "do not contain the level twice": {
      extra_charts: chart('namespace_labels: { "pod-security.kubernetes.io/enforce": baseline }'),
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
