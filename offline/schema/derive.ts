import { bindingsFile, type Declarations, declarations, type Member, readBindings, readMembers } from "./bindings";
import type { Attribute, Block, Nesting, ProviderName, ProviderSchema, ValueType } from "./schema";

const PRIMITIVE: Readonly<Record<string, ValueType>> = {
  string: "string",
  number: "number",
  boolean: "bool",
  any: "dynamic",
};

/** Maximum depth of structs. The bindings cut recursive structs off far earlier, so a deeper nesting means a loop. */
const MAX_DEPTH = 20;

/** A member that is a struct: its name, its collection, and the collection inside of that collection. */
interface Structure {
  readonly struct: string;
  readonly nesting: Nesting;
  readonly inner?: "list" | "map";
  /** True if the bindings have a single reference for a list or set of at most one. */
  readonly atMostOne: boolean;
}

const COLLECTIONS = [
  ["MapList", "list", "map"],
  ["ListMap", "map", "list"],
  ["ListList", "list", "list"],
  ["List", "list", undefined],
  ["Map", "map", undefined],
] as const;

function storageType(storage: string, outer: string): ValueType | undefined {
  const primitive = PRIMITIVE[storage];
  if (primitive !== undefined) return primitive;
  const [, element, kind] = /^(\w+)(List|Map)$/.exec(storage) ?? [];
  if (element === undefined) return undefined;
  if (kind === "Map" && element === "any" && outer === "map") return "dynamic";
  const type = storageType(element, "list");
  return type && [kind === "Map" ? "map" : outer === "set" ? "set" : "list", type];
}

