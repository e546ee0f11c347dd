import { testMessages } from "../../../support/definition";

const extra = (text: string): string => `kubelet: { extra: { ${text} } }`;
const opens = (path: string): string =>
  `tfvars.workers[general].kubelet.extra.${path}: opens the kubelet to everybody who reaches the node: its containers, their logs and commands. Remove it`;

testMessages({
  "refuses anonymous requests": {
    worker: extra("authentication: { anonymous: { enabled: true } }"),
    reports: [opens("authentication.anonymous.enabled")],
  },
  "accepts that anonymous requests are off": {
    worker: extra("authentication: { anonymous: { enabled: false } }"),
    reports: [],
  },
  "refuses that everything is allowed": {
    worker: extra("authorization: { mode: AlwaysAllow }"),
    reports: [opens("authorization.mode")],
  },
  "accepts that the API server decides": { worker: extra("authorization: { mode: Webhook }"), reports: [] },
  "refuses a port without authentication": { worker: extra("readOnlyPort: 1"), reports: [opens("readOnlyPort")] },
  "accepts that this port is off": { worker: extra("readOnlyPort: 0"), reports: [] },
});
