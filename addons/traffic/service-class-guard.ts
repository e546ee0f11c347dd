import type { Manifest } from "../contract/addon";

const NAME = "load-balancer-class";
const TYPE = "service.beta.kubernetes.io/aws-load-balancer-type";

/** Lets the controller's Services pass: they have a class, or the annotation by which it took Services before there were classes. */
const HANDLED = `has(object.spec.loadBalancerClass) || (has(object.metadata.annotations) && "${TYPE}" in object.metadata.annotations && object.metadata.annotations["${TYPE}"] in ["external", "nlb-ip"])`;

/** A Service that has a load balancer already stays as it is. */
const EXISTS = 'oldObject != null && oldObject.spec.type == "LoadBalancer"';

const MESSAGE =
  "A Service of type LoadBalancer without a class gets a Classic Load Balancer, which the internet can reach. Set spec.loadBalancerClass: service.k8s.aws/nlb";

/**
 * Returns a policy about new Services for which no controller of ours would create the load balancer: the cloud provider of Kubernetes
 * would, and its default is internet-facing. The API server checks it itself, so no webhook can be down.
 */
export function serviceClassGuard(action: "refuse" | "warn"): readonly Manifest[] {
  return [
    {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicy",
      metadata: { name: NAME },
      spec: {
        failurePolicy: "Fail",
        matchConstraints: {
          resourceRules: [
            { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["services"] },
          ],
        },
        validations: [
          { expression: `object.spec.type != "LoadBalancer" || (${EXISTS}) || ${HANDLED}`, message: MESSAGE },
        ],
      },
    },
    {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name: NAME },
      spec: { policyName: NAME, validationActions: [action === "refuse" ? "Deny" : "Warn"] },
    },
  ];
}
