import type { AddonFinding } from "../contract/rule";

/** Keys without which Dex does not start a connector (Dex documentation, connectors; each connector's Config in its code). */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  github: ["clientID", "clientSecret"],
  gitlab: ["clientID", "clientSecret"],
  google: ["clientID", "clientSecret"],
  ldap: ["host"],
  microsoft: ["clientID", "clientSecret"],
  oauth: ["clientID", "clientSecret", "tokenURL", "authorizationURL", "userInfoURL"],
  oidc: ["issuer", "clientID"],
  saml: ["ssoURL"],
};

/** Reports keys that the type of a connector requires. */
export function requiredKeys({
  config,
  type,
}: {
  readonly config: Readonly<Record<string, unknown>>;
  readonly type: string;
}): AddonFinding[] {
  const missing = (REQUIRED[type] ?? []).filter((key) => config[key] === undefined);
  if (missing.length === 0) return [];
  return [{ path: ["config"], message: `requires ${missing.join(", ")} for a connector of type ${type}. Add them` }];
}

/** Reports an address of an LDAP server with a scheme: Dex adds a port to it, and looks up the whole as a name. */
export function ldapHost({
  config,
  type,
}: {
  readonly config: Readonly<Record<string, unknown>>;
  readonly type: string;
}): AddonFinding[] {
  const { host } = config;
  if (type !== "ldap" || typeof host !== "string" || !host.includes("://")) return [];
  const message =
    "must be a host and a port without a scheme, such as ldap.example.com:636. Dex encrypts the connection by default";
  return [{ path: ["config", "host"], message }];
}
