import { text } from "./text";

/** A label of RFC 1123: what Kubernetes accepts as the name of a namespace, and of most things that DNS publishes. */
export const dnsLabel = text(
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  "lower-case letters, digits and dashes, at most 63 characters",
).meta({ examples: ["search"] });

/** A subdomain of RFC 1123: what Kubernetes accepts as the name of an object, such as a Secret or a service account. */
export const objectName = text(
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/,
  "the name of a Kubernetes object: lower-case letters, digits, dashes and dots",
).meta({ examples: ["search-api"] });

/** One namespace, or several by `*`, as EKS accepts them for an access policy. */
export const namespacePattern = text(/^[a-z0-9*](?:[a-z0-9*-]{0,61}[a-z0-9*])?$/, "a namespace, or several", "team-*");

/** A user of Kubernetes, as EKS accepts it for an access entry. */
export const userName = text(
  /^(?!\{\{)[A-Za-z0-9](?:[\w:.@/+=,-]|\{\{(?:SessionName|SessionNameRaw|AccountID)\}\}){0,255}$/,
  "a Kubernetes user name",
  "acme:viewer:{{SessionName}}",
);

/** A group of Kubernetes RBAC, without the characters that Terraform would evaluate. */
export const groupName = text(/^[A-Za-z0-9][\w:.@/-]{0,62}$/, "a Kubernetes group", "acme:viewers");

/** `[prefix/]name`, the name with at most 63 characters. */
export const labelKey = text(
  /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/,
  "a Kubernetes label key",
  "example.com/team",
);

/**
 * A label that a kubelet may set on its own node. A kubelet that sets another label of Kubernetes' own prefixes never joins;
 * `eks.amazonaws.com` is reserved for EKS.
 */
export const nodeLabelKey = labelKey
  .regex(
    /^(?!(?:topology\.kubernetes\.io\/(?:zone|region)|node\.kubernetes\.io\/instance-type|topology\.k8s\.aws\/.*)$)/,
    "is set on each node by AWS's cloud controller. Remove it, or use your own prefix",
  )
  .regex(
    /^(?:(?:[a-z0-9.-]+\.)?(?:node|kubelet)\.kubernetes\.io\/|topology\.kubernetes\.io\/|(?!(?:[a-z0-9.-]+\.)?(?:kubernetes\.io|k8s\.io|eks\.amazonaws\.com)\/))/,
    "must not have the prefix kubernetes.io, k8s.io or eks.amazonaws.com, which nodes may not set (except node.kubernetes.io). Use your own prefix",
  );

export const labelValue = text(
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/,
  "a Kubernetes label value of at most 63 letters, digits, dashes, dots and underscores",
).meta({ examples: ["search"] });

/** An amount of CPU, memory or disk; the suffixes of Kubernetes' resource.Quantity, without exponents. */
export const quantity = text(/^\d+(?:\.\d+)?(?:m|[kMGTPE]|[KMGTPE]i)?$/, "a Kubernetes quantity", "500m", "2Gi");

/** The name of a label of Prometheus and Loki. */
export const metricLabel = text(
  /^[A-Za-z_]\w*$/,
  "the name of a label: letters, digits and underscores, not starting with a digit",
).meta({ examples: ["namespace"] });
