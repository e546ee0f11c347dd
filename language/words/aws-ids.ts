import { isNoInheritedName, NO_INHERITED_NAME, text } from "./text";

export const accountId = text(/^\d{12}$/, 'the 12 digits of an AWS account in quotes, such as "012345678901"').meta({
  examples: ["012345678901"],
});

/** The id of a resource: a prefix, a dash and 17 hexadecimal digits, or 8 for what was created before 2018. */
export const resourceId = (prefix: string, what: string) =>
  text(new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`), `the id of ${what}`, `${prefix}-0123456789abcdef0`);

export const securityGroupId = resourceId("sg", "a security group");

export const hostedZoneId = text(/^Z[A-Z0-9]{1,31}$/, "the id of a Route 53 hosted zone", "Z0123456789ABCDEFGHIJ");

export const organizationId = text(/^o-[a-z0-9]{10,32}$/, "the id of an AWS organization", "o-a1b2c3d4e5");

/** A workspace of Amazon Managed Service for Prometheus. */
export const prometheusWorkspaceId = text(
  /^ws-[0-9a-f-]{36}$/,
  "the id of a workspace",
  "ws-01234567-89ab-cdef-0123-456789abcdef",
);

export const regionName = text(/^[a-z]{2}(?:-[a-z]+)+-\d$/, "an AWS region", "eu-west-1");

/** A local zone: neither a zone of the region itself nor a Wavelength zone. */
export const localZone = text(/^[a-z]{2}(?:-[a-z]+)+-\d-[a-z]{3}-\d[a-z]$/, "a local zone", "us-west-2-lax-1a");

/** A zone of a region, or a local zone. */
export const zoneName = text(/^[a-z]{2}(?:-[a-z]+)+-\d(?:-[a-z]{3}-\d)?[a-z]$/, "an availability zone", "us-east-1a");

/** An EC2 instance type by its spelling. The types that a region offers are not in the program's data. */
export const instanceType = text(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, "an EC2 instance type", "m6i.large");

/** One type, or several by `*`, as instance requirements accept them. */
export const instanceTypePattern = text(
  /^[a-z*][a-z0-9*-]*(?:\.[a-z0-9*-]+)?$/,
  "an EC2 instance type or several by *",
  "m5.*",
  "r*",
);

export const placementGroupName = text(
  /^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/,
  "the name of a placement group: at most 255 characters",
);

export const keyPairName = text(/^[\w .:/=+@-]{1,255}$/, "the name of an EC2 key pair").meta({
  examples: ["operators"],
});

export const eksAddonName = text(/^[a-z0-9](?:[a-z0-9_-]{0,98}[a-z0-9])?$/, "the name of an EKS add-on", "adot").refine(
  isNoInheritedName,
  NO_INHERITED_NAME,
);
