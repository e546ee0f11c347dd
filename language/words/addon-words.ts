import { z } from "zod";

/** What AWS's ids and ARNs look like, for options of addons. */
function text(pattern: RegExp, what: string) {
  return z.string().regex(pattern, `must be ${what}`);
}

export const kmsKeyArn = text(
  /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[a-z0-9-]{1,64}$/,
  "the ARN of a KMS key, such as arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef",
);

/** A resource of EC2, EFS or FSx: a prefix, a dash and hexadecimal digits. */
export const resourceId = (prefix: string, what: string) =>
  text(new RegExp(`^${prefix}-[0-9a-f]{8,32}$`), `the id of ${what}, such as ${prefix}-0123456789abcdef0`);

/** 3 to 63 characters: the naming rules of S3 general-purpose buckets. */
export const bucketName = text(
  /^(?!xn--|sthree-|\d+\.\d+\.\d+\.\d+$)(?!.*(?:\.\.|\.-|-\.|-s3alias$|--ol-s3$|--x-s3$))[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  "the name of an S3 bucket: 3 to 63 lower-case letters, digits, dashes and dots",
);

export const hostedZoneId = text(
  /^Z[A-Z0-9]{1,31}$/,
  "the id of a Route 53 hosted zone, such as Z0123456789ABCDEFGHIJ",
);

/** A DNS name of at least two labels, in lower case. */
export const domainName = text(
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/,
  "a domain name in lower case, such as production.eks.example.com",
);
