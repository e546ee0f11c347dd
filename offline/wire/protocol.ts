import { parse, type Type } from "protobufjs";

/**
 * The part of Terraform's plugin protocol, version 6, that a provider without functions, ephemeral resources and resource moves
 * requires. All three providers use version 6: helm's nested attributes require it, and Terraform never requests 5 for aws.
 */
const PROTOCOL = `
syntax = "proto3";
package tfplugin6;

message DynamicValue { bytes msgpack = 1; bytes json = 2; }
message AttributePath {
  message Step { oneof selector { string attribute_name = 1; string element_key_string = 2; int64 element_key_int = 3; } }
  repeated Step steps = 1;
}
message Diagnostic { int32 severity = 1; string summary = 2; string detail = 3; AttributePath attribute = 4; }
message Capabilities { bool plan_destroy = 1; bool get_provider_schema_optional = 2; bool move_resource_state = 3; }

message Schema {
  message Object { repeated Attribute attributes = 1; int32 nesting = 3; }
  message Attribute {
    string name = 1; bytes type = 2; Object nested_type = 10;
    bool required = 4; bool optional = 5; bool computed = 6; bool sensitive = 7; bool write_only = 11;
  }
  message NestedBlock { string type_name = 1; Block block = 2; int32 nesting = 3; int64 min_items = 4; int64 max_items = 5; }
  message Block { int64 version = 1; repeated Attribute attributes = 2; repeated NestedBlock block_types = 3; }
  int64 version = 1; Block block = 2;
}

message Empty {}
message Named { string type_name = 1; }
message GetMetadata {
  Capabilities server_capabilities = 1; repeated Diagnostic diagnostics = 2;
  repeated Named data_sources = 3; repeated Named resources = 4;
}
message GetProviderSchema {
  Schema provider = 1; map<string, Schema> resource_schemas = 2; map<string, Schema> data_source_schemas = 3;
  repeated Diagnostic diagnostics = 4; Schema provider_meta = 5; Capabilities server_capabilities = 6;
}
message Config { DynamicValue config = 1; }
message ProviderChecked { repeated Diagnostic diagnostics = 2; }
message TypedConfig { string type_name = 1; DynamicValue config = 2; }
message Diagnostics { repeated Diagnostic diagnostics = 1; }
message ConfigureProvider { string terraform_version = 1; DynamicValue config = 2; }
message RawState { bytes json = 1; map<string, string> flatmap = 2; }
message UpgradeRequest { string type_name = 1; int64 version = 2; RawState raw_state = 3; }
message UpgradeReply { DynamicValue upgraded_state = 1; repeated Diagnostic diagnostics = 2; }
message ReadRequest { string type_name = 1; DynamicValue current_state = 2; bytes private = 3; }
message ReadReply { DynamicValue new_state = 1; repeated Diagnostic diagnostics = 2; bytes private = 3; }
message PlanRequest {
  string type_name = 1; DynamicValue prior_state = 2; DynamicValue proposed_new_state = 3; DynamicValue config = 4;
  bytes prior_private = 5;
}
message PlanReply {
  DynamicValue planned_state = 1; repeated AttributePath requires_replace = 2; bytes planned_private = 3;
  repeated Diagnostic diagnostics = 4;
}
message ApplyRequest {
  string type_name = 1; DynamicValue prior_state = 2; DynamicValue planned_state = 3; DynamicValue config = 4;
  bytes planned_private = 5;
}
message ApplyReply { DynamicValue new_state = 1; bytes private = 2; repeated Diagnostic diagnostics = 3; }
message ImportRequest { string type_name = 1; string id = 2; }
message ImportReply {
  message Imported { string type_name = 1; DynamicValue state = 2; bytes private = 3; }
  repeated Imported imported_resources = 1; repeated Diagnostic diagnostics = 2;
}
message DataRequest { string type_name = 1; DynamicValue config = 2; }
message DataReply { DynamicValue state = 1; repeated Diagnostic diagnostics = 2; }
message Error { string Error = 1; }

service Provider {
  rpc GetMetadata(Empty) returns (GetMetadata);
  rpc GetProviderSchema(Empty) returns (GetProviderSchema);
  rpc ValidateProviderConfig(Config) returns (ProviderChecked);
  rpc ValidateResourceConfig(TypedConfig) returns (Diagnostics);
  rpc ValidateDataResourceConfig(TypedConfig) returns (Diagnostics);
  rpc UpgradeResourceState(UpgradeRequest) returns (UpgradeReply);
  rpc ConfigureProvider(ConfigureProvider) returns (Diagnostics);
  rpc ReadResource(ReadRequest) returns (ReadReply);
  rpc PlanResourceChange(PlanRequest) returns (PlanReply);
  rpc ApplyResourceChange(ApplyRequest) returns (ApplyReply);
  rpc ImportResourceState(ImportRequest) returns (ImportReply);
  rpc ReadDataSource(DataRequest) returns (DataReply);
  rpc GetFunctions(Empty) returns (Empty);
  rpc StopProvider(Empty) returns (Error);
}
`;

/** A value on the wire. Terraform sends msgpack, and accepts msgpack and JSON. */
export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

/** One step into a value: the name of an attribute, or an index of a list. */
export type Step = { readonly attributeName: string } | { readonly elementKeyInt: number };

/** A message for the user; severity 1 is an error, 2 a warning. */
export interface Diagnostic {
  readonly severity: 1 | 2;
  readonly summary: string;
  readonly detail: string;
  readonly attribute?: { readonly steps: readonly Step[] };
}

/** All requests of Terraform in one type: each call has its own fields only. */
export interface Request {
  readonly typeName: string;
  readonly id: string;
  readonly config: DynamicValue | null;
  readonly rawState: { readonly json: Uint8Array } | null;
  readonly currentState: DynamicValue | null;
  readonly priorState: DynamicValue | null;
  readonly proposedNewState: DynamicValue | null;
  readonly plannedState: DynamicValue | null;
  readonly private: Uint8Array;
  readonly priorPrivate: Uint8Array;
  readonly plannedPrivate: Uint8Array;
}

const service = parse(PROTOCOL).root.lookupService("tfplugin6.Provider");

/** One remote procedure with its two codecs. */
export interface Procedure {
  readonly name: string;
  readonly path: string;
  decode(bytes: Uint8Array): Request;
  encode(reply: object): Uint8Array;
}

function codec(type: Type | null, name: string): Type {
  if (type === null) throw new Error(`the protocol has no message ${name}`);
  return type;
}

/** Every procedure of the provider service, in the protocol's order. */
export const procedures: readonly Procedure[] = service.methodsArray.map((method) => {
  method.resolve();
  const request = codec(method.resolvedRequestType, method.name);
  const response = codec(method.resolvedResponseType, method.name);
  return {
    name: method.name,
    path: `/tfplugin6.Provider/${method.name}`,
    decode: (bytes) => request.decode(bytes) as unknown as Request,
    encode: (reply) => response.encode(reply).finish(),
  };
});
