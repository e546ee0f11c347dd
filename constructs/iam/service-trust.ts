import { given } from "../../language/given";
import type { PolicyDocumentStatement } from "./policy";

export interface ServiceTrustOptions {
  /** True for services that tag the sessions they assume, as EKS does. */
  readonly tagsSessions?: boolean;
  /** Limits the resources that the service acts for, against the confused deputy: operator -> key -> value. */
  readonly condition?: PolicyDocumentStatement["Condition"];
}

/** Lets a service, such as `eks.amazonaws.com`, assume a role. */
export function serviceTrust(
  service: string,
  { condition, tagsSessions = false }: ServiceTrustOptions = {},
): PolicyDocumentStatement {
  return {
    Effect: "Allow",
    Principal: { Service: service },
    Action: tagsSessions ? ["sts:AssumeRole", "sts:TagSession"] : "sts:AssumeRole",
    ...given({ Condition: condition }),
  };
}
