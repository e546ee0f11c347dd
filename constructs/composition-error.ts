import type { IConstruct } from "constructs";

/**
 * Parts that do not fit together: a definition that passed every check can still not be built. The message contains the place in
 * the tree.
 */
export class CompositionError extends Error {
  constructor(at: IConstruct, message: string) {
    super(`${message} (at ${at.node.path})`);
    this.name = "CompositionError";
  }
}
