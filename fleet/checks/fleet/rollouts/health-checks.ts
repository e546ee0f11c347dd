import { ifCertain } from "../../../../language/refused";
import { didYouMean, listed, listedInOrder } from "../../../../language/suggest";
import type { HealthCheck } from "../../../model/rollouts";
import type { Finding } from "../../../rules/finding";
import { KEYS_OF_CHECKS } from "../../../schema/rollouts/health-check";
import type { RolloutRule } from "./context";

/** Words that stand for facts about a cluster in addresses and arguments. */
const PLACEHOLDERS = ["cluster", "slug", "region", "account"];

/** Reports health checks with missing keys, keys of other checks, and unknown placeholders. */
export const checkHealthChecks: RolloutRule = ({ rollouts }) =>
  Object.keys(rollouts.health_checks).flatMap((name) => {
    const found = ifCertain(() => {
      const check = rollouts.health_checks[name] as HealthCheck;
      return [...keyFindings(check), ...placeholderFindings(check), ...tokenFindings(check)];
    });
    return (found ?? []).map((finding) => ({ ...finding, path: ["health_checks", name, ...finding.path] }));
  });

function keyFindings({ check, timeout: _, ...keys }: HealthCheck): Finding[] {
  const { optional, required } = KEYS_OF_CHECKS[check];
  const missing = required.filter((key) => !Object.hasOwn(keys, key));
  const others = Object.keys(keys).filter((key) => !required.includes(key) && !optional.includes(key));
  return [
    ...missing.map((key) => ({ path: [], message: `requires ${key}, because check is ${check}. Add ${key}` })),
    ...others.map((key) => ({ path: [key], message: `has no effect because check is ${check}. Remove it` })),
  ];
}

function placeholderFindings({ command = [], labels = {}, url }: HealthCheck): Finding[] {
  const [program] = command;
  const texts: (readonly [path: readonly (string | number)[], text: string])[] = [
    ...(url === undefined ? [] : [[["url"], url] as const]),
    ...command.map((text, index) => [["command", index], text] as const),
    ...Object.entries(labels).map(([key, text]) => [["labels", key], text] as const),
  ];
  const unknown = texts.flatMap(([path, text]) =>
    [...text.matchAll(/\{([a-z_]+)\}/g)].flatMap(({ 1: word = "" }) =>
      PLACEHOLDERS.includes(word)
        ? []
        : [
            {
              path,
              message: `unknown placeholder {${word}}${didYouMean(word, PLACEHOLDERS) || `. Known: ${listedInOrder(PLACEHOLDERS.map((each) => `{${each}}`))}`}`,
            },
          ],
    ),
  );
  return program?.includes("{")
    ? [
        ...unknown,
        { path: ["command", 0], message: "must be a fixed program, without placeholders. Use them in arguments" },
      ]
    : unknown;
}

function tokenFindings({ token_variable, url }: HealthCheck): Finding[] {
  return token_variable === undefined || url === undefined || url.startsWith("https://")
    ? []
    : [
        {
          path: ["token_variable"],
          message:
            "requires an https:// address, because http:// would show the token to everybody on the way. Change url",
        },
      ];
}

/** Reports health checks that waves name twice, that are not defined, or that no wave names. */
export const checkHealthy: RolloutRule = ({ rollouts }) => {
  const known = Object.keys(rollouts.health_checks);
  const named = rollouts.waves.map((wave) => ifCertain(() => wave.healthy));
  const used = named.flatMap((names) => names ?? known); // a wave that cannot be read may name any of them
  return [
    ...named.flatMap((names = [], index) =>
      names.flatMap((name, place): Finding[] => {
        const path = ["waves", index, "healthy", place];
        if (names.indexOf(name) < place)
          return [{ path, message: `is listed twice: ${JSON.stringify(name)}. Remove one of them` }];
        if (known.includes(name)) return [];
        const which = didYouMean(name, known) || `. Known in health_checks: ${listed(known)}`;
        return [{ path, message: `unknown health check ${JSON.stringify(name)}${which}` }];
      }),
    ),
    ...known
      .filter((name) => !used.includes(name))
      .map((name) => ({
        path: ["health_checks", name],
        severity: "warning" as const,
        message: "has no effect because no wave lists it in healthy. List it there, or remove it",
      })),
  ];
};
