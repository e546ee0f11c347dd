import { isIP, isIPv4 } from "node:net";
import { z } from "zod";
import { aligned, prefixLength } from "./cidr";
import { text } from "./text";

/** An aligned IPv4 CIDR block within the sizes that its use allows; other checks decide whether it is free. */
export const ipv4Block = (largest = 0, smallest = 32) =>
  z
    .cidrv4({ error: "must be an IPv4 CIDR block, such as 10.20.0.0/16", abort: true })
    .superRefine((cidr, { addIssue }) => {
      const prefix = prefixLength(cidr);
      if (aligned(cidr) !== cidr) {
        addIssue(`must start at the first address of its block, ${aligned(cidr)}`);
      } else if (prefix < largest || prefix > smallest) {
        addIssue(`is too ${prefix < largest ? "large" : "small"}: must be a /${largest} to a /${smallest}`);
      }
    })
    .meta({ examples: [`10.20.0.0/${Math.min(Math.max(16, largest), smallest)}`] });

/** An IPv6 CIDR block, in the one spelling that AWS returns. */
export const ipv6Block = z
  .cidrv6({ error: "must be an IPv6 CIDR block, such as 2001:db8::/32", abort: true })
  .superRefine((cidr, { addIssue }) => {
    const block = aligned(cidr);
    if (block !== cidr) addIssue(`must be spelled as AWS returns the block: ${block}`);
  })
  .meta({ examples: ["2001:db8::/32"] });

export const ipv4Address = z.ipv4({ error: "must be an IPv4 address, such as 10.20.0.10" }).meta({
  examples: ["10.20.0.10"],
});

export const ipAddress = z
  .string()
  .refine((address) => isIP(address) !== 0, "must be an IP address, such as 10.0.0.2")
  .meta({ examples: ["10.0.0.2"] });

export const ipv4AndPort = z
  .string()
  .refine(
    (value) => {
      const [address = "", port = "", ...more] = value.split(":");
      return more.length === 0 && isIPv4(address) && isPort(port);
    },
    { error: "must be an IPv4 address and a port, such as 1.1.1.1:53" },
  )
  .meta({ examples: ["1.1.1.1:53"] });

export const hostAndPort = text(
  /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+:[1-9]\d{0,4}$/,
  "a host and a port",
  "teleport.example.com:443",
);

function isPort(port: string): boolean {
  return /^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65_535;
}

export const httpsAddress = text(
  /^https:\/\/[a-z0-9.-]+(?::\d+)?(?:\/[\w.~/-]*)?$/,
  "an https:// address",
  "https://login.example.com",
);

/** An address that pods call, without the characters that Terraform or a shell would evaluate. */
export const httpAddress = z
  .string()
  .regex(/^https?:\/\/[A-Za-z0-9]/, "must begin with https:// or http://")
  .regex(/^[^\s"'`$\\{}]+$/, "must be an address without spaces, quotes, $, braces and backslashes");

/** Where charts are: a chart repository or a registry. */
export const chartRepository = text(/^(?:https|oci):\/\/[A-Za-z0-9][\w.:/@+-]*$/, "an https:// or oci:// address").meta(
  { examples: ["https://charts.example.com", "oci://registry.example.com/charts"] },
);

/** A claim, a client id or another word of OpenID Connect. */
export const oidcWord = text(
  /^[\w:.@/+=-][\w:.@/ +=-]{0,252}$/,
  "at most 253 letters, digits and any of _:.@/+=-",
).meta({ examples: ["groups"] });
