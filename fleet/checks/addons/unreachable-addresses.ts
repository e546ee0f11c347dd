import { isIPv4 } from "node:net";
import { contains, overlaps } from "../../../language/words/cidr";
import type { Path } from "../../../language/yaml/tree";
import type { Definition } from "../../model/cluster";
import { ofEachAddon } from "../../model/enabled-addons";
import { meetingPlaces, routedRanges } from "../../network/connections";
import { usesExistingVpc } from "../../network/existing-vpc";
import { vpcRanges } from "../../network/vpc-ranges";
import type { Check, Finding } from "../../rules/finding";

/** An address in the options of an addon. */
interface Address {
  readonly path: Path;
  readonly host: string;
}

/** Options with addresses that a browser or a command line opens, not a pod. */
const OF_PEOPLE = ["redirect_uris"];

/** Ranges of networks that the internet does not route (RFC 1918). */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

function addressesIn(value: unknown, path: Path): Address[] {
  if (typeof value === "string") {
    const host = hostOf(value);
    return host === undefined ? [] : [{ path, host }];
  }
  if (Array.isArray(value)) return value.flatMap((each, index) => addressesIn(each, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]): Address[] => {
    if (OF_PEOPLE.includes(key)) return [];
    if (key === "host" && typeof each === "string") return [{ path: [...path, key], host: each.toLowerCase() }];
    return addressesIn(each, [...path, key]);
  });
}

/** Returns the host of a URL, or of a host with a port. */
function hostOf(text: string): string | undefined {
  const url = /^[a-z][a-z0-9+.-]*:\/\/(?:\[([0-9a-f:.]+)\]|([\w.-]+))(?:[:/?#]|$)/i.exec(text);
  if (url !== null) return (url[1] ?? url[2])?.toLowerCase();
  return /^([A-Za-z0-9][\w.-]*):\d{1,5}$/.exec(text)?.[1]?.toLowerCase();
}

/** Returns why pods do not reach a host; undefined if they may. */
function obstacle(host: string, definition: Definition): string | undefined {
  if (/^(?:.+\.)?localhost$|^127\.|^0\.0\.0\.0$/.test(host) || host === "::1" || host === "::")
    return "is the pod itself, where nothing else listens. Use the address of a Service or of a server";
  if (!isIPv4(host)) return undefined;
  if (host.startsWith("169.254.")) return "is a link-local address, which exists on one machine only. Use another one";
  const { networking } = definition.tfvars;
  if (usesExistingVpc(networking) || meetingPlaces(networking).length > 0) return undefined;
  const block = `${host}/32`;
  const { node_cidrs = [], pod_cidrs = [] } = definition.tfvars.cluster.remote_networks ?? {};
  const known = [
    ...vpcRanges(networking),
    definition.tfvars.cluster.service_ipv4_cidr,
    ...routedRanges(networking).map(({ cidr }) => cidr),
    ...node_cidrs,
    ...pod_cidrs,
  ];
  const isReached = known.some((range) => range !== null && overlaps(range, block));
  if (isReached || networking.vpc_peering_connections.length > 0) return undefined;
  return PRIVATE.some((range) => contains(range, block))
    ? "is a private address outside of the VPC, and no connection leads there. Add a connection, or use an address in the VPC"
    : undefined;
}

/** Warns of addresses in the options of addons that their pods cannot reach. */
export const checkUnreachableAddresses: Check = ({ definition }) =>
  ofEachAddon(definition, ({ name, options }) =>
    addressesIn(options, ["options"]).flatMap(({ host, path }): Finding[] => {
      const why = obstacle(host, definition);
      if (why === undefined) return [];
      return [{ path: ["tfvars", "addons", name, ...path], message: `${host} ${why}`, severity: "warning" }];
    }),
  );
