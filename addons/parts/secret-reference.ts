import { z } from "zod";
import { objectName } from "../../language/words/kubernetes";
import { text } from "../../language/words/text";

/**
 * A key of a Secret that exists in the addon's namespace: no secret stands in a definition, or in Terraform's state. Whoever makes
 * it (external-secrets, a person with kubectl) makes it there.
 */
export const secretKey = z.strictObject({
  name: objectName.describe("Name of the Secret, in the addon's namespace."),
  key: text(/^[A-Za-z0-9._-]{1,253}$/, "a key of a Secret: letters, digits and any of ._-")
    .meta({ examples: ["token"] })
    .describe("Key of the Secret's data that holds it."),
});

export type SecretKey = z.output<typeof secretKey>;
