import { TerraformStack } from "cdktf";
import type { Construct, IValidation } from "constructs";
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

  /**
   * Leaves out the checks of Terraform's version: cdktf runs `terraform version` once for each element that has such a check, among
   * them every `DataResource`, which takes longer than the rest. Terraform itself checks `required_version` first.
   */
  override runAllValidations(): void {
    for (const { node } of this.node.findAll()) {
      const checked = node as unknown as { _validations?: IValidation[] | undefined };
      checked._validations = checked._validations?.filter((validation) => !("versionCommand" in validation));
    }
    super.runAllValidations();
  }

  override toTerraform(): Record<string, unknown> {
    return renderStack(this, { terraform: this.settings });
  }

  /** Returns a part of the same: the elements that are chosen. */
  partToTerraform(choice: Choice): Record<string, unknown> {
    return renderStack(this, { terraform: this.settings }, choice);
  }
}
