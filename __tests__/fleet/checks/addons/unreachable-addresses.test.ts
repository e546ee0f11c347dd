import { testMessages } from "../../../support/definition";

const webhook = (url: string): string =>
  `kube_prometheus_stack: { enabled: true, options: { alerting: { default_receiver: a, receivers: [{ name: a, webhook: { url: "${url}" } }] } } }`;
const RECEIVER = "warning: tfvars.addons.kube_prometheus_stack.options.alerting.receivers[a].webhook.url:";
const PEERED =
  "vpc_cidr: 10.40.0.0/16\nvpn_connections: [{ name: office, customer_gateway: { ip_address: 203.0.113.9, bgp_asn: 65010 }, routing: static, tiers: [private], destination_cidrs: [192.168.0.0/16] }]";

testMessages({
  "warns of a receiver on the pod itself": {
    addons: webhook("http://localhost:9000/hook"),
    reports: [
      `${RECEIVER} localhost is the pod itself, where nothing else listens. Use the address of a Service or of a server`,
    ],
  },
  "warns of a receiver on the pod itself by its address": {
    addons: webhook("http://127.0.0.1/hook"),
    reports: [
      `${RECEIVER} 127.0.0.1 is the pod itself, where nothing else listens. Use the address of a Service or of a server`,
    ],
  },
  "warns of a link-local address": {
    addons: webhook("http://169.254.169.254/latest"),
    reports: [`${RECEIVER} 169.254.169.254 is a link-local address, which exists on one machine only. Use another one`],
  },
  "warns of a private address outside of the VPC without a connection": {
    addons: webhook("http://192.168.7.1:8080/hook"),
    reports: [
      `${RECEIVER} 192.168.7.1 is a private address outside of the VPC, and no connection leads there. Add a connection, or use an address in the VPC`,
    ],
  },
  "warns of another option in the same way": {
    addons:
      "kube_prometheus_stack: { enabled: true, options: { remote_write: [{ name: mimir, url: 'http://localhost:9009/api/v1/push' }] } }",
    reports: [
      "warning: tfvars.addons.kube_prometheus_stack.options.remote_write[mimir].url: localhost is the pod itself, where nothing else listens. Use the address of a Service or of a server",
    ],
  },
  "accepts a private address behind a connection": {
    addons: webhook("http://192.168.7.1:8080/hook"),
    networking: PEERED,
    reports: [],
  },
  "accepts an address in the VPC, a Service, a public address and a name that only begins alike": {
    networking: "vpc_cidr: 10.41.0.0/16",
    addons: `${webhook("http://10.41.3.4:8080/hook")}
dex: { enabled: true, options: { ingress_class: alb, secret: dex, connectors: [{ id: a, name: A, type: oidc, config: { issuer: https://localhost.example.com, clientID: a, clientSecret: $A } }], static_clients: [{ id: cli, name: CLI, redirect_uris: ["http://localhost:8000"], secret_env: null }] } }`,
    cluster: "k8s_base_domain: a.eks.example.com",
    reports: [],
  },
  "refuses an OIDC issuer that EKS does not reach": {
    cluster:
      "oidc_identity_providers: [{ name: a, client_id: a, issuer_url: https://keycloak.corp.internal/realms/a }]",
    reports: [
      "tfvars.cluster.oidc_identity_providers[a].issuer_url: is private, but EKS reads the issuer's keys over the internet. Use a public issuer",
    ],
  },
});
