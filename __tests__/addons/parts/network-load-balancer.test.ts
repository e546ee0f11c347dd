import { nlbAnnotations, nlbSpec } from "../../../addons/parts/network-load-balancer";
import { envoyGateway } from "../../../addons/traffic/envoy-gateway";
import { ingressNginx } from "../../../addons/traffic/ingress-nginx";
import { traefik } from "../../../addons/traffic/traefik";
import { contextOf, manifestsOf, valuesOf } from "../support/context";

const PREFIX = "service.beta.kubernetes.io/aws-load-balancer";

/** Annotations that Auto Mode does not support, by the EKS user guide. */
const NOT_BY_AUTO_MODE = [
  `${PREFIX}-type`,
  `${PREFIX}-internal`,
  `${PREFIX}-proxy-protocol`,
  `${PREFIX}-access-log-enabled`,
  `${PREFIX}-cross-zone-load-balancing-enabled`,
  "service.beta.kubernetes.io/load-balancer-source-ranges",
];

const context = contextOf({ auto_mode_only: true });
const source_ranges = ["203.0.113.0/24"];

const services = {
  traefik: valuesOf(traefik, context, { scheme: "internet-facing", source_ranges }),
  ingress_nginx: valuesOf(ingressNginx, context, { scheme: "internet-facing", source_ranges }),
  envoy_gateway: manifestsOf(envoyGateway, context, { public_gateway: true, source_ranges }),
};

describe.each(Object.entries(services))("on EKS Auto Mode, %s", (_, rendered) => {
  const text = JSON.stringify(rendered);

  test.each(NOT_BY_AUTO_MODE)("has no annotation %s", (annotation) => {
    expect(text).not.toContain(`"${annotation}"`);
  });

  test("receives the caller's address, and limits the ranges of callers", () => {
    expect(text).toContain(`"${PREFIX}-target-group-attributes":"proxy_protocol_v2.enabled=true"`);
    expect(text).toContain('"loadBalancerSourceRanges":["203.0.113.0/24"]');
    expect(text).toContain('"loadBalancerClass":"eks.amazonaws.com/nlb"');
  });
});

test("the load balancer controller enables proxy protocol by its annotation too, which values cannot replace by an attribute", () => {
  const annotations = nlbAnnotations({ auto_mode_only: false, ipv6_pods: true }, "internal");

  expect(annotations).toEqual({
    [`${PREFIX}-type`]: "external",
    [`${PREFIX}-proxy-protocol`]: "*",
    [`${PREFIX}-nlb-target-type`]: "ip",
    [`${PREFIX}-target-group-attributes`]: "proxy_protocol_v2.enabled=true",
    [`${PREFIX}-scheme`]: "internal",
    [`${PREFIX}-ip-address-type`]: "dualstack",
  });
});

test("a Service without ranges and without Auto Mode has no further spec", () => {
  expect(nlbSpec({ auto_mode_only: false }, [])).toEqual({});
});
