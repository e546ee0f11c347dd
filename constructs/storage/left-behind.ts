import { TerraformElement, TerraformResource } from "cdktf";
import { Construct } from "constructs";

/** Types that are deleted nevertheless: they contain nothing, and their names must be free for another resource. */
const DELETED: ReadonlySet<string> = new Set(["aws_kms_alias"]);

/** A `removed` block for each address: Terraform forgets such a resource, but does not delete it. */
class LeftBehind extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly addresses: readonly string[],
  ) {
    super(scope, id);
  }

  override toTerraform() {
    return { removed: this.addresses.map((from) => ({ from, lifecycle: { destroy: false } })) };
  }

  override toMetadata() {
    return {};
  }
}

/**
 * Keeps what an earlier configuration created here, if this one does not: Terraform forgets the bucket and the key, whose content
 * nobody could restore. `prevent_destroy` cannot do that, because it disappears with the resource. Blocks for resources that never
 * existed have no effect. Only an apply reads them; `terraform destroy` does not.
 *
 * @param path ids from the scope to the resources
 * @param build creates the resources at that path, with the same ids as before; only their addresses are used
 */
export function leaveBehind(
  scope: Construct,
  path: readonly [string, ...string[]],
  build: (scope: Construct, id: string) => void,
): void {
  const parents = path.slice(0, -1);
  build(
    parents.reduce((parent, id) => new Construct(parent, id), scope),
    path.at(-1) ?? "",
  );
  const [first] = path;
  const addresses = scope.node
    .findChild(first)
    .node.findAll()
    .filter((child): child is TerraformResource => TerraformResource.isTerraformResource(child))
    .filter(({ terraformResourceType }) => !DELETED.has(terraformResourceType))
    .map(({ friendlyUniqueId, terraformResourceType }) => `${terraformResourceType}.${friendlyUniqueId}`);
  scope.node.tryRemoveChild(first);
  new LeftBehind(scope, `${path.join("-")}-left-behind`, addresses);
}
