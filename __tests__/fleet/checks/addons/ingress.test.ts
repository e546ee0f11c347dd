import { problemsOf, SMALLEST } from "../../../support/definitions";

const RETIRED =
  "clusters/a.example.com.yaml:11:31 warning: tfvars.addons.ingress_nginx.enabled: ingress-nginx is retired and has had no fixes since March 2026. Use traefik, whose option nginx_ingresses serves the same Ingresses, or envoy_gateway for new routes";
const told = (nginx: string, traefik = "true") =>
  problemsOf({
    "clusters/a.example.com.yaml": `${SMALLEST}  addons:
    traefik: { enabled: true, options: { default_class: ${traefik} } }
    # what it replaces
    ingress_nginx: { enabled: true, options: { default_class: ${nginx} } }
`,
  });

test("ingress-nginx beside Traefik is accepted with a warning", () => {
  expect(told("false")).toEqual([RETIRED]);
});

test("two default ingress classes are refused", () => {
  expect(told("true")).toEqual([
    "clusters/a.example.com.yaml:9:57 tfvars.addons.traefik.options.default_class: ingress_nginx also has the default ingress class. Set default_class: false for one of them",
    RETIRED,
  ]);
});

test("one default ingress class is accepted", () => {
  expect(told("true", "false")).toEqual([RETIRED]);
});

describe("an ingress class of an addon's Ingress", () => {
  const at = (addons: string, rest = "") =>
    problemsOf({ "clusters/a.example.com.yaml": `${SMALLEST}  addons:\n${addons}${rest}` });
  const argo = (name: string) =>
    `    argo_cd: { enabled: true, options: { host: cd.example.com, ingress_class: ${name} } }\n`;
  const FILE = "clusters/a.example.com.yaml";

  test.each([
    ["traefik", "set traefik_enabled: true"],
    ["traefik-internal", "set traefik_enabled: true and its internal_class: true"],
    ["nginx", "set traefik_enabled: true and its nginx_ingresses: true"],
  ])("is refused if nothing serves it: %s", (name, advice) => {
    expect(at(argo(name))).toEqual([
      `${FILE}:9:79 tfvars.addons.argo_cd.options.ingress_class: nothing serves the class ${name}. To fix this, ${advice}, or use another class`,
    ]);
  });

  test("is refused for each addon with an Ingress if it is alb without its controller", () => {
    const addons = `    aws_load_balancer_controller_enabled: false
    concourse: { enabled: true, options: { host: ci.eks.example.com, ingress_class: alb, main_team: { local_user: a }, database: { host: d.a.b, port: 1, name: a, sslmode: disable } } }
    dex: { enabled: true, options: { ingress_class: alb, secret: dex, connectors: [{ id: a, name: A, type: github, config: { clientID: a, clientSecret: $A } }] } }
    oauth2_proxy: { enabled: true, options: { ingress_class: alb, secret: a, email_domains: [a.b] } }
    kube_prometheus_stack: { enabled: true, options: { grafana_host: g.eks.example.com, grafana_ingress_class: alb } }
  cluster: { k8s_base_domain: eks.example.com }
`;

    expect(at(addons).map((problem) => problem.replace(/^\S+ /, ""))).toEqual(
      [
        "concourse.options.ingress_class",
        "dex.options.ingress_class",
        "oauth2_proxy.options.ingress_class",
        "kube_prometheus_stack.options.grafana_ingress_class",
      ].map(
        (key) =>
          `tfvars.addons.${key}: nothing serves the class alb. To fix this, set aws_load_balancer_controller_enabled: true, or use another class`,
      ),
    );
  });

  const CHART =
    "  extra_charts: [{ name: c, repository: https://charts.example.com, chart: c, version: 1.2.3, namespace: c }]\n";
  const MANIFEST =
    "  extra_manifests: [{ name: a, namespace: default, manifests: [{ apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: { name: company } }] }]\n";
  const traefik = (options: string) => `    traefik: { enabled: true, options: { ${options} } }\n`;

  test.each([
    ["an option of Traefik serves it", argo("nginx") + traefik("nginx_ingresses: true")],
    [
      "the internal class of Traefik is on",
      argo("traefik-internal") + traefik("scheme: internet-facing, internal_class: true"),
    ],
    ["an extra chart may serve a class of the catalogue", argo("nginx"), CHART],
    ["an extra chart may serve an unknown class", argo("company"), CHART],
    ["extra manifests may serve an unknown class", argo("company"), MANIFEST],
    ["its Ingress has no host", "    argo_cd: { enabled: true, options: { ingress_class: nginx } }\n"],
  ])("is accepted if %s", (_, addons, rest = "") => {
    expect(at(addons, rest)).toEqual([]);
  });

  test("is refused if extra manifests cannot serve it, or the option of Traefik is off", () => {
    expect(at(argo("nginx"), MANIFEST)).toEqual([expect.stringContaining("nothing serves the class nginx.")]);
    expect(at(argo("traefik-internal") + traefik("scheme: internet-facing"))).toEqual([
      expect.stringContaining("nothing serves the class traefik-internal."),
    ]);
  });

  test.each([
    ["company", ". Known classes: alb, nginx, traefik, traefik-internal"],
    ["traefk", '. Did you mean "traefik"?'],
  ])("is only a warning if it is not in the catalogue, because something else may serve it: %s", (name, advice) => {
    expect(at(argo(name))).toEqual([
      `${FILE}:9:79 warning: tfvars.addons.argo_cd.options.ingress_class: nothing in this definition serves the class ${name}${advice}`,
    ]);
  });
});

test("a class that the controller's values rename is served by its new name alone", () => {
  const reports = (name: string) =>
    problemsOf({
      "clusters/a.example.com.yaml": `${SMALLEST}  addons:
    aws_load_balancer_controller: { values: { ingressClass: aws-alb } }
    argo_cd: { enabled: true, options: { host: cd.example.com, ingress_class: ${name} } }
`,
    });

  expect(reports("aws-alb")).toEqual([]);
  expect(reports("alb")).toEqual([expect.stringContaining("nothing serves the class alb.")]);
});

test("Auto Mode serves the class alb, and no other class", () => {
  const reports = (name: string) =>
    problemsOf({
      "clusters/a.example.com.yaml": `${SMALLEST}  cluster: { auto_mode: { enabled: true, node_pools: [general-purpose] } }
  addons:
    aws_load_balancer_controller_enabled: false
    argo_cd: { enabled: true, options: { host: cd.example.com, ingress_class: ${name} } }
`,
    });

  expect(reports("alb")).toEqual([]);
  expect(reports("traefik")).toEqual([expect.stringContaining("nothing serves the class traefik.")]);
});
