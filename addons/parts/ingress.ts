import { plainText } from "../../language/words/text";
import type { Values } from "../contract/addon";
import type { AddonSubject } from "../contract/addon-context";
import type { AddonFinding } from "../contract/rule";

/**
 * Addons that serve Ingresses, or act on them. What has an Ingress comes after them: their webhooks refuse it until they run, and they
 * must still run when it is deleted, to remove its load balancer and its records.
 */
export const INGRESS_SERVERS = [
  "aws_load_balancer_controller",
  "traefik",
  "ingress_nginx",
  "external_dns",
  "cert_manager",
] as const;

/** For options of what people open in a browser, at a host of its own directly below the cluster's domain. */
export const ingressClass = plainText
  .nullable()
  .describe("Ingress class for the host, such as alb. null creates no Ingress, so that you can create your own route.");

/** A host below the cluster's domain; `domainMissing` has refused a cluster without one. */
export function hostOf({ cluster_name, k8s_base_domain }: AddonSubject, name: string): string {
  if (k8s_base_domain === null) throw new Error(`${cluster_name} has no domain: set k8s_base_domain`);
  return `${name}.${k8s_base_domain}`;
}

export function domainMissing({ k8s_base_domain }: AddonSubject): AddonFinding[] {
  if (k8s_base_domain !== null) return [];
  return [{ path: ["enabled"], message: "requires a base domain. Set tfvars.cluster.k8s_base_domain" }];
}

/** Annotations and certificate: an ALB uses a certificate of ACM, by the host; others read a Secret that cert-manager fills. */
export function ingressFor(
  { alb_class, enabled, ipv6_pods }: Pick<AddonSubject, "alb_class" | "enabled" | "ipv6_pods">,
  of: { readonly host: string; readonly className: string; readonly secretName: string; readonly health: string },
): { readonly annotations: Values; readonly tls: readonly Values[] } {
  if (of.className === alb_class) {
    const annotations = {
      "alb.ingress.kubernetes.io/listen-ports": '[{"HTTPS": 443}]',
      "alb.ingress.kubernetes.io/healthcheck-path": of.health,
      "alb.ingress.kubernetes.io/target-type": "ip", // the Services have no port on nodes
      ...(ipv6_pods && { "alb.ingress.kubernetes.io/ip-address-type": "dualstack" }), // otherwise it accepts no IPv6 targets
    };
    return { annotations, tls: [] };
  }
  return {
    annotations: enabled.cert_manager ? { "cert-manager.io/cluster-issuer": "letsencrypt" } : {},
    tls: [{ secretName: of.secretName, hosts: [of.host] }],
  };
}
