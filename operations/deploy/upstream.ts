import { STACKS, type StackName } from "../../fleet/model/stacks";
import type { Terraform } from "../../offline/terraform";
import type { Diagnostic, StackPlan } from "./report";

/** A cluster whose network the stack `networking` reads. */
export interface Peer {
  readonly name: string;
  readonly slug: string;
}

/** A stack that was never applied, so that a stack which reads its outputs cannot be planned. */
export type Upstream = Pick<StackPlan, "waits_for" | "waits_for_cluster"> & { readonly waits_for: StackName };

/** Returns the stack whose missing state made Terraform fail; undefined if it failed for another reason. */
export function missingUpstream(errors: readonly Diagnostic[], peers: readonly Peer[]): Upstream | undefined {
  const names = errors
    .filter(({ summary }) => summary === "Unable to find remote state")
    .map(({ address }) => /^data\.terraform_remote_state\.(\w+)$/.exec(address ?? "")?.[1]);
  const own = STACKS.find((stack) => names.includes(stack.replaceAll("-", "_")));
  if (own !== undefined) return { waits_for: own, waits_for_cluster: null };
  // As stacks/peer-network.ts names it.
  const peer = peers.find(({ slug }) => names.includes(`peer_${slug.replaceAll("-", "_")}`));
  return peer && { waits_for: "networking", waits_for_cluster: peer.name };
}

/** Returns an upstream in words, and how to apply it if it belongs to another cluster. */
export function upstreamText({ waits_for, waits_for_cluster }: Pick<StackPlan, "waits_for" | "waits_for_cluster">): {
  readonly name: string;
  readonly advice: string;
} {
  if (waits_for_cluster === null) return { name: String(waits_for), advice: "" };
  return {
    name: `${waits_for} of ${waits_for_cluster}`,
    advice: `. Deploy that cluster first: fleet deploy ${waits_for_cluster}`,
  };
}

/** True if the state of a stack has a resource. */
export async function isDeployed(terraform: Terraform): Promise<boolean> {
  const { exitCode, stdout } = await terraform.run(["state", "list"], [0, 1]);
  return exitCode === 0 && stdout.split("\n").some((address) => address !== "" && !address.startsWith("data."));
}
