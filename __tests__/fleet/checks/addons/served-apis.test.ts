import { testMessages } from "../../../support/definition";

const adapter = (values: string): string =>
  `kube_prometheus_stack_enabled: true\nprometheus_adapter: { enabled: true, values: { rules: ${values} } }`;
const claims = (key: string, api: string, server: string): string =>
  `tfvars.addons.prometheus_adapter.values.rules.${key}: claims the API ${api}, which ${server} serves. Remove it, or set ${server}_enabled: false`;

testMessages({
  "refuses the API of metrics-server": {
    addons: adapter("{ resource: { cpu: {} } }"),
    reports: [claims("resource", "v1beta1.metrics.k8s.io", "metrics_server")],
  },
  "refuses the API of KEDA": {
    addons: `keda_enabled: true\n${adapter("{ external: [{ seriesQuery: a }] }")}`,
    reports: [claims("external", "v1beta1.external.metrics.k8s.io", "keda")],
  },
  "accepts an API whose server is off": { addons: adapter("{ external: [{ seriesQuery: a }] }"), reports: [] },
  "accepts rules of another API": { addons: adapter("{ custom: [{ seriesQuery: a }] }"), reports: [] },
});
