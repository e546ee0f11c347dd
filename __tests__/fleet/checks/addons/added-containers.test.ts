import { testReports } from "../../../support/definition";

const headlamp = (container: string, rest = "") =>
  `headlamp:\n  enabled: true\n  values: { initContainers: [${container}] }${rest}`;
const PLUGINS =
  "{ name: plugins, image: example.com/plugins:1.0.0, securityContext: { allowPrivilegeEscalation: false } }";
const MESSAGE =
  "Pod Security refuses this container, because the namespace is restricted. Set allowPrivilegeEscalation: false and capabilities.drop: [ALL] in its securityContext";

testReports({
  "warns of a container that keeps capabilities in a restricted namespace": {
    addons: headlamp(PLUGINS),
    reports: [
      `11:34 warning: tfvars.addons.headlamp.values.initContainers[plugins]: ${MESSAGE}, or set the addon's namespace.pod_security to baseline`,
    ],
  },
  "accepts the container in a namespace of level baseline": {
    addons: headlamp(PLUGINS, "\n  namespace: { pod_security: baseline }"),
    reports: [],
  },
  "accepts a container without capabilities": {
    addons: headlamp(PLUGINS.replace("false }", "false, capabilities: { drop: [ALL] } }")),
    reports: [],
  },
  "accepts any container in a namespace whose level allows it": {
    addons:
      "velero:\n  enabled: true\n  options: { schedule: 0 1 * * * }\n  values: { initContainers: [{ name: x, image: x }] }",
    reports: [],
  },
  "warns of a container of an extra chart, however deep it is": {
    extra_charts:
      "- { name: x, repository: https://charts.example.com, chart: x, version: 1.2.3, namespace: x, pod_security: restricted, values: { web: { sidecars: [{ name: y, image: y }] } } }",
    reports: [
      `9:152 warning: tfvars.extra_charts[x].values.web.sidecars[y]: ${MESSAGE}, or set the chart's pod_security to baseline`,
    ],
  },
});
