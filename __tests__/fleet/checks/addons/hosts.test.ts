import { testReports } from "../../../support/definition";

const CLUSTER = "k8s_base_domain: a.eks.example.com";
const argoCd = (host: string): string => `argo_cd: { enabled: true, options: { host: ${host}, ingress_class: alb } }`;
const grafana = (host: string): string =>
  `kube_prometheus_stack: { enabled: true, options: { grafana_host: ${host}, grafana_ingress_class: alb } }`;
const PROXY =
  "oauth2_proxy: { enabled: true, options: { upstreams: [prometheus], issuer_url: 'https://id.example.com', secret: login, email_domains: [example.com], ingress_class: alb } }";
const dns = (zones = ""): string =>
  `external_dns: { enabled: true${zones && `, options: { further_zones: [${zones}] }`} }`;
const OUTSIDE =
  "external_dns publishes hosts below a.eks.example.com only, so nothing leads to cd.example.com. Use a host below the domain, or create its record yourself";

testReports({
  "refuses a host of two addons": {
    addons: `${grafana("ui.example.com")}\n${argoCd("ui.example.com")}`,
    reports: [
      "9:70 tfvars.addons.kube_prometheus_stack.options.grafana_host: ui.example.com is already the host of argo_cd. Use another host",
    ],
  },
  "accepts two hosts that differ": {
    addons: `${grafana("ui.example.com")}\n${argoCd("cd.ui.example.com")}`,
    reports: [],
  },
  "reports a written host, if another follows from the domain": {
    addons: `${grafana("prometheus.a.eks.example.com")}\n${PROXY}`,
    cluster: CLUSTER,
    reports: [
      "9:70 tfvars.addons.kube_prometheus_stack.options.grafana_host: prometheus.a.eks.example.com is already the host of oauth2_proxy. Use another host",
    ],
  },
  "refuses the host of the proxy itself": {
    addons: `${argoCd("oauth2.a.eks.example.com")}\n${grafana("grafana.a.eks.example.com")}\n${PROXY}`,
    cluster: CLUSTER,
    reports: [
      "9:48 tfvars.addons.argo_cd.options.host: oauth2.a.eks.example.com is already the host of oauth2_proxy. Use another host",
    ],
  },
  "accepts Grafana's host where Grafana is off": {
    addons: `${argoCd("ui.example.com")}\nkube_prometheus_stack: { enabled: true, options: { grafana: false } }`,
    reports: [],
  },
  "warns of a host outside the domain that external-dns publishes": {
    addons: `${argoCd("cd.example.com")}\n${dns()}`,
    cluster: CLUSTER,
    reports: [`9:48 warning: tfvars.addons.argo_cd.options.host: ${OUTSIDE}`],
  },
  "warns of a host whose name only ends like the domain": {
    addons: `${argoCd("cda.eks.example.com")}\n${dns()}`,
    cluster: CLUSTER,
    reports: [
      `9:48 warning: tfvars.addons.argo_cd.options.host: ${OUTSIDE.replace("to cd.example.com", "to cda.eks.example.com")}`,
    ],
  },
  "accepts a host below the domain": {
    addons: `${argoCd("cd.a.eks.example.com")}\n${dns()}`,
    cluster: CLUSTER,
    reports: [],
  },
  "accepts the domain itself": {
    addons: `${argoCd("a.eks.example.com")}\n${dns()}`,
    cluster: CLUSTER,
    reports: [],
  },
  "accepts a host in a further zone": {
    addons: `${argoCd("cd.example.com")}\n${dns("{ domain: example.com, zone_id: Z0123456789ABC }")}`,
    cluster: CLUSTER,
    reports: [],
  },
  "warns of a host outside the domain and the account's zones, if nothing publishes hosts": {
    addons: argoCd("cd.example.com"),
    cluster: CLUSTER,
    reports: [
      "9:48 warning: tfvars.addons.argo_cd.options.host: cd.example.com is neither below the cluster's domain (a.eks.example.com) nor in a hosted zone of account production. Use a host below the domain, or create its record and certificate yourself",
    ],
  },
  "accepts a host in a zone of the account, if nothing publishes hosts": {
    addons: argoCd("cd.eks.example.com"),
    cluster: CLUSTER,
    reports: [],
  },
  "accepts any host of a cluster without a domain": { addons: argoCd("cd.example.com"), reports: [] },
});
