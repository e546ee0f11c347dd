import { z } from "zod";
import type { AddonSubject } from "../contract/addon-context";

export const scheme = z.enum(["internal", "internet-facing"]);

export const sourceRanges = z
  .array(z.cidrv4({ error: "must be an IPv4 CIDR block, such as 203.0.113.0/24" }))
  .describe("CIDR ranges that may reach the load balancer. Empty for all that the scheme allows.");

/**
 * Where a load balancer's nodes have their addresses: nobody else may say whom a connection comes from. Of IPv6 they have public
 * ones, which only an apply knows; what keeps others out is the security group.
 */
export function balancerRanges({ ipv6_pods }: Pick<AddonSubject, "ipv6_pods">): readonly string[] {
  const ranges = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"];
  return ipv6_pods ? [...ranges, "::/0"] : ranges;
}

/** The class of Auto Mode's load balancers; none for those of the controller, which goes by an annotation. */
export function nlbClass({ auto_mode_only }: AddonSubject): { readonly loadBalancerClass?: string } {
  return auto_mode_only ? { loadBalancerClass: "eks.amazonaws.com/nlb" } : {};
}

/**
 * Annotations of a Service whose load balancer goes straight to pods. By proxy protocol the pods learn who calls: to them all
 * comes from the load balancer otherwise.
 */
export function nlbAnnotations(
  { ipv6_pods }: Pick<AddonSubject, "ipv6_pods">,
  of: z.output<typeof scheme>,
  ranges: readonly string[],
): Readonly<Record<string, string>> {
  return {
    // Not one of the cloud provider of Kubernetes, which would make a Classic Load Balancer.
    "service.beta.kubernetes.io/aws-load-balancer-type": "external",
    "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
    "service.beta.kubernetes.io/aws-load-balancer-proxy-protocol": "*",
    "service.beta.kubernetes.io/aws-load-balancer-scheme": of,
    // Targets of IPv6 are behind no other kind.
    ...(ipv6_pods ? { "service.beta.kubernetes.io/aws-load-balancer-ip-address-type": "dualstack" } : {}),
    ...(ranges.length === 0 ? {} : { "service.beta.kubernetes.io/load-balancer-source-ranges": ranges.join(",") }),
  };
}
