/** The parts of `fleet rollout`'s reports that stages read. */
export interface NextAnswer {
  readonly decisions: readonly { readonly cluster: string; readonly decision: string; readonly why: string }[];
  readonly claimed: readonly { readonly cluster: string; readonly target: { readonly release: string } }[];
}

export interface StatusAnswer {
  readonly attention: readonly { readonly kind: string; readonly what: string; readonly command: string | null }[];
}
