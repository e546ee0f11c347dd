import { problemsOf, SMALLEST } from "../../support/definitions";

const RETIRED =
  "clusters/a.example.com.yaml:11:31 warning: tfvars.addons.ingress_nginx.enabled: ingress-nginx is retired, and gets no fixes since March 2026: take traefik, whose option nginx_ingresses serves the same Ingresses, or envoy_gateway for new ones";
const told = (nginx: string, traefik = "true") =>
  problemsOf({
    "clusters/a.example.com.yaml": `${SMALLEST}  addons:
    traefik: { enabled: true, options: { default_class: ${traefik} } }
    # what it replaces
    ingress_nginx: { enabled: true, options: { default_class: ${nginx} } }
`,
  });

test("ingress-nginx beside Traefik is taken, with a warning", () => {
  expect(told("false")).toEqual([RETIRED]);
});

test("two default ingress classes are refused", () => {
  expect(told("true")).toEqual([
    RETIRED,
    "clusters/a.example.com.yaml:11:63 tfvars.addons.ingress_nginx.options.default_class: traefik has the default ingress class too: set default_class: false for one of them",
  ]);
});

test("one default ingress class is not", () => {
  expect(told("true", "false")).toEqual([RETIRED]);
});
