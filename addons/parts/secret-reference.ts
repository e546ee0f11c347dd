import { z } from "zod";

/** The name of a Kubernetes object: RFC 1123's of a subdomain. */
export const objectName = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/,
    "must be the name of a Kubernetes object: lower-case letters, digits, dashes and dots",
  );

/** A namespace: RFC 1123's label. */
export const namespaceName = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "must be a namespace: lower-case letters, digits and dashes");

/**
 * A key of a Secret that exists in the addon's namespace: no secret stands in a definition, or in Terraform's state. Whoever makes
 * it (external-secrets, a person with kubectl) makes it there.
 */
export const secretKey = z.strictObject({
  name: objectName.describe("Name of the Secret, in the addon's namespace."),
  key: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,253}$/, "must be a key of a Secret: letters, digits and any of ._-")
    .describe("Key of the Secret's data that holds it."),
});

export type SecretKey = z.output<typeof secretKey>;
