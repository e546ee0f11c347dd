import { isNoInheritedName, NO_INHERITED_NAME, text } from "./text";

/** A name within a file that both Kubernetes and AWS accept, and that can be a construct's id. */
export const itemName = (longest: number) =>
  text(
    new RegExp(`^[a-z](?:[a-z0-9-]{0,${longest - 2}}[a-z0-9])?$`),
    `lower-case letters, digits and dashes, starting with a letter, at most ${longest} characters`,
  )
    .refine(isNoInheritedName, NO_INHERITED_NAME)
    .meta({ examples: ["search"] });

/** A word that is safe in a path. */
export const plainName = (what: string) => text(/^[A-Za-z0-9][\w.-]{0,99}$/, what);

/** The name of a file without .yaml. */
export const fileName = plainName("the name of a file: letters, digits, dots and dashes");

/** A DNS name of at least two labels, in lower case. RFC 1035 allows 253 characters, and 63 in a label. */
export const domainName = text(
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/,
  "a domain name in lower case",
  "production.eks.example.com",
);

/** A key or a value of a label of `rollouts.yaml`. */
export const labelWord = text(
  /^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$/,
  "lower-case letters, digits, dots, dashes and underscores, at most 63 characters",
);

/** CLUSTER_NAME: a domain name, or one word. A cluster that is adopted keeps its name at EKS, which rarely has dashes for dots. */
export const clusterName = text(
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/,
  "a domain name in lower case",
  "production.eks.example.com",
);

/** CLUSTER_NAME with dashes in place of dots, as names of AWS and Terraform require. */
export function slugOf(clusterName: string): string {
  return clusterName.replaceAll(".", "-");
}

/** A server as clients of many programs expect it: without a scheme, with a port. */
export const hostAndPort = text(
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9a-fA-F:]{2,45}\]):\d{1,5}$/,
  "a host and a port",
  "email-smtp.eu-west-1.amazonaws.com:587",
);

/** The name or IPv4 address of a server, whose port is another key. */
export const hostName = text(
  /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/,
  "a host without scheme and port",
  "db.example.internal",
);
