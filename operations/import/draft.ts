import { Document, isCollection, isScalar, type Node, YAMLMap, YAMLSeq } from "yaml";

/** A part of a definition that is being written. */
export class Section {
  constructor(
    private readonly document: Document,
    private readonly map: YAMLMap,
  ) {}

  /** Sets a key, or one below it: `root_volume.size_gib`. An undefined value sets nothing. */
  set(path: string, value: unknown, comment?: string): this {
    if (value === undefined) return this;
    const node = this.document.createNode(value) as Node;
    if (isCollection(node)) {
      const isFlat = node.items.every((item) => isScalar(item));
      node.flow = node.items.length === 0 || (node instanceof YAMLSeq && isFlat && JSON.stringify(value).length < 90);
    }
    const parent = path.split(".");
    const key = this.document.createNode(parent.pop()) as Node;
    if (comment !== undefined) {
      if (isCollection(node) && !node.flow) key.commentBefore = ` ${comment}`;
      else node.comment = ` ${comment}`;
    }
    const { map } = parent.reduce<Section>((section, name) => section.section(name), this);
    map.delete(key.toJSON());
    map.add({ key, value: node });
    return this;
  }

  /** True if the key is set. */
  has(path: string): boolean {
    return this.map.hasIn(path.split("."));
  }

  section(name: string): Section {
    const existing = this.map.get(name);
    if (existing instanceof YAMLMap) return new Section(this.document, existing);
    const map = new YAMLMap(this.document.schema);
    this.map.set(name, map);
    return new Section(this.document, map);
  }

  /** Adds an item to a list. */
  item(list: string): Section {
    const map = new YAMLMap(this.document.schema);
    const existing = this.map.get(list);
    const items = existing instanceof YAMLSeq ? existing : new YAMLSeq(this.document.schema);
    items.add(map);
    this.map.set(list, items);
    return new Section(this.document, map);
  }
}

/** A cluster's file that is being written. Its sections appear in the order of definitions. */
export class Draft {
  private readonly document = new Document({});
  private readonly root = new Section(this.document, this.document.contents as unknown as YAMLMap);
  readonly meta = this.root.section("meta");
  private readonly tfvars = this.root.section("tfvars");

  constructor() {
    for (const name of SECTIONS) this.tfvars.section(name);
  }

  section(name: (typeof SECTIONS)[number]): Section {
    return this.tfvars.section(name);
  }

  /** Adds an item to a list of `tfvars`, such as `workers`. */
  item(list: "workers" | "fargate_profiles" | "extra_manifests"): Section {
    return this.tfvars.item(list);
  }

  /** Returns the text of the file. Sections that remained empty are left out. */
  text(head: readonly string[]): string {
    const { contents } = this.document;
    const tfvars = (contents as unknown as YAMLMap).get("tfvars") as YAMLMap;
    for (const name of SECTIONS) {
      const section = tfvars.get(name);
      if (section instanceof YAMLMap && section.items.length === 0) tfvars.delete(name);
    }
    const order = (name: unknown): number => ORDER.indexOf(String(name));
    tfvars.items.sort((a, b) => order(a.key) - order(b.key));
    for (const pair of tfvars.items.slice(1)) pair.key = spaced(this.document, pair.key);
    const body = this.document.toString({ lineWidth: 0, flowCollectionPadding: false }).trimEnd();
    return `${head.map((line) => `# ${line}`.trimEnd()).join("\n")}\n${body.replace("\ntfvars:", "\n\ntfvars:")}\n`;
  }
}

const SECTIONS = ["common", "networking", "cluster", "worker_defaults", "addons"] as const;
const ORDER = [
  "common",
  "networking",
  "cluster",
  "worker_defaults",
  "workers",
  "fargate_profiles",
  "addons",
  "extra_manifests",
];

function spaced(document: Document, key: unknown): Node {
  const node = document.createNode(isScalar(key) ? key.value : key) as Node;
  node.spaceBefore = true;
  return node;
}
