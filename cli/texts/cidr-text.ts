import { createColors } from "picocolors";
import type { AccountSpace, AddressSearch, AddressSpace, FreeBlocks, Place } from "../../operations/cidr/report";
import { type Cell, type Column, table } from "../shared/table";
import type { Terminal } from "../shared/terminal";

const number = (value: number): string => value.toLocaleString("en");
const right = (title: string): Column => ({ title, align: "right" });

/** Returns address space as text: three tables for each account, and the overlaps at the end. */
export function spaceText({ accounts, overlaps }: AddressSpace, terminal: Terminal): string {
  const blocks = accounts.map((space) =>
    [
      createColors(terminal.colours).bold(space.account),
      ...[poolTable(space, terminal), rangeTable(space, overlaps, terminal), sizeTable(space, terminal)].filter(
        (text) => text !== "",
      ),
    ].join("\n\n"),
  );
  const conflicts = overlaps.map(({ a, b, because }) => `${sideText(a)} overlaps ${sideText(b)}, because ${because}`);
  return [
    ...blocks,
    ...(conflicts.length === 0 ? [] : [["Overlaps between connected accounts:", ...conflicts].join("\n")]),
  ].join("\n\n");
}

function sideText({ account, by, cidr, use }: AddressSpace["overlaps"][number]["a"]): string {
  const what = use === "cluster" ? ` of ${by}` : use === "reserved" ? `, reserved for ${by}` : "";
  return `${use === "pool" ? "pool " : ""}${cidr}${what} in account ${account}`;
}

function poolTable({ pools }: AccountSpace, terminal: Terminal): string {
  if (pools.length === 0) return "";
  const rows = pools.map(({ addresses, cidr, free, largest_free, used }) => [
    cidr,
    number(addresses),
    number(used),
    number(free),
    largest_free ?? "none",
  ]);
  return table(["pool", right("addresses"), right("used"), right("free"), "largest free"], rows, terminal);
}

function rangeTable(space: AccountSpace, overlaps: AddressSpace["overlaps"], terminal: Terminal): string {
  const { red } = createColors(terminal.colours);
  const marked = (cidr: string, use: string): Cell =>
    overlaps.flatMap(({ a, b }) => [a, b]).some((side) => side.account === space.account && side.cidr === cidr)
      ? { text: `${use}, overlaps`, paint: red }
      : use;
  const ranges = space.ranges.map(({ addresses, by, cidr, use }) => [
    cidr,
    number(addresses),
    use === "free" ? use : marked(cidr, use),
    by,
  ]);
  const services = space.services.map(({ addresses, cidr, clusters }) => [
    cidr,
    number(addresses),
    "services",
    `${clusters.length} ${clusters.length === 1 ? "cluster" : "clusters"}`,
  ]);
  const rows = [...ranges, ...services];
  return rows.length === 0 ? "" : table(["range", right("addresses"), "use", "of"], rows, terminal);
}

function sizeTable({ sizes }: AccountSpace, terminal: Terminal): string {
  const rows = sizes.map(({ blocks, next, prefix }) => [`/${prefix}`, number(blocks), next]);
  return rows.length === 0 ? "" : table(["new VPC", right("free ranges"), "next"], rows, terminal);
}

/** Returns the next free ranges as text. */
export function freeText({ accounts, prefix }: FreeBlocks, terminal: Terminal): string {
  const rows = accounts.map(({ account, available, next }) => [account, number(available), next.join(" ") || "none"]);
  return table(["account", right(`free /${prefix}`), "next"], rows, terminal);
}

const WHAT: Readonly<Record<Place["what"], string>> = {
  pool: "pool",
  reserved: "reserved",
  vpc: "VPC",
  subnet: "subnet",
  services: "services",
  connection: "behind",
  remote: "hybrid nodes",
};

/** Returns the definitions' entries for an address: a sentence, and a table of the ranges that contain it. */
export function searchText(search: AddressSearch, terminal: Terminal): string {
  const rows = search.places.map(({ account, by, cluster, range, tier, what, zone }) => [
    WHAT[what],
    range,
    account,
    cluster ?? "",
    [tier ?? "", zone ?? "", by].filter((part) => part !== "").join(" "),
  ]);
  const places = rows.length === 0 ? [] : [table(["what", "range", "account", "cluster", "where"], rows, terminal)];
  return [sentence(search), ...places].join("\n\n");
}

function sentence({ address, clusters, free, places }: AddressSearch): string {
  if (clusters.length > 0) {
    const names = clusters.join(", ");
    return address.includes("/") ? `Addresses of ${address} are used by ${names}.` : `${address} is used by ${names}.`;
  }
  const reserved = places.find(({ what }) => what === "reserved");
  if (reserved !== undefined) return `${address} is reserved in account ${reserved.account} for ${reserved.by}.`;
  const [open] = free;
  if (open !== undefined) {
    const { account, pool, range } = open;
    return `No cluster uses ${address}. It is free in pool ${pool} of account ${account}, in the free range ${range}.`;
  }
  const elsewhere = places.length === 0 ? "No pool contains it" : "It is not an address of a VPC";
  const six = address.includes(":") ? " AWS chooses the IPv6 ranges of VPCs, so definitions do not contain them." : "";
  return `No cluster uses ${address}. ${elsewhere}.${six}`;
}
