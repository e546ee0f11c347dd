import { z } from "zod";
import { contains } from "../../language/words/cidr";
import type { AddonSubject } from "../contract/addon-context";
import { type AddonFinding, reportOption } from "../contract/rule";

export const scheme = z.enum(["internal", "internet-facing"]);

export const sourceRanges = z
  .array(
    z.cidrv4({ error: "must be an IPv4 CIDR block, such as 203.0.113.0/24" }).meta({ examples: ["203.0.113.0/24"] }),
  )
  .describe("CIDR ranges that may reach the load balancer. Empty for all that the scheme allows.");

/** Ranges that no sender on the internet has (RFC 1918 and RFC 6598). */
const PRIVATE = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"];

/** Reports source ranges of an internet-facing load balancer that are all private, so that nobody reaches it. */
export function privateSources(facesInternet: boolean, ranges: readonly string[]): AddonFinding[] {
  const unreached =
    facesInternet && ranges.length > 0 && ranges.every((range) => PRIVATE.some((block) => contains(block, range)));
  const message =
    "lists private ranges only, but the load balancer faces the internet, where senders have public addresses. List public ranges, or use an internal one";
  return reportOption(unreached, "source_ranges", message).map((found) => ({ ...found, severity: "warning" }));
}

/**
 * Ranges with the addresses of a load balancer's nodes: only they may report where a connection comes from. IPv6 addresses are
 * public, and known only after an apply; there, the security group keeps other senders out.
 */
export function balancerRanges({ ipv6_pods }: Pick<AddonSubject, "ipv6_pods">): readonly string[] {
  const ranges = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"];
  return ipv6_pods ? [...ranges, "::/0"] : ranges;
}

/**
 * Returns the class of Auto Mode's load balancers, and the ranges that may reach them. The controller creates one by an annotation
 * instead of a class. Ranges are in the spec, because Auto Mode ignores the annotation for them.
 */
export function nlbSpec(
  { auto_mode_only }: Pick<AddonSubject, "auto_mode_only">,
  ranges: readonly string[],
): { readonly loadBalancerClass?: string; readonly loadBalancerSourceRanges?: readonly string[] } {
  return {
    ...(auto_mode_only && { loadBalancerClass: "eks.amazonaws.com/nlb" }),
    ...(ranges.length > 0 && { loadBalancerSourceRanges: ranges }),
  };
}

const PREFIX = "service.beta.kubernetes.io/aws-load-balancer";

/**
 * Returns the annotations of a Service whose load balancer sends traffic to pods directly. Proxy protocol passes the caller's
 * address to the pods. Auto Mode does not support the annotation of that name, but the attribute of the target group.
 */
export function nlbAnnotations(
  { auto_mode_only, ipv6_pods }: Pick<AddonSubject, "auto_mode_only" | "ipv6_pods">,
  of: z.output<typeof scheme>,
): Readonly<Record<string, string>> {
  return {
    // The cloud provider of Kubernetes would create a Classic Load Balancer.
    ...(!auto_mode_only && { [`${PREFIX}-type`]: "external", [`${PREFIX}-proxy-protocol`]: "*" }),
    [`${PREFIX}-nlb-target-type`]: "ip",
    [`${PREFIX}-target-group-attributes`]: "proxy_protocol_v2.enabled=true",
    [`${PREFIX}-scheme`]: of,
    // IPv6 targets require it.
    ...(ipv6_pods && { [`${PREFIX}-ip-address-type`]: "dualstack" }),
  };
}
