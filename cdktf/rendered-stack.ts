import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { type Choice, renderStack } from "./render";

/** A Terraform stack that renders each token once. Everything that the program changes in cdktf's own passes is in this room. */
export abstract class RenderedStack extends TerraformStack {
  /** @param settings `terraform` settings that cdktf has no property for, merged over the rendered stack */
  constructor(
    scope: Construct,
    id: string,
    private readonly settings: Readonly<Record<string, unknown>>,
  ) {
    super(scope, id);
  }

  /**
   * Does nothing. cdktf resolves every element here to find references between stacks, which is a third of the work; these
   * stacks hand their outputs over explicitly (`Handover`), so there are none to find.
   */
  override prepareStack(): void {}

  override toTerraform(): Record<string, unknown> {
    return renderStack(this, { terraform: this.settings });
  }

  /** Returns a part of the same: the elements that are chosen. */
  partToTerraform(choice: Choice): Record<string, unknown> {
    return renderStack(this, { terraform: this.settings }, choice);
  }
}
