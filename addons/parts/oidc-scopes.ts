import { z } from "zod";
import { plainText } from "../../language/words/text";

/** Scopes of OpenID Connect. Without `openid`, the provider issues no id token (OpenID Connect Core 1.0, section 3.1.2.1). */
export const oidcScopes = z
  .array(plainText)
  .min(1)
  .refine((scopes) => scopes.includes("openid"), "must contain openid, without which nobody can log in");
