import type { ActionInvocation } from "../../plans/plan";
import { shortened } from "../../plans/shortened";
import type { GuardedPlan, Match, Matcher, Note } from "./rule";

/** Actions that a plan runs in a protected tier. */
export const invokesActions: Matcher = ({ plan, settings }) =>
  settings.protected
    ? plan.invocations.map(
        (invocation): Match => ({
          address: invocation.address,
          loses: inWords(invocation),
          change: [invocation.type, invocation.event ?? null, invocation.resource ?? null],
        }),
      )
    : [];

/** Returns the actions that a plan runs in another tier, which may pass. */
export function actionNotes({ plan, settings }: GuardedPlan): Note[] {
  if (settings.protected) return [];
  return plan.invocations.map((each) => ({ address: each.address, message: inWords(each) }));
}

function inWords({ event, resource, type }: ActionInvocation): string {
  const when = event === undefined ? "" : ` ${shortened(event.replaceAll(/([a-z])([A-Z])|_/g, "$1 $2").toLowerCase())}`;
  return `runs the action ${shortened(type)}${when}${resource === undefined ? "" : ` of ${shortened(resource, 160)}`}, which no plan shows`;
}