function getterType(getter: string): ValueType | undefined {
  const collection = getter.includes("Fn.tolist(") ? "set" : "list";
  if (getter.includes("this.getListAttribute(")) return [collection, "string"];
  if (getter.includes("this.getNumberListAttribute(")) return [collection, "number"];
  if (getter.includes("this.getAnyMapAttribute(")) return "dynamic";
  const [, primitive, map] = /this\.get(String|Number|Boolean)(Map)?Attribute\(/.exec(getter) ?? [];
  const type = PRIMITIVE[primitive?.toLowerCase() ?? ""];
  if (type !== undefined) return map === undefined ? type : ["map", type];
  return getter.includes("interpolationForAttribute") ? "dynamic" : undefined;
}

function isDynamic(type: ValueType): boolean {
  if (typeof type === "string") return type === "dynamic";
  return type[0] === "object" ? Object.values(type[1]).some(isDynamic) : isDynamic(type[1]);
}

function hasDynamic({ attributes, blocks }: Block): boolean {
  return (
    Object.values(attributes).some(({ type }) => type !== undefined && isDynamic(type)) ||
    Object.values(blocks).some(({ block }) => hasDynamic(block))
  );
}

class Deriver {
  constructor(
    private readonly source: Declarations,
    /** True for helm: the plugin framework has nested attributes where the SDK of the other providers has objects. */
    private readonly nestedAttributes: boolean,
  ) {}

  block(members: readonly Member[], depth = 0): Block {
    if (depth > MAX_DEPTH) throw new Error("structs nest too deeply");
    const block: Block = { attributes: {}, blocks: {} };
    for (const member of members) {
      const structure = this.structure(member);
      const flagless = !member.computed && !member.optional && !member.required;
      if (structure !== undefined && (member.documentedAsBlock || flagless)) {
        const { struct, nesting, atMostOne } = structure;
        const nested = this.block(this.membersOf(struct), depth + 1);
        const many = nesting === "list" || nesting === "set";
        block.blocks[member.name] = {
          // Terraform allows no dynamic types inside sets, but the bindings have them where a schema was too deep (WAF rules).
          // Terraform accepts them in a list.
          nesting: nesting === "set" && hasDynamic(nested) ? "list" : nesting,
          ...(many && member.required && { minItems: 1 }),
          ...(many && atMostOne && { maxItems: 1 }),
          block: nested,
        };
      } else {
        block.attributes[member.name] = this.attribute(member, structure, depth);
      }
    }
    return block;
  }

  /** Returns the members of the resource itself: its class has the mapper that other structs have as a function. */
  mainMembers(className: string): Member[] {
    const body = this.source.classes.get(className) ?? "";
    const mapper = body.slice(body.indexOf("synthesizeHclAttributes"));
    return readMembers(body, mapper, this.source.interfaces.get(`${className}Config`) ?? "");
  }

  private membersOf(struct: string): Member[] {
    const mapper = `${struct.charAt(0).toLowerCase()}${struct.slice(1)}ToHclTerraform`;
    return readMembers(
      this.source.classes.get(`${struct}OutputReference`),
      this.source.functions.get(mapper) ?? "",
      this.source.interfaces.get(struct) ?? "",
    );
  }

  private attribute(member: Member, structure: Structure | undefined, depth: number): Attribute {
    const { computed, required } = member;
    const flags = {
      ...(required && { required }),
      ...((member.optional || !(computed || required)) && { optional: true }),
      ...(computed && { computed }),
      // The bindings do not mark write-only arguments, but all three providers end their names in _wo (has_value_wo is computed).
      ...(member.name.endsWith("_wo") && !computed && { writeOnly: true }),
    };
    if (structure === undefined) return { type: this.simpleType(member), ...flags };
    const { struct, nesting, inner } = structure;
    if (!this.nestedAttributes) {
      const object = this.objectType(struct, depth + 1);
      const element: ValueType = inner === undefined ? object : [inner, object];
      return { type: nesting === "single" ? element : [nesting, element], ...flags };
    }
    if (inner !== undefined) throw new Error(`${member.name}: a collection of collections has no nested attributes`);
    const attributes: Record<string, Attribute> = {};
    for (const child of this.membersOf(struct)) {
      attributes[child.name] = this.attribute(child, this.structure(child), depth + 1);
    }
    return { nested: { nesting, attributes }, ...flags };
  }

  private objectType(struct: string, depth: number): ValueType {
    if (depth > MAX_DEPTH) throw new Error("structs nest too deeply");
    const members: Record<string, ValueType> = {};
    for (const member of this.membersOf(struct)) {
      const type = this.attributeType(member, depth);
      members[member.name] = type;
    }
    return ["object", members];
  }

  private attributeType(member: Member, depth: number): ValueType {
    const structure = this.structure(member);
    if (structure === undefined) return this.simpleType(member);
    const object = this.objectType(structure.struct, depth + 1);
    const element: ValueType = structure.inner === undefined ? object : [structure.inner, object];
    return structure.nesting === "single" ? element : [structure.nesting, element];
  }

  private structure({ name, holder, mapper }: Member): Structure | undefined {
    if (holder !== undefined && !holder.className.startsWith("cdktf.")) {
      const { className, isSet } = holder;
      if (className.endsWith("OutputReference")) {
        const nesting = mapper?.type === "list" || mapper?.type === "set" ? mapper.type : "single";
        return { struct: className.slice(0, -"OutputReference".length), nesting, atMostOne: true };
      }
      for (const [suffix, nesting, inner] of COLLECTIONS) {
        const struct = className.slice(0, -suffix.length);
        if (!className.endsWith(suffix) || !this.source.classes.has(`${struct}OutputReference`)) continue;
        const outer = suffix === "List" && isSet ? "set" : nesting;
        return { struct, nesting: outer, ...(inner !== undefined && { inner }), atMostOne: false };
      }
      throw new Error(`${name}: the class ${className} is not in its file`);
    }
    if (mapper?.struct !== true) return undefined;
    const mapping = /(\w+)ToHclTerraform/.exec(mapper.value)?.[1] ?? "";
    const nesting = mapper.type === "struct" ? "single" : (mapper.type as Nesting);
    const struct = mapping.charAt(0).toUpperCase() + mapping.slice(1);
    return { struct, nesting, atMostOne: !/listMapperHcl|hashMapperHcl/.test(mapper.value) };
  }

  private simpleType({ name, holder, getter, mapper }: Member): ValueType {
    let type: ValueType | undefined;
    if (holder !== undefined) {
      const storage = holder.className.slice("cdktf.".length);
      type = storageType(storage.charAt(0).toLowerCase() + storage.slice(1), holder.isSet ? "set" : "list");
    } else if (getter !== undefined && !getter.includes("interpolationForAttribute")) {
      type = getterType(getter);
    }
    if (type === undefined && mapper !== undefined) type = storageType(mapper.storage, mapper.type);
    if (type === undefined && getter !== undefined) type = getterType(getter);
    if (type === undefined) throw new Error(`${name}: the bindings do not show its type`);
    return type;
  }
}

/** Returns the schema of one type, or of the provider itself, from its bindings. */
export function deriveType(file: string, provider: ProviderName): { type: string; version: string; block: Block } {
  const source = readBindings(file);
  const className = /^export class (\w+) extends cdktf\.Terraform(?:Resource|DataSource|Provider)\b/m.exec(source)?.[1];
  const type = /static readonly tfResourceType = "([^"]+)"/.exec(source)?.[1];
  const version = /providerVersion: '([^']+)'/.exec(source)?.[1];
  if (className === undefined || type === undefined || version === undefined) {
    throw new Error(`${file} declares no Terraform type`);
  }
  const deriver = new Deriver(declarations(source), provider === "helm");
  return { type, version, block: deriver.block(deriver.mainMembers(className)) };
}

/** Returns the file with the bindings of a type such as `aws_vpc` or, for a data source, `data.aws_region`. */
export function fileOfType(modules: string, provider: ProviderName, type: string): string | undefined {
  const data = type.startsWith("data.");
  const name = data ? type.slice("data.".length) : type;
  const folder = data ? `data_${name}` : name.replace(`${provider}_`, "");
  return bindingsFile(modules, provider, folder.replaceAll("_", "-"));
}

/** Returns the schema of a provider for some types, without types that the bindings do not have. */
export function deriveProvider(modules: string, provider: ProviderName, types: Iterable<string>): ProviderSchema {
  const file = bindingsFile(modules, provider, "provider");
  if (file === undefined) throw new Error(`@cdktf/provider-${provider} is not installed in ${modules}`);
  const { version, block: config } = deriveType(file, provider);
  delete config.attributes["alias"]; // a meta-argument that the bindings list among the provider's arguments
  const schema: ProviderSchema = { provider, version, config, resources: {}, dataSources: {} };
  for (const type of types) {
    const found = fileOfType(modules, provider, type);
    if (found === undefined) continue;
    const derived = deriveType(found, provider);
    const target = type.startsWith("data.") ? schema.dataSources : schema.resources;
    target[derived.type] = derived.block;
  }
  return schema;
}
