import { isMap, ownValue, valueAt } from "../../../language/plain-map";
import type { Path } from "../../../language/yaml/tree";
import { isProvided } from "../../addons/cluster-services";
import { groupAndKind } from "../../addons/manifests";
import { ofEachAddon } from "../../model/enabled-addons";
import { hasAutoMode } from "../../nodes/auto-mode";
import type { Check, Finding } from "../../rules/finding";
import { inMaps } from "../../rules/in-maps";

const PREFIX = "service.beta.kubernetes.io/";
const ATTRIBUTES = `${PREFIX}aws-load-balancer-attributes`;

/** Annotations of Services that Auto Mode ignores, and what replaces each (EKS user guide, auto-configure-nlb). */
const IGNORED: Readonly<Record<string, string>> = {
  "load-balancer-source-ranges": "spec.loadBalancerSourceRanges: otherwise, every address can reach the load balancer",
  "aws-load-balancer-internal": `${PREFIX}aws-load-balancer-scheme: internal`,
  "aws-load-balancer-proxy-protocol": `${PREFIX}aws-load-balancer-target-group-attributes: proxy_protocol_v2.enabled=true`,
  "aws-load-balancer-access-log-enabled": ATTRIBUTES,
  "aws-load-balancer-access-log-s3-bucket-name": ATTRIBUTES,
  "aws-load-balancer-access-log-s3-bucket-prefix": ATTRIBUTES,
  "aws-load-balancer-cross-zone-load-balancing-enabled": ATTRIBUTES,
};

/** Warns of annotations of Services that Auto Mode ignores, where no other controller creates load balancers. */
export const checkIgnoredAnnotations: Check = ({ definition }) => {
  if (!hasAutoMode(definition) || isProvided("load_balancers", definition.tfvars)) return [];
  const { extra_charts, extra_manifests } = definition.tfvars;
  return [
    ...ofEachAddon(definition, ({ name, values }) => ignored(values, ["tfvars", "addons", name, "values"])),
    ...extra_charts.flatMap(({ values }, index) => ignored(values, ["tfvars", "extra_charts", index, "values"])),
    ...extra_manifests.flatMap(({ manifests }, index) =>
      ignored(manifests, ["tfvars", "extra_manifests", index, "manifests"]),
    ),
  ];
};

/**
 * Warns of a Service whose load balancer the cloud provider of Kubernetes would create: a classic one that faces the internet.
 * Auto Mode creates its own for Services without a class.
 */
export const checkLoadBalancerClasses: Check = ({ definition }) => {
  if (hasAutoMode(definition)) return [];
  const { extra_charts, extra_manifests } = definition.tfvars;
  const classless = [
    ...extra_charts.flatMap(({ values }, index) =>
      inMaps(values, ["tfvars", "extra_charts", index, "values"], (map, path) =>
        map["type"] === "LoadBalancer" && !namesController(map) ? [[...path, "type"]] : [],
      ),
    ),
    ...extra_manifests.flatMap(({ manifests }, item) =>
      manifests.flatMap((object, index) =>
        groupAndKind(object) === "/Service" &&
        valueAt(object, "spec", "type") === "LoadBalancer" &&
        !namesController(object)
          ? [["tfvars", "extra_manifests", item, "manifests", index, "spec"]]
          : [],
      ),
    ),
  ];
  const message =
    "gets a Classic Load Balancer that the internet reaches, or is refused. Set loadBalancerClass: service.k8s.aws/nlb";
  return classless.map((path) => ({ path, message, severity: "warning" }));
};

function ignored(value: unknown, path: Path): readonly Finding[] {
  return inMaps(value, path, (map, at) =>
    Object.keys(map).flatMap((key): Finding[] => {
      const instead = key.startsWith(PREFIX) ? ownValue(IGNORED, key.slice(PREFIX.length)) : undefined;
      if (instead === undefined) return [];
      return [{ path: [...at, key], message: `is ignored by Auto Mode. Use ${instead}`, severity: "warning" }];
    }),
  );
}

/** True if a map names the controller of a load balancer anywhere: by a class, or by an annotation. */
function namesController(value: unknown): boolean {
  if (!isMap(value)) return false;
  return Object.entries(value).some(
    ([key, each]) =>
      (key === "loadBalancerClass" && each !== null && each !== "") ||
      (key === `${PREFIX}aws-load-balancer-type` && (each === "external" || each === "nlb-ip")) ||
      (key === `${PREFIX}aws-load-balancer-internal` && String(each) === "true") ||
      namesController(each),
  );
}
