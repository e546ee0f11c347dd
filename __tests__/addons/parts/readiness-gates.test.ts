import { type AddonName, catalogue } from "../../../addons/catalogue";
import type { Addon } from "../../../addons/contract/addon";
import { ingressFor } from "../../../addons/parts/ingress";
import { readinessGates } from "../../../addons/parts/readiness-gates";
import { contextOf, defaults } from "../support/context";

const controller = contextOf({ enabled: ["aws_load_balancer_controller"], volumes: true });
const GATE = { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" };
const AUTO_MODE_GATE = { "eks.amazonaws.com/pod-readiness-gate-inject": "enabled" };
const TARGETS = "aws-load-balancer-nlb-target-type";

/** Addons whose values or objects contain a Service with a Network Load Balancer. */
const balanced = Object.values<Addon>(catalogue).filter((addon) => {
  const options = addon.options.parse(defaults(addon.name).options);
  const rendered = [addon.values(controller, options), addon.manifests?.(controller, options)];
  return JSON.stringify(rendered).includes(TARGETS);
});

test("these addons are behind a Network Load Balancer", () => {
  expect(balanced.map(({ name }) => name)).toEqual(["envoy_gateway", "ingress_nginx", "traefik"] satisfies AddonName[]);
});

test.each(balanced)("pods of $name are ready once the load balancer sends them traffic", (addon) => {
  const { options } = defaults(addon.name);

  expect(readinessGates(addon, controller, options)).toEqual(GATE);
  expect(readinessGates(addon, contextOf({ auto_mode_only: true }), options)).toEqual(AUTO_MODE_GATE);
});

const withIngress = Object.values<Addon>(catalogue).flatMap((addon) => {
  const { ingress_class } = addon;
  return ingress_class === undefined ? [] : [{ ...addon, option: ingress_class(defaults(addon.name).options).option }];
});

test.each(withIngress)(
  "pods of $name are ready once an ALB sends them traffic, and immediately without an ALB",
  (addon) => {
    const options = (name: string) => ({
      ...defaults(addon.name).options,
      host: "a.example.com",
      [addon.option]: name,
    });

    expect(readinessGates(addon, controller, options("alb"))).toEqual(GATE);
    expect(readinessGates(addon, controller, options("traefik"))).toEqual({});
  },
);

test("an ALB is recognized by the class that the controller has, whatever its name", () => {
  const renamed = contextOf({ enabled: ["aws_load_balancer_controller"], alb_class: "aws-alb" });
  const of = { host: "a.example.com", className: "aws-alb", secretName: "tls", health: "/healthz" };

  expect(ingressFor(renamed, of).annotations).toMatchObject({
    "alb.ingress.kubernetes.io/healthcheck-path": "/healthz",
  });
  expect(ingressFor(renamed, { ...of, className: "alb" }).annotations).toEqual({});
});
