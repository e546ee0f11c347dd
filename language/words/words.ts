import { z } from "zod";
import { likeliest } from "../suggest";
import { aligned, prefixLength } from "./cidr";
import { alignedIpv6 } from "./cidr6";

/** Text that reads as `what it is` in messages: zod says only "Invalid string" of a pattern. */
export function text(pattern: RegExp, what: string) {
  return z.string().regex(pattern, `must be ${what}`);
}

/** One of a long list of AWS's words: the message names the likeliest instead of all. */
export const oneOfMany = <const Words extends readonly [string, ...string[]]>(words: Words, what: string) =>
  z.enum(words, {
    error: ({ input }) => `must be ${what}, such as ${likeliest(String(input), words) ?? words[0]}`,
  });

/** A name within a file: lower-case letters, digits and dashes, a letter first. Kubernetes and AWS both take it. */
export const nameText = (longest: number) =>
  text(
    new RegExp(`^[a-z](?:[a-z0-9-]{0,${longest - 2}}[a-z0-9])?$`),
    `lower-case letters, digits and dashes, starting with a letter, at most ${longest} characters`,
  );

/** A DNS name of at least two labels, in lower case. 253 characters and 63 a label: RFC 1035. */
export const domainText = text(
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/,
  "a domain name in lower case, such as production.eks.example.com",
);

/** A namespace, or several by `*`, as EKS takes them for an access policy. */
export const namespaceText = text(
  /^[a-z0-9*](?:[a-z0-9*-]{0,61}[a-z0-9*])?$/,
  "a namespace, or several such as team-*",
);

/** A namespace or a service account: RFC 1123's label. */
export const namespaceName = text(
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  "lower-case letters, digits and dashes, at most 63 characters",
);

/** A group of Kubernetes RBAC: any text there, but Terraform would evaluate `${`. */
export const groupText = text(/^[A-Za-z0-9][\w:.@/-]{0,62}$/, "a Kubernetes group, such as acme:viewers");

/** The name of a file without .yaml. */
export const fileNameText = text(/^[A-Za-z0-9][\w.-]{0,99}$/, "the name of a file: letters, digits, dots and dashes");

/** An exact version, an address or another word that goes into Terraform as it is. */
export const wordText = text(/^[A-Za-z0-9][\w.:/@+-]*$/, "one word of letters, digits and any of ._:/@+-");

