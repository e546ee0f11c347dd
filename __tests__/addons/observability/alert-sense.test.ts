import { kubePrometheusStack } from "../../../addons/observability/kube-prometheus-stack";
import { findingsOf, optionsOf } from "../support/context";

/** Returns what is reported of one inhibition with one matcher on each side. */
function reported(source: string, target: string): readonly string[] {
  const { alerting } = optionsOf(kubePrometheusStack);
  const inhibit_rules = [{ source_matchers: [source], target_matchers: [target], equal: [] }];
  return findingsOf(kubePrometheusStack, { alerting: { ...alerting, inhibit_rules } })
    .filter((report) => report.includes("inhibit_rules.0:"))
    .map((report) => report.replace(/^options\.alerting\.inhibit_rules\.0: /, ""));
}

test.each([
  ["every name", 'alertname =~ ".+"'],
  ["every value", 'severity =~ ".*"'],
  ["a name that is not empty", 'alertname != ""'],
])("an inhibition of %s is refused, because it suppresses every alert", (_, target) => {
  expect(reported("severity = critical", target)).toEqual([
    "suppresses every alert while one of the source fires. Narrow its matchers, or list labels in equal",
  ]);
});

test.each([
  ["has a label", 'namespace != ""'],
  ["has any value of a label", 'namespace =~ ".+"'],
])("an inhibition of alerts that %s is accepted, because other alerts lack that label", (_, target) => {
  expect(reported("severity = critical", target)).toEqual([]);
});
