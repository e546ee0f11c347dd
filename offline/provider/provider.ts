import { misordered, refusals, refusedStep, refusedZones } from "../overlay/refuse";
import type { Block, ProviderSchema } from "../schema/schema";
import type { Place, Store, StoredObject } from "../store/store";
import type { Diagnostic, Request } from "../wire/protocol";
import { decodeValue, encodeValue, isObject, type ObjectValue } from "../wire/values";
import { readDataSource } from "./data-sources";
import { draftOf, type Related } from "./draft";
import { type Call, type FailureSource, failIfTold, type Operation } from "./failures";
import { identityOf } from "./identity";
import { planChange } from "./plan";
import { ProviderError } from "./provider-error";
import { refusedDeletion, updated } from "./real-life";
import { namesOf, objectOf, refusedCall } from "./refused-call";
import { type Scope, scopeOf, storeScope } from "./scope";
import { isGeneratedId, settle } from "./settle";
import { conform } from "./walk";

/** Settings that all connections to one provider share. */
export interface ProviderSetting {
  readonly schema: ProviderSchema;
  readonly store: Store;
  readonly failures: FailureSource;
}

/** Maximum number of equal objects in a place. A higher number means that ids do not differ as they should. */
const MAX_EQUAL_OBJECTS = 10_000;

/** A new state, and the key of its object in the store. */
interface Made {
  readonly state: ObjectValue;
  readonly key: string;
}

/** Returns the key in the store from the private data that Terraform keeps with every object. */
function keyIn(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}

/**
 * Answers the calls that Terraform sends over one connection to one configured provider. It works on values, not on the wire,
 * and keeps its configuration only: everything else is in the store.
 */
export class Provider {
  private scope: Scope;

  constructor(private readonly setting: ProviderSetting) {
    this.scope = scopeOf(setting.schema.provider, {});
  }

  configure({ config }: Request): object {
    const value = objectOf(decodeValue(config));
    this.scope = scopeOf(this.setting.schema.provider, value);
    this.failIfTold("configure", "provider", {});
    return {};
  }

  validateResource({ typeName, config }: Request): { diagnostics: Diagnostic[] } {
    const value = objectOf(decodeValue(config));
    this.failIfTold("validate", typeName, value);
    return { diagnostics: refusals(typeName, this.resource(typeName), value) };
  }

  validateData({ typeName, config }: Request): object {
    this.dataSource(typeName);
    this.failIfTold("validate", `data.${typeName}`, objectOf(decodeValue(config)));
    return {};
  }

  upgrade({ typeName, rawState }: Request): object {
    const json = Buffer.from(rawState?.json ?? []).toString("utf8");
    const block = this.resource(typeName);
    const known = new Set([...Object.keys(block.attributes), ...Object.keys(block.blocks)]);
    const state = JSON.parse(json) as Record<string, unknown>;
    const kept = Object.entries(state).filter(([name]) => known.has(name));
    // Returned unchanged unless it must change: parsing loses the last digits of very long numbers.
    const same = kept.length === Object.keys(state).length;
    return { upgradedState: { json: same ? rawState?.json : Buffer.from(JSON.stringify(Object.fromEntries(kept))) } };
  }

  read(request: Request): object {
    const state = objectOf(decodeValue(request.currentState));
    const block = this.resource(request.typeName);
    this.failIfTold("read", request.typeName, state);
    if (this.scope.unknown) return { newState: request.currentState, private: request.private };
    const stored = this.setting.store.read(this.placeOf(request.typeName, state, keyIn(request.private)));
    const newState = stored === undefined ? null : conform(block, stored.state);
    return { newState: encodeValue(newState), private: request.private };
  }

  plan(request: Request): object {
    const { typeName } = request;
    const block = this.resource(typeName);
    const prior = decodeValue(request.priorState);
    const proposed = decodeValue(request.proposedNewState);
    this.failIfTold("plan", typeName, objectOf(proposed ?? prior));
    if (!isObject(proposed)) return { plannedState: request.proposedNewState, plannedPrivate: request.priorPrivate };
    const config = objectOf(decodeValue(request.config));
    const before = isObject(prior) ? prior : null;
    const { planned, replace } = planChange(typeName, block, this.scope, before, proposed, config);
    return {
      plannedState: encodeValue(planned),
      plannedPrivate: request.priorPrivate,
      requiresReplace: replace.map((steps) => ({ steps })),
    };
  }

  apply(request: Request): object {
    const { typeName, plannedPrivate } = request;
    const block = this.resource(typeName);
    const prior = decodeValue(request.priorState);
    const planned = decodeValue(request.plannedState);
    if (!isObject(planned)) {
      this.remove(typeName, objectOf(prior), keyIn(plannedPrivate));
      return { newState: request.plannedState };
    }
    const refusal = misordered(typeName, planned);
    if (refusal !== undefined) throw refusedCall(isObject(prior) ? "updating" : "creating", typeName, planned, refusal);
    const { state, key } = isObject(prior)
      ? this.change(typeName, block, prior, planned, keyIn(plannedPrivate))
      : this.create(typeName, block, planned);
    return { newState: encodeValue(state), private: Buffer.from(key) };
  }

