import { text } from "./words";

/** A user of Kubernetes, as EKS takes it for an access entry; `${` would be evaluated by Terraform. */
export const userNameText = text(
  /^(?!\{\{)[A-Za-z0-9](?:[\w:.@/+=,-]|\{\{(?:SessionName|SessionNameRaw|AccountID)\}\}){0,255}$/,
  "a Kubernetes user name, such as acme:viewer:{{SessionName}}",
);

export const serviceAccountText = text(
  /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/,
  "the name of a Kubernetes service account",
);

export const statementIdText = text(/^[A-Za-z0-9]{1,64}$/, "letters and digits only");

/** A condition's value; `${aws:username}` is IAM's, and is kept from Terraform. */
export const iamPatternText = text(/^[\x20-\x7e]{1,1024}$/, "plain text of at most 1024 characters");

/** IAM reads service and action in any case; `*` stands for any text, `?` for one character. */
export const iamActionText = text(
  /^(?:\*|(?:\*|[A-Za-z0-9-]{1,64}):[A-Za-z0-9*?-]{1,128})$/,
  "an action of IAM with its service, such as s3:GetObject, or *",
);

/** The services of an ARN are many: only what every one of them begins with is checked. */
export const iamResourceText = text(
  /^(?:\*|arn:[\x20-\x7e]{1,1020})$/,
  "an ARN, such as arn:aws:s3:::example-bucket/*, or *",
);

/** With or without the build: the marketplace has versions of its own making. */
export const addonVersionText = text(
  /^v\d+\.\d+\.\d+(?:[\w.+-]*)$/,
  "an exact version of an EKS add-on, such as v1.20.4-eksbuild.2",
);

export const eksAddonNameText = text(
  /^[a-z0-9](?:[a-z0-9_-]{0,98}[a-z0-9])?$/,
  "the name of an EKS add-on, such as adot",
);

export const securityGroupIdText = text(
  /^sg-[0-9a-f]{8,17}$/,
  "the id of a security group, such as sg-0123456789abcdef0",
);
export const prefixListIdText = text(/^pl-[0-9a-f]{8,17}$/, "the id of a prefix list, such as pl-0123456789abcdef0");
export const vpcEndpointIdText = text(
  /^vpce-[0-9a-f]{8,17}$/,
  "the id of a VPC endpoint, such as vpce-0123456789abcdef0",
);

export const trustAnchorArnText = text(
  /^arn:aws[a-z-]*:rolesanywhere:[a-z0-9-]+:\d{12}:trust-anchor\/[0-9a-f-]{36}$/,
  "the ARN of a trust anchor of IAM Roles Anywhere",
);

export const identityCenterArnText = text(
  /^arn:aws[a-z-]*:sso:::instance\/(?:sso)?ins-[0-9a-f]{16}$/,
  "the ARN of an instance of IAM Identity Center, such as arn:aws:sso:::instance/ssoins-0123456789abcdef",
);

export const httpsAddressText = text(
  /^https:\/\/[a-z0-9.-]+(?::\d+)?(?:\/[\w.~/-]*)?$/,
  "an https:// address, such as https://login.example.com",
);

/** A claim, a client id or another word of OpenID Connect. */
export const oidcText = text(/^[\w:.@/+=-][\w:.@/ +=-]{0,252}$/, "at most 253 letters, digits and any of _:.@/+=-");
