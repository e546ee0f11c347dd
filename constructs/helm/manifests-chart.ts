import { join } from "node:path";
import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import { programFolder } from "../../language/program-folder";
import { ASSETS } from "../assets";

/**
 * The local chart that prints the objects it is given. It is copied beside the stack's JSON, so that Terraform finds it
 * wherever that folder goes; its folder is named by its content, so that a change of the chart is a change of the release.
 */
export class ManifestsChart extends Construct {
  /** Path of the chart for Terraform. */
  readonly path: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const chart = new TerraformAsset(this, "chart", {
      path: join(programFolder(), ASSETS.manifests),
      type: AssetType.DIRECTORY,
    });
    this.path = `./${chart.path}`;
  }
}
