import type { AddonFinding } from "../contract/addon";
import { NOBODY, receiverConfig } from "./alertmanager";
import type { Alerting, Receiver } from "./alertmanager-options";

/** Names that nobody has, receivers that nothing reaches, and keys that contradict each other. */
export function alertingFindings(given: Alerting): readonly AddonFinding[] {
  const { default_receiver, receivers, routes, watchdog_receiver } = given;
  const names = receivers.map(({ name }) => name);
  const known = names.length === 0 ? "there is none" : `there is: ${names.join(", ")}`;
  const named = [
    { name: default_receiver, path: ["default_receiver"] },
    { name: watchdog_receiver, path: ["watchdog_receiver"] },
    ...routes.map(({ receiver: name }, index) => ({ name, path: ["routes", index, "receiver"] })),
  ].filter((each): each is { name: string; path: (string | number)[] } => each.name !== null);
  const used = new Set(named.map(({ name }) => name));
  return [
    ...named
      .filter(({ name }) => !names.includes(name))
      .map(({ name, path }) => ({ path, message: `no receiver is called ${name}: ${known}` })),
    ...receivers.flatMap((each, index) => receiverFindings(each, index, used)),
    ...routes.flatMap(({ severities, namespaces, matchers: further }, index) =>
      (severities ?? namespaces ?? further) === undefined
        ? [
            {
              path: ["routes", index],
              message:
                "takes every alert, so that no route below it is reached: name severities, namespaces or matchers, or make it the default_receiver",
            },
          ]
        : [],
    ),
    ...(receivers.length === 0 && given.inhibit_rules.length > 0
      ? [
          {
            path: ["inhibit_rules"],
            message: "has no effect without receivers: nothing is sent that could be kept quiet",
          },
        ]
      : []),
  ];
}

function receiverFindings(each: Receiver, index: number, used: ReadonlySet<string>): readonly AddonFinding[] {
  const path = ["receivers", index];
  const { name, slack, pagerduty, opsgenie, webhook, email, custom } = each;
  const findings: AddonFinding[] = [];
  if (name === NOBODY)
    findings.push({ path: [...path, "name"], message: `must not be ${NOBODY}, which drops alerts: take another name` });
  if (!used.has(name))
    findings.push({
      path: [...path, "name"],
      message: `nothing is sent to ${name}: name it in routes, default_receiver or watchdog_receiver`,
    });
  if ([slack, pagerduty, opsgenie, webhook, email, custom].every((way) => way === undefined))
    findings.push({
      path,
      message: `${name} reaches nobody: give it slack, pagerduty, opsgenie, webhook, email or custom`,
    });
  if (webhook !== undefined && (webhook.url === undefined) === (webhook.url_secret === undefined))
    findings.push({ path: [...path, "webhook"], message: "must have one of url and url_secret" });
  if (email !== undefined && (email.username === undefined) !== (email.password === undefined))
    findings.push({ path: [...path, "email"], message: "must have both of username and password, or neither" });
  const twice =
    custom === undefined
      ? []
      : Object.keys(custom.config).filter((list) => list in receiverConfig({ ...each, custom: undefined }));
  return [
    ...findings,
    ...twice.map((list) => ({
      path: [...path, "custom", "config", list],
      message: `${name} has ${list} by a key of its own too: keep one`,
    })),
  ];
}