/** A version that stays what it is: no tag that moves, no range. */
export const exactVersionText = text(
  /^v?\d+\.\d+\.\d+(?:-[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?$/,
  "an exact version, such as 3.13.1",
);

/** A local zone, such as us-west-2-lax-1a: no zone of the region itself, and no Wavelength zone. */
export const localZoneText = text(
  /^[a-z]{2}(?:-[a-z]+)+-\d-[a-z]{3}-\d[a-z]$/,
  "a local zone, such as us-west-2-lax-1a",
);

/** A zone of a region or a local zone, where it is a key. */
export const zoneKeyText = text(
  /^[a-z]{2}(?:-[a-z]+)+-\d(?:-[a-z]{3}-\d)?[a-z]$/,
  "an availability zone, such as us-east-1a",
);

export const accountIdText = text(/^\d{12}$/, 'the 12 digits of an AWS account in quotes, such as "012345678901"');

/** Roles and users that a person or a pipeline can be. */
export const principalArnText = text(
  /^arn:aws[a-z-]*:iam::\d{12}:(?:role|user)\/[\w+=,.@/-]{1,512}$/,
  "the ARN of an IAM role or user, such as arn:aws:iam::111111111111:role/platform-admin",
);

export const roleArnText = text(
  /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
  "the ARN of an IAM role, such as arn:aws:iam::111111111111:role/deploy",
);

/** A managed policy, of the account or of AWS. */
export const policyArnText = text(
  /^arn:aws[a-z-]*:iam::(?:aws|\d{12}):policy\/[\w+=,.@/-]{1,512}$/,
  "the ARN of an IAM policy, such as arn:aws:iam::111111111111:policy/boundary",
);

/** What IAM takes as a path, but for characters that nobody wants in an ARN. 128 leaves room for names in ARNs of 512. */
export const iamPathText = text(
  /^\/(?:[\w+=,.@-]+\/)*$/,
  "an IAM path that begins and ends with a slash, such as /teams/search/",
).max(128, "must have at most 128 characters");

/** An aligned IPv4 CIDR block, of a size that its use takes; whether it is free is a check of its own. */
export const cidrText = (largest = 0, smallest = 32) =>
  z
    .cidrv4({ error: "must be an IPv4 CIDR block, such as 10.20.0.0/16", abort: true })
    .superRefine((cidr, { addIssue }) => {
      const prefix = prefixLength(cidr);
      if (aligned(cidr) !== cidr) {
        addIssue(`must start where its block does: the block of this address is ${aligned(cidr)}`);
      } else if (prefix < largest || prefix > smallest) {
        addIssue(`is too ${prefix < largest ? "large" : "small"}: must be a /${largest} to a /${smallest}`);
      }
    });

/** An aligned IPv6 CIDR block. */
export const cidr6Text = z
  .cidrv6({ error: "must be an IPv6 CIDR block, such as 2001:db8::/32", abort: true })
  .superRefine((cidr, { addIssue }) => {
    const block = alignedIpv6(cidr);
    if (block !== cidr) addIssue(`must be written as its block is: ${block}`);
  });

/** The id that AWS gives something of EC2 or of Route 53 Resolver: a prefix, a dash and hexadecimal digits. */
export const resourceIdText = (prefix: string, what: string) =>
  text(new RegExp(`^${prefix}-[0-9a-f]{8,32}$`), `the id of ${what}, such as ${prefix}-0123456789abcdef0`);

export const hostedZoneIdText = text(
  /^Z[A-Z0-9]{1,31}$/,
  "the id of a Route 53 hosted zone, such as Z0123456789ABCDEFGHIJ",
);

export const ipv4Text = z.ipv4({ error: "must be an IPv4 address, such as 10.20.0.10" });

export const kmsKeyArnText = text(
  /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[a-z0-9-]{1,64}$/,
  "the ARN of a KMS key, such as arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef",
);

/** 3 to 63 characters: the naming rules of S3 general-purpose buckets. */
export const bucketText = text(
  /^(?!xn--|sthree-|amzn-s3-demo-|\d+\.\d+\.\d+\.\d+$)(?!.*(?:\.\.|\.-|-\.|-s3alias$|--ol-s3$|--x-s3$|--table-s3$))[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  "the name of an S3 bucket: 3 to 63 lower-case letters, digits, dashes and dots",
);

/** Kubernetes' own rule: `[prefix/]name`, the name at most 63 characters. */
export const labelKeyText = text(
  /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/,
  "a Kubernetes label key, such as example.com/team",
);
/**
 * A label that a kubelet may give its own node. It refuses all others of Kubernetes' own prefixes, and a node that asks for
 * one never joins; `eks.amazonaws.com` is for EKS alone.
 */
export const nodeLabelKeyText = labelKeyText.regex(
  /^(?:(?:[a-z0-9.-]+\.)?(?:node|kubelet)\.kubernetes\.io\/|topology\.kubernetes\.io\/|(?!(?:[a-z0-9.-]+\.)?(?:kubernetes\.io|k8s\.io|eks\.amazonaws\.com)\/))/,
  "must not have the prefix kubernetes.io, k8s.io or eks.amazonaws.com, which nodes may not set (node.kubernetes.io they may): take a prefix of your own",
);

export const labelValueText = text(
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/,
  "a Kubernetes label value of at most 63 letters, digits, dashes, dots and underscores",
);

/** AWS takes 128 characters for a tag's key and 256 for its value, and keeps `aws:` to itself. */
export const tagMap = z.record(
  text(
    /^(?!aws:)[\p{L}\p{N}\s_.:/=+@-]{1,128}$/iu,
    "a tag key of at most 128 characters that does not start with aws:",
  ),
  text(/^[\p{L}\p{N}\s_.:/=+@-]{0,256}$/u, "a tag value of at most 256 letters, digits, spaces and any of _.:/=+@-"),
);

export const minorVersionText = text(/^1\.\d{2}$/, 'a Kubernetes minor version in quotes, such as "1.35"');

/** Raw Helm or add-on values: any YAML. */
export const rawValues = z.record(z.string(), z.json());
