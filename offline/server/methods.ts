import type { Http2Session } from "node:http2";
import { Provider, type ProviderSetting } from "../provider/provider";
import { diagnosticOf } from "../provider/provider-error";
import { encodeProviderSchema } from "../schema/encode-schema";
import type { Methods, Unary } from "../wire/grpc";
import { procedures, type Request } from "../wire/protocol";

/** Handlers of procedures. Any other procedure gets an empty message. */
const CALLS: Readonly<Record<string, (provider: Provider, request: Request) => object>> = {
  ConfigureProvider: (provider, request) => provider.configure(request),
  ValidateResourceConfig: (provider, request) => provider.validateResource(request),
  ValidateDataResourceConfig: (provider, request) => provider.validateData(request),
  UpgradeResourceState: (provider, request) => provider.upgrade(request),
  ReadResource: (provider, request) => provider.read(request),
  PlanResourceChange: (provider, request) => provider.plan(request),
  ApplyResourceChange: (provider, request) => provider.apply(request),
  ImportResourceState: (provider, request) => provider.import(request),
  ReadDataSource: (provider, request) => provider.data(request),
};

const EMPTY = new Uint8Array();
const SERVING = new Uint8Array([0x08, 0x01]); // grpc.health.v1.HealthCheckResponse { status: SERVING }

/** Settings of a plugin server. */
export interface ServerOptions {
  /** Receives one line for every call. */
  readonly log?: ((line: string) => void) | undefined;
  /** Called when Terraform requests the plugin's exit. Only a plugin that Terraform started needs it. */
  readonly onShutdown?: () => void;
}

/** Returns the handlers of all procedures of a plugin: the provider's own, and those of go-plugin. */
export function pluginMethods(setting: ProviderSetting, { log, onShutdown }: ServerOptions): Methods {
  // Terraform opens one connection for each configured provider, so an alias with other default_tags has its own provider.
  const providers = new WeakMap<Http2Session, Provider>();
  const providerOf = (session: Http2Session): Provider => {
    const known = providers.get(session) ?? new Provider(setting);
    providers.set(session, known);
    return known;
  };
  let schema: Uint8Array | undefined;
  const methods = new Map<string, Unary | "hold">();
  for (const { name, path, decode, encode } of procedures) {
    const call = CALLS[name];
    methods.set(path, (bytes, session) => {
      if (name === "GetProviderSchema") {
        schema ??= encodeProviderSchema(setting.schema);
        return schema;
      }
      if (call === undefined) return EMPTY;
      const request = decode(bytes);
      log?.(`${setting.schema.provider} ${name} ${request.typeName ?? ""}`.trimEnd());
      try {
        return encode(call(providerOf(session), request));
      } catch (error) {
        return encode({ diagnostics: [diagnosticOf(error, `${name} of ${request.typeName ?? "the provider"}`)] });
      }
    });
  }
  methods.set("/plugin.GRPCController/Shutdown", () => {
    onShutdown?.();
    return EMPTY;
  });
  methods.set("/plugin.GRPCBroker/StartStream", "hold");
  methods.set("/plugin.GRPCStdio/StreamStdio", "hold");
  methods.set("/grpc.health.v1.Health/Check", () => SERVING);
  return methods;
}
