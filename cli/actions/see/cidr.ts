import { ExpectedError } from "../../../language/expected-error";
import { VPC_PREFIXES } from "../../../operations/cidr/account-space";
import { addressMap } from "../../../operations/cidr/address-map";
import { addressSpace, nextFreeBlocks } from "../../../operations/cidr/address-space";
import { type Block, parseBlock } from "../../../operations/cidr/blocks";
import { findAddress } from "../../../operations/cidr/find-address";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import {
  type AcceptedFleet,
  load,
  loadAccepted,
  loadEvery,
  printRefused,
  selectionOf,
  withoutErrors,
} from "../../shared/definitions";
import type { ExitCode } from "../../shared/exit-code";
import { checkPictureFlags, printOrWrite } from "../../shared/output-file";
import { printJson, printText } from "../../shared/print";
import { terminalOf } from "../../shared/terminal";
import { freeText, searchText, spaceText } from "../../texts/cidr-text";

type Flags = {
  readonly address: string | undefined;
  readonly free: string | undefined;
  readonly svg: boolean;
  readonly out: string | undefined;
};

export const run = action(async ({ flags, json, positionals }: Input<Flags>): Promise<ExitCode> => {
  checkPictureFlags({ ...flags, json });
  const { names, searched } = questionOf(positionals, flags);
  const prefix = flags.free === undefined ? undefined : prefixOf(flags.free);
  // A range that another cluster uses is found only beside that cluster, so every cluster is loaded.
  // A block that only seems to be free would become the next cluster's range.
  const every = prefix === undefined ? loadEvery() : withoutErrors(load(undefined));
  const accounts = selectionOf(names) === undefined ? every.accounts : loadAccepted(names).accounts;
  const { clusters } = every;
  const terminal = terminalOf(process.stdout);
  if (searched !== undefined) {
    const answer = findAddress(searched, every.accounts, clusters);
    if (json) printJson(answer);
    else printText(searchText(answer, terminal));
    return printUncounted(every);
  }
  if (prefix !== undefined) {
    const answer = nextFreeBlocks(accounts, clusters, prefix);
    if (json) printJson(answer);
    else printText(freeText(answer, terminal));
    return 0;
  }
  const answer = addressSpace(accounts, clusters);
  if (flags.svg) await printOrWrite(addressMap(answer, clusters), flags.out);
  else if (json) printJson(answer);
  else printText(spaceText(answer, terminal));
  return printUncounted(every);
});

function printUncounted(fleet: AcceptedFleet): ExitCode {
  const code = printRefused(fleet);
  if (fleet.refused.length > 0) console.error("Ranges that are shown as free may belong to these clusters.");
  return code;
}

/** Returns the address to search for, or the clusters whose accounts are shown. */
function questionOf(positionals: readonly string[], { address, free, svg }: Flags) {
  const addresses = [...positionals.filter(isAddress), ...(address === undefined ? [] : [address])];
  const names = positionals.filter((each) => !isAddress(each));
  const [searched, second] = addresses;
  if (second !== undefined)
    throw new ExpectedError(`one address can be searched at a time, but ${addresses.length} are given`);
  const asked = [
    searched === undefined ? [] : "an address",
    free === undefined ? [] : "--free",
    svg ? "--svg" : [],
  ].flat();
  if (asked.length > 1) throw new ExpectedError(`${asked.join(" and ")} cannot be combined. Remove one of them`);
  if (searched === undefined) return { names, searched };
  if (names.length > 0) throw new ExpectedError(`an address is searched in all clusters. Remove ${names.join(" ")}`);
  return { names, searched: blockOf(searched) };
}

/** True if the text cannot be the name of a cluster, so that a mistyped address is not searched for among the names. */
function isAddress(text: string): boolean {
  return text.includes(":") || /^[\d./]+$/.test(text);
}

function blockOf(text: string): Block {
  const block = parseBlock(text);
  if (block === undefined)
    throw new ExpectedError(
      `${JSON.stringify(text)} is not an IP address or a range, such as 10.64.16.9, 10.64.0.0/16 or 2001:db8::/32`,
    );
  return block;
}

function prefixOf(text: string): number {
  const prefix = VPC_PREFIXES.find((each) => text === String(each) || text === `/${each}`);
  if (prefix !== undefined) return prefix;
  throw new ExpectedError(`--free must be the prefix length of a VPC, 16 to 24, but is ${JSON.stringify(text)}`);
}
