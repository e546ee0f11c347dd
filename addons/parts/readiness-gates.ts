import type { Addon } from "../contract/addon";
import type { AddonSubject } from "../contract/addon-context";

/**
 * Returns the label of a namespace by which the controller of load balancers holds back pods until their targets are healthy.
 * Without it, a rollout removes the old pods while the load balancer still sends nothing to the new ones.
 */
export function readinessGates(
  { ingress_class, network_load_balancer }: Addon,
  { alb_class, auto_mode_only, enabled }: Pick<AddonSubject, "alb_class" | "auto_mode_only" | "enabled">,
  options: unknown,
): Readonly<Record<string, string>> {
  const balanced = network_load_balancer === true || ingress_class?.(options).name === alb_class;
  if (!balanced) return {};
  if (auto_mode_only) return { "eks.amazonaws.com/pod-readiness-gate-inject": "enabled" };
  return enabled.aws_load_balancer_controller ? { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" } : {};
}