  import({ typeName, id }: Request): object {
    const block = this.resource(typeName);
    this.failIfTold("import", typeName, { id });
    const found = this.setting.store.objects(typeName).find((object) => this.goesBy(object, id));
    if (found === undefined) {
      throw new ProviderError(
        "Cannot import non-existent remote object",
        `${typeName} with the id "${id}" is not in the store.`,
      );
    }
    const state = encodeValue(conform(block, found.state));
    return { importedResources: [{ typeName, state, private: Buffer.from(found.place.key) }] };
  }

  data({ typeName, config }: Request): object {
    const block = this.dataSource(typeName);
    const value = objectOf(decodeValue(config));
    this.failIfTold("data", `data.${typeName}`, value);
    return { state: encodeValue(readDataSource(typeName, block, this.scope, this.setting.store, value)) };
  }

  private create(type: string, block: Block, planned: ObjectValue): Made {
    this.failIfTold("create", type, planned);
    const { store } = this.setting;
    const retired = store.retired(type);
    const given = JSON.stringify(planned, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
    for (let copy = 0; copy < MAX_EQUAL_OBJECTS; copy += 1) {
      const attempt = (number: number) =>
        settle(type, block, this.scope, planned, null, `${given}#${number}`, this.related);
      const state = attempt(copy);
      if (retired.has(String(state["id"]))) continue;
      const place = this.placeOf(type, state, `${type}-${copy}`);
      if (store.create(place, state)) return { state, key: place.key };
      // If the next attempt has the same place, the configuration sets the place, and another object has it already.
      if (this.placeOf(type, attempt(copy + 1), `${type}-${copy + 1}`).key === place.key) this.taken(type, state);
    }
    throw new Error(`no free id found for ${type}`);
  }

  private readonly related: Related = (type, attribute, value) =>
    this.setting.store.objects(type).find(({ state }) => value !== undefined && state[attribute] === value)?.state;

  private taken(type: string, state: ObjectValue): never {
    const message = identityOf(type).taken ?? `AlreadyExists: ${type} ${state["id"]} already exists`;
    const filled = message.replace(/\{(\w+)\}/g, (_, name: string) => String(state[name] ?? ""));
    throw refusedCall("creating", type, state, filled);
  }

  private change(type: string, block: Block, prior: ObjectValue, planned: ObjectValue, key: string): Made {
    this.failIfTold("update", type, prior);
    const zoneOf = (subnetId: string) => {
      const zone = this.related("aws_subnet", "id", subnetId)?.["availability_zone"];
      return typeof zone === "string" ? zone : undefined;
    };
    const refusal = refusedStep(type, prior, planned) ?? refusedZones(type, prior, planned, zoneOf);
    if (refusal !== undefined) throw refusedCall("updating", type, prior, refusal);
    const from = this.placeOf(type, prior, key);
    const state = settle(type, block, this.scope, planned, prior, from.key, this.related);
    const to = this.placeOf(type, state, key);
    if (from.key === to.key) {
      this.setting.store.update(to, updated(type, prior, state));
    } else {
      if (!this.setting.store.create(to, state)) this.taken(type, state);
      this.setting.store.remove({ place: from });
    }
    return { state, key: to.key };
  }

  private remove(type: string, prior: ObjectValue, key: string): void {
    this.failIfTold("delete", type, prior);
    const refusal = refusedDeletion(type, prior, this.setting.store);
    if (refusal !== undefined) throw refusedCall("deleting", type, prior, refusal);
    this.setting.store.remove({ place: this.placeOf(type, prior, key) });
    if (isGeneratedId(type)) this.setting.store.retire(type, String(prior["id"]));
  }

  private goesBy({ place, state }: StoredObject, id: string): boolean {
    const { region } = draftOf(place.type, this.scope, state, null, "");
    if (storeScope(this.scope, place.type, region).join("/") !== place.scope.join("/")) return false;
    const { importId } = identityOf(place.type);
    const own = importId?.(state, draftOf(place.type, this.scope, state, null, "")) ?? String(state["id"] ?? place.key);
    // Since 6.0, an id may name its region: vpc-0123@eu-west-1.
    return id === own || id === `${own}@${region}` || id === state["id"];
  }

  /** Returns an object's place, by its name or id; a type without either uses the key from its creation. */
  private placeOf(type: string, state: ObjectValue, given: string): Place {
    const draft = draftOf(type, this.scope, state, null, "");
    const own = identityOf(type).unique?.(state, draft) ?? state["id"] ?? state["arn"];
    return { scope: storeScope(this.scope, type, draft.region), type, key: String(own ?? given) };
  }

  private failIfTold(operation: Operation, type: string, state: ObjectValue): void {
    const { schema, failures } = this.setting;
    const call: Call = { provider: schema.provider, operation, type, names: namesOf(state) };
    failIfTold(failures, call);
  }

  private resource(type: string): Block {
    const block = this.setting.schema.resources[type];
    if (block === undefined)
      throw new ProviderError(`The offline providers do not serve the resource type ${type}. Add --types ${type}`);
    return block;
  }

  private dataSource(type: string): Block {
    const block = this.setting.schema.dataSources[type];
    if (block === undefined)
      throw new ProviderError(`The offline providers do not serve the data source ${type}. Add --types data.${type}`);
    return block;
  }
}
